"""One look at the day: what it costs, and that nothing is shown that holds no longer."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency, Document, Location, Municipality, Shift, Site, TextBlock, User
from bookings.chains.book import cancel_chain
from bookings.links.tokens import code_of, token_of
from bookings.models import Chain, Link, Meeting
from tests.bookings.newcomer.link_steps import issue_link
from tests.factories.agencies import SiteDayFactory, UserFactory, the_agency
from tests.factories.bookings import ChainFactory, PartyFactory, SummonsFactory

LOOK = 13  # statements: seven that read, the others set up the transaction and its viewer
LOOK_WITH_CODE = 15  # the people too, and the read log that they were shown
ADULT, CHILD = date(1990, 1, 1), date(2018, 1, 1)
CODES = ("MIG", "SKV", "FK", "AF", "KOM", "PM")


def issued(by: User, *, adults: int, stops: int, versions: int = 1) -> Link:
    """The first adult's link to a day with so many meetings; inside `with acting(by):`."""
    party = PartyFactory(registered_by=by, members=[ADULT] * adults + [CHILD])
    chain = ChainFactory(party=party)
    for version in range(1, versions + 1):
        SummonsFactory(chain=chain, version=version, day=day_of(chain, stops, later=version - 1))
    return issue_link(Link(chain=chain, newcomer=party.members.first(), generation=0), by)


def day_of(chain: Chain, stops: int, *, later: int) -> dict[str, object]:
    members = list(chain.party.members.values_list("pk", flat=True))
    begins = [chain.site_day.opens_at + timedelta(minutes=50 * n + 10 * later) for n in range(stops)]
    return {
        "version": 2,
        "interpreter": None,
        "adults": len(members) - 1,
        "children": 1,
        "days": [
            {
                "site_day": chain.site_day_id,
                "stops": [
                    {
                        "agency": the_agency(code).pk,
                        "code": code,
                        "starts_at": at.isoformat(),
                        "ends_at": (at + timedelta(minutes=40)).isoformat(),
                        "who": "adults",
                        "members": members,
                    }
                    for code, at in zip(CODES, begins, strict=False)
                ],
            }
        ],
    }


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SQL of what is done inside."""
    said: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield said
    said += [each["sql"] for each in queries]


@pytest.fixture
def opened(phone, caseworker, acting) -> Callable[..., tuple[Client, str]]:
    """A phone that has opened a link, and where."""

    def opened(link: Link, *, code: bool = False, language: str = "en") -> tuple[Client, str]:
        with acting(caseworker):
            token, typed = token_of(link), code_of(link)
        phone.post(f"/d/{token}", {"language": language} | ({"k": typed} if code else {}))
        return phone, f"/d/{token}"

    return opened


@pytest.fixture
def booked_link(book, caseworker, acting) -> Link:
    """Of a day that has been booked by the verbs."""
    chain = book()
    with acting(caseworker):
        return chain.links.first()


@pytest.mark.django_db
@pytest.mark.parametrize(("adults", "stops"), [(1, 2), (3, 2), (1, 6), (3, 6)])
@pytest.mark.parametrize("code", [False, True])
def test_a_look_costs_the_same_however_many_adults_and_meetings_there_are(
    opened, caseworker, acting, adults, stops, code
):
    with acting(caseworker):
        link = issued(caseworker, adults=adults, stops=stops)
    phone, address = opened(link, code=code)
    phone.get(address)
    with counted() as said:
        text = phone.get(address).text
    assert len([code for code in CODES if named(code) in text]) == stops
    assert len(said) == (LOOK_WITH_CODE if code else LOOK)


def named(code: str) -> str:
    """The agency's name as the page says it in English."""
    return str(Agency.objects.filter(pk=the_agency(code).pk).values_list("name_en", flat=True)[0])


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "ar", "ti"])
def test_a_day_that_has_a_new_time_costs_no_more_nor_does_another_language(
    opened, caseworker, acting, language
):
    with acting(caseworker):
        link = issued(caseworker, adults=2, stops=4, versions=3)
    phone, address = opened(link, language=language)
    phone.get(address)
    with counted() as said:
        assert "<del>" in phone.get(address).text
    assert len(said) == LOOK


@pytest.mark.django_db
def test_the_first_look_after_a_change_reads_more_and_the_next_one_does_not(opened, caseworker, acting):
    with acting(caseworker):
        link = issued(caseworker, adults=2, stops=4)
    phone, address = opened(link)
    Site.objects.update(phone="08-465 004 77")
    costs = []
    for _each in range(3):
        with counted() as said:
            phone.get(address)
        costs.append(len(said))
    assert costs[0] > costs[1] == costs[2] == LOOK


