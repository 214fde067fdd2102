"""The newcomer's link: a GET shows and reads nothing, a POST opens the day in the chosen language."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from agencies.languages import LANGUAGES
from agencies.models import User
from bookings.chains.book import book_chain, cancel_chain, move_chain
from bookings.links.tokens import token_of
from bookings.models import Chain, Party, Track
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose
from tests.factories.agencies import UserFactory, the_site
from tests.factories.bookings import NewcomerFactory, PartyFactory
from tests.factories.interpreters import open_day
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

NOBODYS = "A" * 22
FIRST, SECOND = date(2026, 12, 8), date(2026, 12, 9)


@pytest.fixture
def caseworker(norrkoping) -> User:
    for day in (FIRST, SECOND):
        open_day(
            norrkoping, day, desks=dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM"), 1), interpreters={"ar": 1}
        )
    return UserFactory()


@pytest.fixture
def chain(caseworker, acting) -> Chain:
    """The day of two adults and two children with names that nobody else has."""
    with acting(caseworker):
        party = PartyFactory(registered_by=caseworker, members=())
        for name, birth in (("Rania", 1988), ("Idris", 1990), ("Yusuf", 2016), ("Mariam", 2021)):
            NewcomerFactory(party=party, given_name=name, family_name="Almasri", birth_date=date(birth, 3, 1))
        proposal = propose_on(party, FIRST)
        return book_chain(party=party, proposal=proposal, by=caseworker, at=timezone.now())


def propose_on(party: Party, day: date, *, moving: Chain | None = None) -> str:
    answer = propose(
        profile=profile_of(party),
        site=the_site(),
        track=Track.objects.get(number=1),
        first=day,
        last=day,
        at=timezone.now(),
        moving=moving,
    )
    return answer.options[0].proposal.sign()


@pytest.fixture
def token(chain, caseworker, acting) -> str:
    """Rania's."""
    with acting(caseworker):
        return token_of(chain.links.select_related("newcomer").get(newcomer__given_name="Rania"))


def press(phone: Client, token: str, language: str = "ar", **more: str):
    return phone.post(f"/d/{token}", {"language": language} | more)


def test_a_get_is_answered_alike_for_every_token_and_sets_no_cookie(phone, token):
    answers = [phone.get(f"/d/{each}") for each in (token, NOBODYS, "x", "%00%FF")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert not phone.cookies


def test_a_get_reads_and_writes_no_table_of_the_apps(phone, token):
    with CaptureQueriesContext(connection) as queries:
        phone.get(f"/d/{token}")
    found = [query["sql"] for query in queries if "bookings_" in query["sql"] or "agencies_" in query["sql"]]
    assert found == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_answer_forbids_storing_indexing_and_telling_other_sites(phone, token, method):
    answer = getattr(phone, method)(f"/d/{token}", {"language": "ar"})
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert not answer.has_header("Set-Cookie")
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_first_screen_is_in_the_phones_language(phone):
    answer = phone.get(f"/d/{NOBODYS}", headers={"Accept-Language": "ti,en;q=0.5"})
    assert answer["Content-Language"] == "ti"
    assert '<html lang="ti" dir="ltr">' in answer.text


def test_a_post_opens_the_day_with_its_times_in_arabic(phone, token, chain, caseworker, acting):
    answer = press(phone, token)
    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert chain.reference in answer.text
    with acting(caseworker):
        for meeting in chain.meetings.all():
            assert f"{timezone.localtime(meeting.starts_at):%H:%M}" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_opens_in_every_language_and_stays_light(phone, token, language):
    answer = press(phone, token, language)
    assert answer.status_code == 200
    assert answer["Content-Language"] == LANGUAGES[language].html_lang
    assert len(answer.content) < 40_000  # style and fonts come on top; the whole stays under 100 kB


def test_the_day_has_no_names_of_the_party_the_staff_or_the_interpreter(phone, token):
    told = unescape(press(phone, token).text)
    for name in ("Almasri", "Rania", "Idris", "Testsson", "Tolk"):
        assert name not in told


def test_an_unknown_link_and_a_cancelled_day_get_the_same_404(phone, token, chain, caseworker, acting):
    stranger = press(phone, NOBODYS)
    with acting(caseworker):
        cancel_chain(chain=chain, reason="Sjuk", by=caseworker, at=timezone.now())
    cancelled = press(phone, token)
    assert stranger.status_code == cancelled.status_code == 404
    assert stranger.content == cancelled.content
    assert stranger["Content-Language"] == "ar"


def test_a_moved_day_says_what_changed(phone, token, chain, caseworker, acting):
    with acting(caseworker):
        party = chain.party
        move_chain(
            chain=chain, proposal=propose_on(party, SECOND, moving=chain), by=caseworker, at=timezone.now()
        )
    told = unescape(press(phone, token, "en").text)
    assert "Version 2" in told
    assert "The old day was Tuesday 8 December 2026" in told


@pytest.mark.parametrize("language", ["", "xx", "ar\x00"])
def test_an_unknown_language_is_asked_for_again(phone, token, language):
    answer = press(phone, token, language)
    assert answer.status_code == 422
    assert answer.content == phone.get(f"/d/{token}").content


def test_the_day_opens_in_a_browser_where_staff_are_signed_in(token, caseworker):
    browser = Client()
    sign_in(browser, caseworker)
    assert press(browser, token).status_code == 200


def test_after_the_request_the_database_shows_the_chain_to_nobody(phone, token, chain):
    press(phone, token)
    assert not Chain.objects.exists()


def test_other_methods_are_refused(phone, token):
    assert phone.put(f"/d/{token}").status_code == 405


def event_of(answer) -> dict:
    return Calendar.from_ical(answer.content).walk("VEVENT")[0]


def test_the_calendar_file_has_the_days_times_and_no_names(phone, token, chain, caseworker, acting):
    answer = press(phone, token, "ar", calendar="1")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    event = event_of(answer)
    assert event["SUMMARY"] == "Mötesplats"
    assert event["SEQUENCE"] == 1
    assert "Almasri" not in answer.text
    with acting(caseworker):
        meetings = list(chain.meetings.all())
    assert event["DTSTART"].dt == meetings[0].starts_at - timedelta(minutes=15)
    assert event["DTEND"].dt == meetings[-1].ends_at
    assert len(event["DESCRIPTION"].splitlines()) == len(meetings) + 1


def test_the_calendar_file_of_a_moved_day_replaces_the_first(phone, token, chain, caseworker, acting):
    first = event_of(press(phone, token, calendar="1"))
    with acting(caseworker):
        wanted = propose_on(chain.party, SECOND, moving=chain)
        move_chain(chain=chain, proposal=wanted, by=caseworker, at=timezone.now())
    second = event_of(press(phone, token, calendar="1"))
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] == 2
