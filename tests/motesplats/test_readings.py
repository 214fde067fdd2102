"""The read log over every address: a person in the bytes is a row in the log; without the log there are no bytes.

A test asks those that show people and some drawn by lot; `script/drill readings` asks them all.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client

from agencies.models import Attempt, Reading, User
from agencies.secrecy.context import acting_as, viewer_of
from bookings.links.tokens import token_of
from bookings.models import Chain, SummonsCopy
from bookings.parties.members import Member
from tests.addresses import addresses
from tests.bookings.booking_steps import book, open_days, register, signed_proposal
from tests.factories.agencies import ManagerFactory, UserFactory
from tests.moment import NOW
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NAMES = ("Markariam", "Markobin", "Markuli", "Markesta")
BIRTHS = (date(1992, 5, 17), date(1989, 11, 2), date(2015, 3, 28), date(2020, 8, 9))
OURS = ("agencies", "bookings", "checklists", "motesplats")
ADDRESSES = 60  # drawn by lot
CONSENTS = "/api/v1/chains/<reference>/consents/"
SHOWS = {"party", "chain", "parties", "book-party", "move-chain", "summons-pdf", "api-summons"}


@pytest.fixture
def caseworker(db) -> User:
    return UserFactory()


@pytest.fixture
def chain(acting, caseworker) -> Chain:
    """A booked family whose names are found nowhere else, its letters printed."""
    open_days()
    with acting(caseworker):
        members = [Member(name, "Haddad", birth) for name, birth in zip(NAMES, BIRTHS, strict=True)]
        chain = book(register(caseworker, members=members), caseworker)
        pdf = " ".join(("%PDF-", *NAMES)).encode()
        for link in (*chain.links.all(), None):
            SummonsCopy.objects.create(summons=chain.summonses.get(), link=link, pdf=pdf)
    return chain


@pytest.fixture
def browser(caseworker) -> Client:
    return sign_in(Client(headers={"accept-language": "en"}), caseworker)


def filled_addresses(chain: Chain, user: User) -> dict[str, str]:
    """Each of our addresses filled in, by its name or else by its template."""
    link = chain.links.earliest("pk")
    day = str(chain.site_day.date)
    known = {"token": token_of(link), "adult": "1", "username": user.username}
    known |= {"site": "norrkoping", "day": day, "date": day, "monday": "2026-W50"}
    filled = {}
    for address in addresses():
        if address.pattern.callback.__module__.partition(".")[0] not in OURS:
            continue
        reference = chain.party.reference if "/parties/" in address.template else chain.reference
        values = {
            name: [known.get(name, reference if name == "reference" else "unknown")] for name in address.names
        }
        filled[address.pattern.name or address.template] = next(address.filled(values))
    return filled


def rows(user: User) -> Counter:
    """How often the agency's members have been shown each person."""
    with acting_as(viewer_of(ManagerFactory(agency=user.agency))):
        return Counter(Reading.objects.values_list("person", flat=True))


@pytest.fixture
def keys(chain, acting) -> list[UUID]:
    """Of the family, in the order of `NAMES`."""
    with acting(chain.booked_by):
        return [chain.party.members.get(given_name=name).key for name in NAMES]


@pytest.fixture
def walk(chain, caseworker, browser, acting, keys, lot):
    """Ask for the addresses; for each the answer, whom it shows, and whom the log has of it."""
    with acting(caseworker):
        every = filled_addresses(chain, caseworker)
    asked = {*SHOWS, CONSENTS, "post-pdf", *lot.draw(every, ADDRESSES)}

    def walked() -> Iterator[tuple]:
        for name in (name for name in every if name in asked):
            before = rows(caseworker)
            answer = browser.get(every[name])
            shown = {
                key for marker, key in zip(NAMES, keys, strict=True) if marker.encode() in answer.getvalue()
            }
            yield name, answer, shown, rows(caseworker) - before

    return walked


def test_whoever_is_shown_has_one_row_and_nobody_else(walk, keys):
    """A checklist tells of the whole party, consents over the API of each adult, also where they name nobody.

    The letters to post are a PDF, in which no name can be found as it stands.
    """
    shows = set()
    tells = {CONSENTS: keys[:2], "post-pdf": keys}
    for name, _answer, shown, logged in walk():
        told = keys if "checklist" in name and logged else tells.pop(name, shown)
        assert logged == Counter(told), name
        shows |= {name} if shown else set()
    assert shows >= SHOWS
    assert not tells