@pytest.mark.django_db
def test_what_is_changed_is_shown_at_the_next_look(opened, booked_link):
    phone, address = opened(booked_link)
    before = phone.get(address).text
    changes: list[tuple[str, Callable[[], object]]] = [
        (
            "A text for this test",
            lambda: TextBlock.objects.filter(language="en", slot="why").update(text="A text for this test"),
        ),
        ("08-465 004 77", lambda: Site.objects.update(phone="08-465 004 77")),
        ("09:15", lambda: Site.objects.update(phone_from="09:15", phone_to="15:00")),
        (
            "The agency of this test",
            lambda: Agency.objects.filter(code="SKV").update(name_en="The agency of this test"),
        ),
        ("A paper for this test", lambda: Document.objects.update(name_en="A paper for this test")),
        (
            "Provgatan 7",
            lambda: Location.objects.update(street="Provgatan 7", town="Norrköping", postcode="602 24"),
        ),
        (
            "08-465 004 78",
            lambda: (
                Municipality.objects.update(is_host=False),
                Municipality.objects.update(phone="08-465 004 78"),
            ),
        ),
    ]
    for shown, change in changes:
        assert shown not in before
        change()
        assert shown in phone.get(address).text, shown


@pytest.mark.django_db
def test_a_text_that_is_taken_away_or_holds_no_longer_is_gone_at_the_next_look(opened, booked_link):
    phone, address = opened(booked_link)
    TextBlock.objects.filter(language="en", slot="why").update(text="A text for this test")
    assert "A text for this test" in phone.get(address).text
    TextBlock.objects.filter(slot="why").update(valid_to=date(2026, 1, 1), valid_from=date(2025, 1, 1))
    assert "A text for this test" not in phone.get(address).text


@pytest.mark.django_db
def test_a_change_that_is_undone_is_not_shown(opened, booked_link):
    phone, address = opened(booked_link)
    with transaction.atomic():
        Site.objects.update(phone="08-465 004 77")
        transaction.set_rollback(True)
    assert "08-465 004 77" not in phone.get(address).text


@pytest.mark.django_db
def test_desk_delay_and_beginning_are_read_at_each_look(opened, booked_link, caseworker, acting):
    with acting(caseworker):
        first, second = booked_link.chain.meetings.order_by("starts_at")[:2]
    with time_machine.travel(second.starts_at + timedelta(minutes=15), tick=False):
        phone, address = opened(booked_link)
        before = phone.get(address).text
        assert "Late by about" not in before
        with acting(caseworker):
            Shift.objects.filter(resource=second.caseworker.resource_id).update(desk="Bord 7")
            Meeting.objects.filter(pk=first.pk).update(
                attendance="done", checked_in_at=first.starts_at, checked_in_by=caseworker
            )
        after = phone.get(address).text
    assert "Bord 7" not in before
    assert "Bord 7" in after
    assert "Late by about 15 min" in after


@pytest.mark.django_db
def test_a_cancelled_day_is_gone_at_the_next_look(opened, booked_link, caseworker, acting):
    phone, address = opened(booked_link)
    assert "Your day" in phone.get(address).text
    with acting(caseworker):
        cancel_chain(chain=booked_link.chain, reason="The family is ill", by=caseworker, at=timezone.now())
    text = phone.get(address).text
    assert "cancelled" in text.lower()
    assert "meetings, in this order" not in text


@pytest.mark.django_db
def test_a_new_version_is_shown_at_the_next_look(opened, caseworker, acting):
    with acting(caseworker):
        link = issued(caseworker, adults=2, stops=2)
    phone, address = opened(link)
    assert "<del>" not in phone.get(address).text
    with acting(caseworker):
        SummonsFactory(chain=link.chain, version=2, day=day_of(link.chain, 2, later=3))
    assert "<del>" in phone.get(address).text


@pytest.mark.django_db
def test_a_look_needs_no_redis(opened, booked_link, settings):
    phone, address = opened(booked_link)
    before = phone.get(address)
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:9/0"}}
    Site.objects.update(phone="08-465 004 77")
    after = phone.get(address)
    assert (before.status_code, after.status_code) == (200, 200)
    assert "08-465 004 77" in after.text


@pytest.mark.django_db(transaction=True)
def test_what_another_process_changes_is_shown_at_the_next_look(phone, acting):
    by = UserFactory()
    with acting(by):
        link = issued(by, adults=1, stops=2)
        token = token_of(link)
    phone.post(f"/d/{token}", {"language": "en"})
    assert "08-465 004 77" not in phone.get(f"/d/{token}").text
    in_another_process("from agencies.models import Site; Site.objects.update(phone='08-465 004 77')")
    assert "08-465 004 77" in phone.get(f"/d/{token}").text


def in_another_process(code: str) -> None:
    """Run the code in a process of its own, on the test's database."""
    database = connection.settings_dict
    account = f"{database['USER']}:{database['PASSWORD']}"
    url = f"postgres://{account}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    told = {"DATABASE_URL": url, "MIGRATOR_DATABASE_URL": url}
    set_up = f"import django; django.setup(); {code}"
    subprocess.run([sys.executable, "-c", set_up], check=True, env=os.environ | told, timeout=60)


@pytest.mark.django_db
def test_a_version_that_tells_of_another_day_than_the_chains_shows_that_day(opened, caseworker, acting):
    with acting(caseworker):
        link = issued(caseworker, adults=1, stops=2)
        told = link.chain.site_day.date
        other = SiteDayFactory(date=told + timedelta(days=7))
        Chain.objects.filter(pk=link.chain_id).update(site_day=other)
    phone, address = opened(link)
    text = phone.get(address).text
    assert f"{told.day} " in text
