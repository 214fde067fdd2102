"""Reminders follow the protection of a party: dropped when it begins, planned when it ends, each sent once."""

from datetime import timedelta

import pytest
import time_machine

from agencies.dispatches.sweep import SWEEPER
from agencies.models import Dispatch, Role
from agencies.secrecy.context import acting_as
from bookings.chains.book import cancel_chain, move_chain
from bookings.messages.follow_protection import follow_dispatched
from bookings.models import Chain, Message, Party
from bookings.parties.protect import KIND, protect_party, unprotect_party
from tests.bookings import booking_steps
from tests.bookings.messages.conftest import PHONE, sweep
from tests.bookings.messages.test_own_contacts import HERS, LAYLA, NOOR, SALIM, own, sent
from tests.factories.agencies import UserFactory
from tests.moment import NOW
from tests.outbox import outbox, send_all
from tests.together import Together

pytestmark = pytest.mark.django_db
REASON = "The Swedish Tax Agency has told us so."
KINDS = ["reminder_week", "reminder_day", "reminder_morning"]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def protect(acting, caseworker):
    def begin(party: Party, at=NOW) -> None:
        with acting(caseworker):
            protect_party(party=party, reason=REASON, by=caseworker, at=at)
        send_all(KIND, at=at)

    return begin


@pytest.fixture
def unprotect(acting, caseworker):
    manager = UserFactory(agency=caseworker.agency.code, role=Role.MANAGER)

    def end(party: Party, at=NOW) -> None:
        with acting(manager):
            unprotect_party(party=party, reason="The Tax Agency has ended it.", by=manager, at=at)
        send_all(KIND, at=at)

    return end


@pytest.fixture
def reminders(acting, caseworker):
    """The fates of the chain's reminders, as they are due."""

    def told(chain: Chain) -> list[tuple[str, str, str]]:
        with acting(caseworker):
            found = Message.objects.filter(chain=chain, kind__in=Message.REMINDERS).order_by("due_at", "pk")
            return list(found.values_list("kind", "state", "why"))

    return told


@pytest.fixture
def due(acting, caseworker):
    def when(chain: Chain, kind: str):
        with acting(caseworker):
            return Message.objects.filter(chain=chain, kind=kind).latest("pk").due_at

    return when


@pytest.fixture
def booked_while_protected(acting, caseworker, gateway, protect) -> Chain:
    """A couple with an own number each, whose day was booked while the identity was protected."""
    booking_steps.open_days()
    with acting(caseworker):
        members = [SALIM, own(LAYLA, own_phone=HERS), NOOR]
        party = booking_steps.register(caseworker, members=members, phone=PHONE)
        protect_party(party=party, reason=REASON, by=caseworker, at=NOW)
        chain = booking_steps.book(Party.objects.get(pk=party.pk), caseworker)
    sweep(NOW)
    return chain


def test_a_day_booked_while_protected_is_reminded_of_once_the_protection_has_ended(
    booked_while_protected, unprotect, reminders, due, gateway
):
    chain = booked_while_protected
    assert reminders(chain) == []
    unprotect(chain.party)
    unprotect_again = send_all(KIND)
    assert unprotect_again == 0
    assert reminders(chain) == [(kind, "planned", "") for kind in KINDS for _adult in (1, 2)]
    moment = due(chain, "reminder_week")
    with time_machine.travel(moment, tick=False):
        sweep(moment)
    assert sent(gateway) == sorted([("sms", HERS), ("sms", PHONE)])


def test_protection_drops_them_and_its_end_plans_the_same_ones_again(
    couple, protect, unprotect, reminders, gateway
):
    chain = couple(SALIM, LAYLA)
    protect(chain.party)
    assert reminders(chain) == [(kind, "dropped", "protected") for kind in KINDS]
    unprotect(chain.party)
    assert reminders(chain) == [(kind, "planned", "") for kind in KINDS]
    protect(chain.party)
    assert reminders(chain) == [(kind, "dropped", "protected") for kind in KINDS]


def test_what_is_past_by_then_and_what_was_sent_before_is_not_sent_again(
    couple, protect, unprotect, reminders, due, gateway
):
    chain = couple(SALIM, LAYLA)
    week, day = due(chain, "reminder_week"), due(chain, "reminder_day")
    with time_machine.travel(week, tick=False):
        sweep(week)
        protect(chain.party, at=week)
    after = day + timedelta(minutes=1)
    with time_machine.travel(after, tick=False):
        sweep(after)
        unprotect(chain.party, at=after)
    assert reminders(chain) == [
        ("reminder_week", "sent", ""),
        ("reminder_day", "dropped", "protected"),
        ("reminder_morning", "planned", ""),
    ]


def test_a_day_that_was_moved_while_protected_is_reminded_of_as_it_is(
    couple, protect, unprotect, reminders, acting, caseworker, gateway
):
    chain = couple(SALIM, LAYLA, phone=PHONE)
    protect(chain.party)
    with acting(caseworker):
        found = Chain.objects.get(pk=chain.pk)
        day = booking_steps.THIRD if found.site_day.date != booking_steps.THIRD else booking_steps.SECOND
        signed = booking_steps.signed_proposal(found.party, first=day, last=day, moving=found)
        move_chain(chain=found, proposal=signed, by=caseworker, at=NOW)
    unprotect(chain.party)
    assert [one for one in reminders(chain) if one[1] == "planned"] == [
        (kind, "planned", "") for kind in KINDS
    ]
    with acting(caseworker):
        waiting = Message.objects.filter(chain=chain, state="planned", kind__in=Message.REMINDERS)
        assert {one.version for one in waiting} == {2}


def test_a_party_without_a_day_has_nothing_planned(acting, caseworker, protect, unprotect):
    with acting(caseworker):
        party = booking_steps.register(caseworker, members=[SALIM], phone=PHONE)
    protect(party)
    assert outbox(kind=KIND) == []
    unprotect(party)
    with acting(caseworker):
        assert not Message.objects.exists()


def test_of_a_day_that_is_cancelled_nobody_is_reminded(
    couple, protect, unprotect, reminders, acting, caseworker
):
    chain = couple(SALIM, LAYLA)
    protect(chain.party)
    with acting(caseworker):
        cancel_chain(chain=Chain.objects.get(pk=chain.pk), reason="Ill", by=caseworker, at=NOW)
    unprotect(chain.party)
    assert {state for _kind, state, _why in reminders(chain)} == {"dropped"}


@pytest.mark.django_db(transaction=True)
def test_two_workers_plan_each_reminder_once(couple, protect, reminders, acting, caseworker):
    chain = couple(SALIM, own(LAYLA, own_phone=HERS))
    protect(chain.party)
    manager = UserFactory(agency=caseworker.agency.code, role=Role.MANAGER)
    with acting(caseworker):
        hers = Message.objects.filter(chain=chain, newcomer__given_name="Person B", kind__in=KINDS)
        assert hers.delete()[0] == len(KINDS)  # so that they are written anew, not only taken up again
    with acting(manager):
        unprotect_party(party=chain.party, reason="The Tax Agency has ended it.", by=manager, at=NOW)
    with acting_as(SWEEPER):
        dispatch = Dispatch.objects.select_related("by__agency").get(kind=KIND, state="due")

    def follow():
        follow_dispatched(dispatch, at=NOW)

    with Together(2) as two:
        two.do(follow, follow)
    assert reminders(chain) == [(kind, "planned", "") for kind in KINDS for _adult in (1, 2)]
