"""A day to which nobody came is followed up once: the party waits, is told kindly, and its agency has a task."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.dispatches.handlers import QUICK
from agencies.dispatches.sweep import send_batch
from bookings.messages import send
from bookings.messages.plan import KIND as MESSAGES
from bookings.models import Chain, Meeting, Message, WaitingParty
from bookings.tasks import close_past_days
from bookings.worklists.queries import to_summon_anew
from tests.bookings.booking_steps import FIRST, SECOND, THIRD, book, open_days, register
from tests.browser import browser_of
from tests.factories.agencies import UserFactory
from tests.outbox import send_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters_as_text")]
Attendance = Meeting.Attendance


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def chain(by, acting, clock):
    open_days(FIRST, SECOND, THIRD)
    with acting(by):
        return book(register(by, phone="+46701740612"), by, last=FIRST)


@pytest.fixture
def day_is_over(chain, clock):
    def pass_day() -> None:
        clock.move_to(chain.site_day.closes_at + timedelta(hours=1))
        close_past_days()

    return pass_day


@pytest.fixture
def gateway(monkeypatch) -> None:
    """Takes every message."""
    monkeypatch.setattr(send, "deliver", lambda _outgoing: "s1")


def sweep() -> int:
    return send_batch(queue=QUICK, at=timezone.now())


def say_who_came(chain, by, acting, attendance=Attendance.NO_SHOW, *, first=None):
    with acting(by):
        chain.meetings.update(attendance=attendance)
        if first:
            Meeting.objects.filter(pk=chain.meetings.first().pk).update(attendance=first)


def test_who_did_not_come_waits_again_and_is_told_once(chain, by, acting, day_is_over):
    say_who_came(chain, by, acting)
    day_is_over()
    assert sweep() == 1
    day_is_over()
    assert sweep() == 0
    with acting(by):
        waits = WaitingParty.objects.get(ended_at=None)
        assert (waits.why, waits.chain_id) == (WaitingParty.Why.MISSED, chain.pk)
        assert [one.pk for one in to_summon_anew(at=chain.site_day.closes_at)] == [waits.pk]
        assert Message.objects.filter(chain=chain, kind=Message.Kind.MISSED, channel="sms").count() == 1


@pytest.mark.parametrize("first", [Attendance.EXPECTED, Attendance.LEFT])
def test_a_day_with_a_meeting_that_was_not_missed_is_not_followed_up(chain, by, acting, day_is_over, first):
    say_who_came(chain, by, acting, first=first)
    day_is_over()
    assert sweep() == 0


def test_before_the_day_is_over_nothing_is_asked(chain, by, acting):
    say_who_came(chain, by, acting)
    close_past_days()
    assert sweep() == 0


def test_who_has_a_new_day_already_is_left_in_peace(chain, by, acting, day_is_over):
    say_who_came(chain, by, acting)
    day_is_over()
    with acting(by):
        Chain.objects.filter(pk=chain.pk).update(state=Chain.State.DONE)
        book(chain.party, by, first=SECOND, last=SECOND, at=chain.site_day.closes_at)
    sweep()
    with acting(by):
        assert not WaitingParty.objects.filter(ended_at=None).exists()
        assert not Message.objects.filter(chain=chain, kind=Message.Kind.MISSED).exists()


@pytest.fixture
def followed_up(chain, by, acting, day_is_over):
    say_who_came(chain, by, acting)
    day_is_over()
    sweep()
    return chain


def fate_of_message(chain, by, acting) -> tuple[str, str]:
    send_all(MESSAGES)
    with acting(by):
        message = Message.objects.get(chain=chain, kind=Message.Kind.MISSED)
        return (message.state, message.why)


def waiting(by, acting) -> list[WaitingParty]:
    with acting(by):
        return list(to_summon_anew(at=timezone.now()))


def test_when_it_turns_out_that_somebody_came_nobody_waits_and_nothing_more_is_sent(followed_up, by, acting):
    assert len(waiting(by, acting)) == 1
    say_who_came(followed_up, by, acting, first=Attendance.ARRIVED)
    assert waiting(by, acting) == []
    assert fate_of_message(followed_up, by, acting) == ("dropped", "came")
    say_who_came(followed_up, by, acting)  # it was a mistake after all
    assert len(waiting(by, acting)) == 1


def test_who_was_told_before_that_waits_no_longer_either(followed_up, by, acting, gateway):
    assert fate_of_message(followed_up, by, acting) == ("sent", "")
    say_who_came(followed_up, by, acting, first=Attendance.ARRIVED)
    assert waiting(by, acting) == []
    assert browser_of(by).get("/todo/").context["list"].missed == []


def test_who_has_a_new_day_is_not_told_afterwards_that_one_comes(followed_up, by, acting):
    with acting(by):
        Chain.objects.filter(pk=followed_up.pk).update(state=Chain.State.DONE)
        book(followed_up.party, by, first=THIRD, last=THIRD, at=timezone.now())
    assert fate_of_message(followed_up, by, acting) == ("dropped", "new_day")


def test_when_half_of_a_family_came_the_day_was_not_missed(chain, by, acting, day_is_over):
    with acting(by):
        hers, *others = chain.meetings.order_by("pk")
        Meeting.objects.filter(pk=hers.pk).update(attendance=Attendance.NO_SHOW)
        Meeting.objects.filter(pk__in=[one.pk for one in others]).update(attendance=Attendance.ARRIVED)
    day_is_over()
    assert sweep() == 0
    assert waiting(by, acting) == []


@pytest.mark.parametrize("reached", [{}, {"is_protected": True, "phone": "+46701740612"}])
def test_whom_no_message_reaches_is_a_task_to_call_and_nothing_else(reached, by, acting, clock, gateway):
    open_days(FIRST, SECOND)
    with acting(by):
        chain = book(register(by, **reached), by, last=FIRST)
    say_who_came(chain, by, acting)
    clock.move_to(chain.site_day.closes_at + timedelta(hours=1))
    close_past_days()
    sweep()
    why = "protected" if reached else "no_contact"
    assert fate_of_message(chain, by, acting) == ("dropped", why)
    found = browser_of(by).get("/todo/").context["list"]
    assert ([one.party for one in found.missed], found.failed) == ([chain.party], [])