@contextmanager
def without_log() -> Iterator[None]:
    """The app may not write the log any more."""
    migrator = connections["migrator"]
    own = migrator.get_new_connection(migrator.get_connection_params())
    own.autocommit = True
    try:
        own.cursor().execute("REVOKE INSERT ON agencies_reading FROM motesplats_app")
        yield
    finally:
        own.cursor().execute("GRANT INSERT ON agencies_reading TO motesplats_app")
        own.close()


def test_without_the_log_nobody_is_shown(walk):
    refused = set()
    with without_log():
        for name, answer, shown, logged in walk():
            assert not shown, name
            assert not logged, name
            refused |= {name} if answer.status_code == 503 else set()
    assert refused >= SHOWS


def test_the_refusal_is_calm_for_people_and_a_problem_for_programs(chain, browser):
    with without_log():
        page = browser.get(f"/chains/{chain.reference}/")
        problem = browser.get(f"/api/v1/chains/{chain.reference}/")
    assert page.status_code == problem.status_code == 503
    assert "Not available just now" in page.text
    assert problem.json()["type"] == "/problems/unavailable"


def readings(of: User, acting) -> list[Reading]:
    with acting(ManagerFactory(agency=of.agency)):
        return list(Reading.objects.order_by("pk"))


def test_a_row_says_who_what_why_and_when(chain, caseworker, browser, acting):
    browser.get(f"/chains/{chain.reference}/")
    row = readings(caseworker, acting)[0]
    assert (row.user, row.agency, row.role) == (caseworker, caseworker.agency, "caseworker")
    assert (row.what, row.route, row.why, row.at) == ("page", "chain", "casework", NOW)
    assert UUID(row.request)


@pytest.mark.parametrize(
    ("address", "what", "why"),
    [
        ("/parties/?q=Mark", "page", "search"),
        ("/chains/{}/summons.pdf", "pdf", "summons"),
        ("/api/v1/chains/{}/summons.pdf", "pdf", "summons"),
        ("/api/v1/chains/{}/", "api", "casework"),
    ],
)
def test_a_row_says_what_it_was_for(chain, caseworker, browser, acting, address, what, why):
    assert browser.get(address.format(chain.reference)).status_code == 200
    assert {(row.what, row.why) for row in readings(caseworker, acting)} == {(what, why)}


def test_a_refusal_that_shows_somebody_is_logged_after_its_rollback(chain, caseworker, browser, acting):
    with acting(caseworker):
        asked = {"party": chain.party.reference, "proposal": signed_proposal(chain.party)}
    answer = browser.post("/api/v1/chains/", asked, content_type="application/json")
    assert answer.status_code == 409
    assert NAMES[0] in answer.text
    assert {row.what for row in readings(caseworker, acting)} == {"api"}


def attempts(of: User, acting) -> list[tuple[str, str, str]]:
    with acting(ManagerFactory(agency=of.agency)):
        return list(Attempt.objects.order_by("pk").values_list("route", "asked", "reason"))


def test_another_agencys_reference_is_an_attempt(chain, acting):
    curious = UserFactory(agency="AF")
    browser = sign_in(Client(), curious)
    for _ in range(2):
        assert browser.get(f"/parties/{chain.party.reference}/").status_code == 404
    assert attempts(curious, acting) == [("party", chain.party.reference, "not-found")]


def test_a_forged_proposal_is_an_attempt(chain, caseworker, browser, acting):
    browser.post(f"/chains/{chain.reference}/move/", {"proposal": "forged"})
    assert attempts(caseworker, acting) == [("move-chain", chain.reference, "proposal-not-valid")]


def test_an_attempt_holds_nothing_that_was_typed(chain, caseworker, browser, acting):
    assert browser.get("/parties/ZZZ-ZZZ/?q=Markariam").status_code == 404
    assert attempts(caseworker, acting) == [("party", "ZZZ-ZZZ", "not-found")]
