"""Requests and tasks of everybody take turns on one connection: nobody is ever shown a row that is not theirs."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.utils import timezone

from agencies.models import Reading, SpotCheck, User
from agencies.read_log.log import log_attempt, log_reading
from agencies.read_log.spot_checks import sign_reading
from agencies.secrecy import context as secrecy
from agencies.secrecy.context import NOBODY, Viewer, acting_as, viewer_of
from bookings.links.tokens import hash_of_code
from bookings.models import Chain, CodeTries
from tests.catalogue.rows import row_in_each_table
from tests.catalogue.tables import rows
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
)
from tests.factories.bookings import MeetingFactory
from tests.motesplats.context_leaks import Answer, Rows, Somebody, after, as_request, rows_of, wrong_turns

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.motesplats.context_leaks"),
]

TURNS = 4_000  # a sample of `script/drill walls`
OWNERS = ("MIG", "AF", "KOM")
CODE = "BCDFGHJK"
# A survey is kept apart from the case; a freed time is of no party, and none is free here.
APART = {"bookings_surveyanswer", "bookings_surveymarker", "bookings_freedtime"}
# Staff and rosters; reports, figures and what the secretariat writes down.
OF_NO_PERSON = ("agencies_", "motesplats_")
LOGS = {"agencies_attempt", "agencies_reading", "agencies_spotcheck"}
TO_WHOM_IS_MET = {
    "bookings_disclosure",
    "bookings_meeting",
    "bookings_newcomer",
    "bookings_sealedword",
    "checklists_checklist",
}
ON_BOARD = {"bookings_attendanceevent"}
ORDERS = {"interpreters_interpreterorder", "interpreters_orderevent"}
BY_LINK = {"bookings_chain", "bookings_codetries", "bookings_link"}
BY_CODE = {
    "bookings_claim",
    "bookings_disclosure",
    "bookings_event",
    "bookings_extractwish",
    "bookings_meeting",
    "bookings_newcomer",
    "bookings_owncontact",
    "bookings_party",
    "bookings_sealedword",  # keyed hashes, by which the note is kept free of what is sealed
    "bookings_stopchoice",
    "bookings_summons",
    "checklists_checklist",
    "checklists_consentevent",
    "checklists_note",
    "checklists_referral",
    "checklists_tick",
}


@pytest.fixture
def answer(settings, caplog) -> Answer:
    """Django's own way from a request to its answer, with our walls alone round the view."""
    caplog.set_level(logging.CRITICAL + 1, "django.request")
    settings.MIDDLEWARE = ["agencies.middleware.SecrecyMiddleware"]
    handler = BaseHandler()
    handler.load_middleware()
    return handler.get_response


def guarded_tables() -> list[str]:
    """All behind a wall, but for the histories of rosters, which every reader may see."""
    seen = "SELECT tablename FROM pg_policies WHERE policyname = 'see' AND qual <> 'true' ORDER BY 1"
    return [table for (table,) in rows(seen)]


@pytest.fixture
def everybody(acting) -> dict[str, Somebody]:
    """Three agencies with a family each; who meets one of them, manages, looks after the site; who holds a link."""
    owners = {code: UserFactory(agency=code) for code in OWNERS}
    families = {code: make_family(owner, acting) for code, owner in owners.items()}
    staff = owners | {
        "met": UserFactory(agency="FK"),
        "met elsewhere": UserFactory(agency="FK", sites=[]),
        "not met": UserFactory(agency="PM"),
        "manager": ManagerFactory(),
        "coordinator": CoordinatorFactory(),
        "host": HostFactory(),
        "secretariat": SecretariatFactory(),
    }
    with acting(owners["MIG"]):
        MeetingFactory(chain=families["MIG"], caseworker=staff["met"])
        link = families["MIG"].links.get()
        # So that the party's list is open to it.
        own = families["MIG"].meetings.filter(agency=owners["MIG"].agency)
        assert own.update(attendance="began", checked_in_at=timezone.now(), checked_in_by=owners["MIG"])
    with acting(staff["manager"]):
        sign(Reading.objects.earliest("pk"), staff["manager"])
    holders = {
        "link": Viewer(link=link.token_hash),
        "link and code": Viewer(link=link.token_hash, code=link.code_hash),
        "forged link": Viewer(link="f" * 64),
        "nobody": NOBODY,
    }
    viewers: dict[str, tuple[Viewer, User | AnonymousUser]] = {
        name: (viewer_of(user), user) for name, user in staff.items()
    }
    viewers |= {name: (viewer, AnonymousUser()) for name, viewer in holders.items()}
    tables = guarded_tables()
    return {name: Somebody(*one, sees_on_a_new_connection(one[0], tables)) for name, one in viewers.items()}


def make_family(owner: User, acting) -> Chain:
    """A row in each table about a family of the owner's agency, a reading, a refusal and a wrong paper code."""
    at = timezone.now()
    with acting(owner):
        chain = row_in_each_table(owner)
        chain.links.update(code_hash=hash_of_code(CODE))
        people = chain.party.members.values_list("key", flat=True)
        log_reading(people=people, what=Reading.What.PAGE, why=Reading.Why.CASEWORK, at=at)
        log_attempt(route="chain", asked="B2C-3D4", reason="not-found", at=at)
        token = chain.links.get().token_hash
    with acting_as(Viewer(link=token)):
        CodeTries.objects.create(token_hash=token, wrong=1, last_at=at)
    return chain


def sign(reading: Reading, by: User) -> None:
    sign_reading(reading=reading, verdict=SpotCheck.Verdict.CHECKED, initials="TT", by=by, at=timezone.now())


def sees_on_a_new_connection(viewer: Viewer, tables: list[str]) -> dict[str, Rows]:
    connection.close()
    with acting_as(viewer):
        return {table: rows_of(table) for table in tables}


def test_what_is_whose(everybody):
    """The turns are compared with what each sees on a new connection; here that is held against the design."""
    owned = {name: everybody[name].places for name in OWNERS}
    of_people = {table for table in guarded_tables() if not table.startswith(OF_NO_PERSON)} - APART
    assert all(everybody[name].tables == of_people for name in OWNERS)
    assert len(set.union(*owned.values())) == sum(map(len, owned.values()))
    tables = {name: one.tables for name, one in everybody.items() if name not in OWNERS}
    assert tables.pop("manager") - of_people == LOGS
    assert tables.pop("link") == BY_LINK
    assert tables.pop("link and code") == BY_LINK | BY_CODE
    assert tables.pop("met") == TO_WHOM_IS_MET
    assert tables.pop("host") == ON_BOARD
    assert tables.pop("coordinator") == ON_BOARD | ORDERS
    assert set.union(*tables.values()) == set()
    seen = set.union(*(one.places for one in everybody.values()))
    assert {table for table, _place in seen - owned["MIG"] - owned["AF"] - owned["KOM"]} == LOGS


def test_thousands_of_turns_on_one_connection_show_no_foreign_row(everybody, answer):
    process = rows("SELECT pg_backend_pid()")
    assert wrong_turns(TURNS, everybody, answer) == []
    assert rows("SELECT pg_backend_pid()") == process


def test_a_viewer_that_stays_with_the_connection_would_be_noticed(everybody, answer, monkeypatch):
    """As if the context were set for the session and not for the transaction."""

    def stay(viewer: Viewer) -> None:
        for name, value in viewer.settings().items():
            rows("SELECT set_config(%s, %s, false)", name, value)

    monkeypatch.setattr(secrecy, "_write", stay)
    try:
        assert wrong_turns(200, everybody, answer, ways=(as_request, after))
    finally:
        connection.close()
