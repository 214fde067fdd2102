"""Protect, open, end: what is sealed, who opens it, and what the database has forgotten."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import InternalError, ProgrammingError, transaction
from structlog.testing import capture_logs

from agencies.models import Role
from agencies.secrecy.context import NOBODY, acting_as
from agencies.web.roles import NotForYourRole
from bookings.chains.book import cancel_chain
from bookings.models import Event, NewcomerChange, Opening, Party, PartyChange, SealedIdentity, SummonsCopy
from bookings.parties.identities import identity_openings, may_be_messaged, opened_identity
from bookings.parties.members import Member
from bookings.parties.protect import (
    NoReason,
    NotProtected,
    look_at_openings,
    open_identity,
    protect_party,
    unprotect_party,
)
from bookings.parties.queries import listed_parties, profile_of
from tests.bookings.booking_steps import ask, book, open_days, register
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
REASON = "The Swedish Tax Agency has told us so."
LAYLA = Member("Layla", "Haddad", date(1992, 5, 17), "F")
NOOR = Member("Noor", "Haddad", date(2020, 8, 9), "F")
REACHED: dict[str, Any] = {
    "address": "Syrengränd 4, 602 00 Norrköping",
    "phone": "+46701740605",
    "email": "layla@example.org",
}


@pytest.fixture
def by(db):
    return UserFactory()


@pytest.fixture
def manager(by):
    return UserFactory(agency=by.agency.code, role=Role.MANAGER)


@pytest.fixture
def party(by, acting) -> Party:
    with acting(by):
        return register(by, members=[LAYLA, NOOR], **REACHED)


@pytest.fixture
def protected(party, by, acting) -> Party:
    with acting(by):
        return protect_party(party=party, reason=REASON, by=by, at=NOW)


def names(party: Party) -> list[str]:
    return [str(member) for member in Party.objects.get(pk=party.pk).members.all()]


def test_an_alias_stands_for_each_and_nothing_leads_to_the_home(protected, by, acting):
    with acting(by):
        party = Party.objects.get(pk=protected.pk)
        assert names(party) == [f"Person A {party.reference}", f"Person B {party.reference}"]
        assert [str(member.birth_date) for member in party.members.all()] == ["1992-07-01", "2020-08-09"]
        assert (party.address, party.housing, party.phone, party.email) == ("", "", "", "")
        assert party.is_protected


def test_who_is_registered_as_protected_was_never_anybody_else(by, acting):
    with acting(by):
        party = register(by, members=[LAYLA], is_protected=True)
        assert names(party) == [f"Person A {party.reference}"]
        assert [event.kind for event in party.events.order_by("pk")] == ["registered", "protected"]


def test_protecting_twice_changes_nothing(protected, by, acting):
    with acting(by):
        protect_party(party=protected, reason=REASON, by=by, at=NOW)
        assert protected.events.filter(kind=Event.Kind.PROTECTED).count() == 1
        open_identity(party=protected, reason="The family called", by=by, at=NOW)
        sealed = opened_identity(protected)
        assert sealed
        assert sealed.contact["phone"] == REACHED["phone"]


@pytest.mark.parametrize("search", ["Layla", "haddad", "Person", "Person A", "070"])
def test_nobody_finds_them_by_a_name(protected, by, acting, search):
    with acting(by):
        assert not listed_parties(search=search, at=NOW).exists()
        assert listed_parties(search=protected.reference, at=NOW).get() == protected


def test_they_may_not_be_messaged(party, by, acting):
    assert may_be_messaged(party)
    with acting(by):
        assert not may_be_messaged(protect_party(party=party, reason=REASON, by=by, at=NOW))


def test_the_seal_is_closed_until_one_has_said_why(protected, by, acting):
    with acting(by):
        assert opened_identity(protected) is None
        open_identity(party=protected, reason="The family called", by=by, at=NOW)
        sealed = opened_identity(protected)
        assert sealed
        assert [person["given_name"] for person in sealed.people.values()] == ["Layla", "Noor"]
        assert sealed.contact == {"housing": "", "case_reference": ""} | REACHED


def test_the_seal_closes_after_a_quarter_of_an_hour(protected, by, acting):
    with acting(by):
        open_identity(party=protected, reason="The family called", by=by, at=NOW)
    for minutes, is_open in ((14, True), (15, False)):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False), acting(by):
            assert bool(opened_identity(protected)) == is_open


def test_the_seal_is_open_to_nobody_else(protected, by, manager, acting):
    with acting(by):
        open_identity(party=protected, reason="The family called", by=by, at=NOW)
    for other in (UserFactory(agency=by.agency.code), manager, UserFactory(agency="AF")):
        with acting(other):
            assert not SealedIdentity.objects.exists()
    with acting_as(NOBODY):
        assert not SealedIdentity.objects.exists()


def test_opening_alerts_the_manager(protected, by, manager, acting):
    with acting(by), capture_logs() as logs:
        opening = open_identity(party=protected, reason="The family called", by=by, at=NOW)
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("identity_opened", "warning")]
    assert "Layla" not in str(logs)
    with acting(UserFactory(agency=by.agency.code)):
        assert not identity_openings().exists()
    with acting(manager):
        assert identity_openings().get() == opening
        assert look_at_openings(until=NOW - timedelta(minutes=1), by=manager, at=NOW) == 0
        assert look_at_openings(until=NOW, by=manager, at=NOW) == 1
        assert identity_openings().get().seen_by == manager


def test_an_opening_is_never_rewritten(protected, by, manager, acting):
    with acting(by):
        open_identity(party=protected, reason="The family called", by=by, at=NOW)
        assert Opening.objects.update(seen_at=NOW) == 0
        assert Opening.objects.all().delete()[0] == 0
    with acting(manager), pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        Opening.objects.update(reason="The family wrote")


@pytest.mark.parametrize("forged", ["in_the_future", "as_another", "as_a_host"])
def test_a_forged_opening_is_refused(protected, by, acting, forged):
    who, at = by, NOW
    if forged == "in_the_future":
        at = NOW + timedelta(hours=1)
    elif forged == "as_another":
        who = UserFactory(agency=by.agency.code)
    else:
        by = who = UserFactory(agency=by.agency.code, role=Role.HOST)
    with acting(by), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Opening.objects.create(party=protected, by=who, at=at, reason="x")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301, "hidden\u202e"])
def test_a_reason_is_needed(party, by, acting, reason):
    with acting(by), pytest.raises(NoReason):
        protect_party(party=party, reason=reason, by=by, at=NOW)
    with acting(by):
        assert not Party.objects.get(pk=party.pk).is_protected


def test_a_host_opens_nothing(protected, by, acting):
    host = UserFactory(agency=by.agency.code, role=Role.HOST)
    with acting(host), pytest.raises(NotForYourRole):
        open_identity(party=protected, reason="Curious", by=host, at=NOW)


def test_what_is_not_sealed_is_not_opened(party, by, acting):
    with acting(by), pytest.raises(NotProtected):
        open_identity(party=party, reason=REASON, by=by, at=NOW)


def test_a_manager_ends_the_protection(protected, manager, acting):
    with acting(manager):
        unprotect_party(party=protected, reason="It has ended", by=manager, at=NOW)
        party = Party.objects.get(pk=protected.pk)
        assert names(party) == ["Layla Haddad", "Noor Haddad"]
        assert [member.birth_date for member in party.members.all()] == [LAYLA.birth_date, NOOR.birth_date]
        assert {name: getattr(party, name) for name in REACHED} == REACHED
        assert not SealedIdentity.objects.exists()
        assert [event.kind for event in party.events.order_by("pk")][-2:] == ["opened", "unprotected"]


def test_nobody_else_ends_it(protected, by, acting):
    with acting(by), pytest.raises(NotForYourRole):
        unprotect_party(party=protected, reason="It has ended", by=by, at=NOW)
    with acting(by):
        open_identity(party=protected, reason="The family called", by=by, at=NOW)
        assert SealedIdentity.objects.filter(party=protected).delete()[0] == 0
        assert opened_identity(protected)


def test_what_the_rows_were_before_is_forgotten(party, by, acting):
    with acting(by):
        party.members.filter(given_name="Layla").update(given_name="Leila")
        Party.objects.filter(pk=party.pk).update(phone="+46701740606")
        assert NewcomerChange.objects.get().given_name == "Layla"
        assert PartyChange.objects.get().phone == REACHED["phone"]
        protect_party(party=party, reason=REASON, by=by, at=NOW)
        assert not NewcomerChange.objects.exists()
        assert not PartyChange.objects.exists()


def test_names_leave_what_somebody_has_written(by, acting):
    open_days()
    with acting(by):
        party = register(by, members=[LAYLA])
        cancel_chain(chain=book(party, by), reason="Layla Haddad is ill.", by=by, at=NOW)
        protect_party(party=party, reason="Layla told us.", by=by, at=NOW)
        assert party.chains.get().cancel_reason == "… … is ill."
        told = [event.facts["reason"] for event in party.events.filter(facts__has_key="reason")]
        assert sorted(told) == ["… told us.", "… … is ill."]


def test_printed_letters_are_taken_away(by, acting):
    open_days()
    with acting(by):
        party = register(by, members=[LAYLA])
        summons = book(party, by).summonses.get()
        SummonsCopy.objects.create(summons=summons, pdf=b"%PDF-Layla")
        protect_party(party=party, reason=REASON, by=by, at=NOW)
        assert not SummonsCopy.objects.exists()


def test_planning_goes_on_as_before(party, by, acting):
    open_days()
    with acting(by):
        before = [option.proposal.offers for option in ask(party).options]
        protected = protect_party(party=party, reason=REASON, by=by, at=NOW)
        assert [option.proposal.offers for option in ask(protected).options] == before
        assert book(protected, by).party == protected


def test_a_rehearsed_registration_and_the_real_one_fit_one_proposal(by, acting):
    with acting(by):
        first = profile_of(register(by, members=[LAYLA, NOOR], is_protected=True))
        again = profile_of(register(by, members=[LAYLA, NOOR], is_protected=True))
    assert first.fingerprint == again.fingerprint


def test_the_seal_goes_with_the_party(protected, by, acting):
    with acting(by):
        open_identity(party=protected, reason="The family called", by=by, at=NOW)
        protected.delete()
        assert not Party.objects.exists()
