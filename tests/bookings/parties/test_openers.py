"""Who opens a protected identity, who closes the alert, and what a reason may not say; the database decides."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import ProgrammingError, transaction

from agencies.models import Role, User
from agencies.staff.openers import withdraw_opener
from bookings.chains.book import cancel_chain
from bookings.models import Event, Opening, Party, SealedIdentity
from bookings.parties.identities import identity_openings, opened_identity
from bookings.parties.members import Member
from bookings.parties.protect import (
    NoReason,
    NotNamed,
    look_at_openings,
    open_identity,
    protect_party,
    unprotect_party,
)
from tests.bookings.booking_steps import book, open_days, register
from tests.factories.agencies import ManagerFactory, UserFactory, name_opener, the_site
from tests.moment import NOW

pytestmark = pytest.mark.django_db
REASON = "The family has called and asks for its letter."
LAYLA = Member("Läyla-Maria", "Haddad", date(1992, 5, 17), "F")
REACHED: dict[str, Any] = {
    "address": "Stora Markgränd 4, 602 00 Norrköping",
    "phone": "+46701740605",
    "email": "layla@example.org",
    "case_reference": "MIG-2026/4711",
}


@pytest.fixture
def by(db) -> User:
    open_days()
    return UserFactory()


@pytest.fixture
def colleague(by) -> User:
    """Of the same agency and site, not named."""
    return UserFactory(agency=by.agency)


@pytest.fixture
def manager(by) -> User:
    return ManagerFactory(agency=by.agency)


@pytest.fixture
def elsewhere(by) -> User:
    """A manager of the agency at another site."""
    return ManagerFactory(agency=by.agency, sites=[the_site("goteborg")])


@pytest.fixture
def party(by, acting) -> Party:
    """Without a day."""
    with acting(by):
        party = register(by, members=[LAYLA], **REACHED)
        return protect_party(party=party, reason=REASON, by=by, at=NOW)


@pytest.fixture
def booked(party, by, acting) -> Party:
    """With a day at Norrköping."""
    with acting(by):
        book(party, by)
    return party


def opens(acting: Callable, party: Party, user: User) -> bool:
    with acting(user):
        try:
            open_identity(party=Party.objects.get(pk=party.pk), reason=REASON, by=user, at=NOW)
        except NotNamed:
            return False
        return opened_identity(party) is not None


def test_without_a_day_whoever_registered_it_and_whom_the_manager_names_opens(party, by, colleague, acting):
    assert opens(acting, party, by)
    assert not opens(acting, party, colleague)
    name_opener(colleague)
    assert opens(acting, party, colleague)


def test_with_a_day_only_those_named_at_its_site_open(booked, by, colleague, acting):
    assert not opens(acting, booked, by)
    name_opener(colleague)
    assert opens(acting, booked, colleague)


def test_whoever_is_named_at_another_site_opens_nothing_here(booked, by, acting):
    by.sites.add(the_site("goteborg"))
    name_opener(by, site="goteborg")
    assert not opens(acting, booked, by)


def test_a_manager_who_is_not_named_opens_nothing(booked, manager, elsewhere, acting):
    assert not opens(acting, booked, manager)
    assert not opens(acting, booked, elsewhere)


@pytest.mark.parametrize("ends_protection", [False, True])
def test_the_database_refuses_the_opening_of_whoever_is_not_named(booked, by, acting, ends_protection):
    with acting(by), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Opening.objects.create(party=booked, by=by, at=NOW, reason=REASON, ends_protection=ends_protection)


def test_whose_naming_is_withdrawn_reads_no_longer(booked, by, manager, acting):
    name_opener(by)
    assert opens(acting, booked, by)
    with acting(manager):
        withdraw_opener(user=by, site=the_site(), by=manager, at=NOW)
    with acting(by):
        assert not SealedIdentity.objects.exists()
    assert not opens(acting, booked, by)


@pytest.fixture
def opened(booked, by, manager, acting) -> Party:
    """An alert for the manager at Norrköping."""
    name_opener(by)
    assert opens(acting, booked, by)
    return booked


def test_a_manager_elsewhere_neither_sees_nor_silences_the_alert(opened, manager, elsewhere, acting):
    with acting(elsewhere):
        assert not identity_openings().exists()
        assert look_at_openings(until=NOW, by=elsewhere, at=NOW) == 0
        assert Opening.objects.update(seen_at=NOW, seen_by=elsewhere) == 0
    with acting(manager):
        assert identity_openings().get().seen_at is None
        assert look_at_openings(until=NOW, by=manager, at=NOW) == 1


def test_where_the_site_has_no_manager_every_manager_of_the_agency_answers(
    opened, manager, elsewhere, acting
):
    User.objects.filter(role=Role.MANAGER, sites=the_site()).update(is_active=False)
    with acting(elsewhere):
        assert look_at_openings(until=NOW, by=elsewhere, at=NOW) == 1


def test_nobody_closes_the_alert_of_ones_own_opening(booked, manager, acting):
    with acting(manager):
        unprotect_party(party=booked, reason="It has ended", by=manager, at=NOW)
        assert look_at_openings(until=NOW, by=manager, at=NOW) == 0
        assert Opening.objects.update(seen_at=NOW, seen_by=manager) == 0
    other = ManagerFactory(agency=manager.agency)
    with acting(other):
        assert look_at_openings(until=NOW, by=other, at=NOW) == 1


def test_a_manager_elsewhere_does_not_end_the_protection(booked, manager, elsewhere, acting):
    with acting(elsewhere), pytest.raises(NotNamed):
        unprotect_party(party=booked, reason="It has ended", by=elsewhere, at=NOW)


def test_to_end_the_protection_is_no_way_to_read_on(booked, manager, acting):
    with acting(manager):
        Opening.objects.create(party=booked, by=manager, at=NOW, reason="It has ended", ends_protection=True)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False), acting(manager):
        assert not SealedIdentity.objects.exists()


@pytest.mark.parametrize(
    "reason",
    [
        "x",
        "xxxxxxxxxxxxxxxx",
        "asdf",
        "nej nej nej nej",
        "…………………………",
        "123456789012",
        "Curious",
        "Haddad Maria Läyla",
    ],
)
def test_a_reason_without_substance_opens_nothing(party, by, acting, reason):
    with acting(by), pytest.raises(NoReason):
        open_identity(party=party, reason=reason, by=by, at=NOW)
    with acting(by):
        assert not Opening.objects.exists()


def test_the_reference_is_no_reason(party, by, acting):
    with acting(by), pytest.raises(NoReason):
        open_identity(party=party, reason=f"{party.reference} {party.reference} ärendet", by=by, at=NOW)


TOLD = [
    ("Layla has called about the letter", "… has called about the letter"),
    ("LÄYLA MARIA vill byta tid i morgon", "… vill byta tid i morgon"),
    ("Läylas tid ska bytas", "… tid ska bytas"),
    ("La\u0308yla har ringt om sin tid", "… har ringt om sin tid"),
    ("Bor på Markgrand, vill byta tid", "Bor på …, vill byta tid"),
    ("Stora gatan är avstängd för dem", "… gatan är avstängd för dem"),
    ("Ring 070-174 06 05 före mötet", "Ring … före mötet"),
    ("Ring 1740605 före mötet i dag", "Ring … före mötet i dag"),
    ("Född 19920517-1234, ny tid behövs", "Född …, ny tid behövs"),
    ("Se ärende mig 2026 4711 om adressen", "Se ärende … om adressen"),
    ("Post till layla@example.org kom tillbaka", "Post till … kom tillbaka"),
]


@pytest.mark.parametrize(("said", "kept"), TOLD)
def test_what_tells_who_it_is_is_masked_in_a_reason(party, by, acting, said, kept):
    with acting(by):
        assert open_identity(party=party, reason=said, by=by, at=NOW).reason == kept


@pytest.mark.parametrize(("said", "kept"), TOLD)
def test_the_same_in_a_reason_for_cancelling_after_the_protection_began(booked, by, acting, said, kept):
    with acting(by):
        chain = cancel_chain(chain=booked.chains.get(), reason=said, by=by, at=NOW)
        assert chain.cancel_reason == kept
        assert Event.objects.get(kind=Event.Kind.CANCELLED).facts["reason"] == kept


@pytest.mark.parametrize(("said", "kept"), TOLD)
def test_the_same_in_what_was_written_before(by, acting, said, kept):
    with acting(by):
        party = register(by, members=[LAYLA], **REACHED)
        cancel_chain(chain=book(party, by), reason=said, by=by, at=NOW)
        protect_party(party=party, reason=said, by=by, at=NOW)
        assert party.chains.get().cancel_reason == kept
        assert {event.facts["reason"] for event in party.events.filter(facts__has_key="reason")} == {kept}
