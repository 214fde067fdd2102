"""A day that is moved, cancelled and booked anew in short order; reminders at the edges of the quiet hours."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine

from agencies.clock import STOCKHOLM, at_wall_clock, local
from agencies.dispatches.channels.outgoing import ChannelRefused, ChannelUnreachable
from bookings.chains.book import cancel_chain, move_chain
from bookings.messages.schedule import EVERYWHERE, ReminderRule, reminders
from bookings.messages.send_again import send_again
from bookings.messages.settle import set_reminders
from bookings.models import Chain, Message
from tests.bookings import booking_steps as steps
from tests.bookings.messages.conftest import PHONE, sweep
from tests.factories.agencies import CoordinatorFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def party(acting, caseworker):
    steps.open_days()
    with acting(caseworker):
        return steps.register(caseworker, phone=PHONE)


@pytest.fixture
def move(party, acting, caseworker):
    def moved(chain: Chain, day: date, at: datetime) -> None:
        with acting(caseworker):
            found = Chain.objects.get(pk=chain.pk)
            signed = steps.ask(party, first=day, last=day, at=at, moving=found).options[0].proposal.sign()
            move_chain(chain=found, proposal=signed, by=caseworker, at=at)

    return moved


@pytest.fixture
def chain(party, acting, caseworker, gateway) -> Chain:
    """On the first of three open days; the family has been told."""
    with acting(caseworker):
        booked = steps.book(party, caseworker, last=steps.FIRST)
    sweep(NOW)
    gateway.seen.clear()
    return booked


@pytest.fixture
def again(party, chain, acting, caseworker):
    """Cancel the day and book the same one anew."""

    def booked(at: datetime, *, last: date = steps.FIRST) -> Chain:
        with acting(caseworker):
            cancel_chain(chain=Chain.objects.get(pk=chain.pk), reason="A mistake", by=caseworker, at=at)
            return steps.book(party, caseworker, at=at, first=last, last=last)

    return booked


def sent(fates: list[tuple[str, str, str, str]], state: str = "sent") -> list[str]:
    return [kind for kind, _channel, now, _why in fates if now == state]


def test_a_day_that_is_moved_three_times_in_a_minute_is_told_once_as_it_is(chain, move, gateway, fates):
    for seconds, day in ((20, steps.SECOND), (40, steps.THIRD), (55, steps.SECOND)):
        move(chain, day, NOW + timedelta(seconds=seconds))
    sweep(NOW + timedelta(minutes=1))
    (text,) = gateway.texts
    assert "9" in text.splitlines()[1]
    assert sent(fates(chain)) == ["summons", "change"]
    assert sorted(sent(fates(chain), "planned")) == ["reminder_day", "reminder_morning", "reminder_week"]


def test_moved_there_and_back_it_is_at_the_same_time(chain, move, gateway):
    move(chain, steps.SECOND, NOW + timedelta(seconds=20))
    move(chain, steps.FIRST, NOW + timedelta(seconds=40))
    sweep(NOW + timedelta(minutes=1))
    assert ["الموعد نفسه" in text for text in gateway.texts] == [True]


def test_a_day_that_is_cancelled_and_booked_anew_is_told_in_that_order(chain, again, gateway, fates):
    new = again(NOW + timedelta(minutes=1))
    sweep(NOW + timedelta(minutes=1))
    sweep(NOW + timedelta(minutes=2))
    assert ["أُلغي" in text for text in gateway.texts] == [True, False]
    assert sent(fates(chain), "planned") == []
    assert len(sent(fates(new), "planned")) == 3


def test_the_new_summons_waits_while_the_cancellation_does_not_reach_the_gateway(
    chain, again, gateway, fates
):
    at = NOW + timedelta(minutes=1)
    new = again(at)
    gateway.fails = [ChannelUnreachable()]
    for wait in (0, 5, 10, 20):
        sweep(at + timedelta(seconds=wait))
    assert ["أُلغي" in text for text in gateway.texts] == [True, False]
    assert sent(fates(new)) == ["summons"]


def test_a_cancellation_that_comes_back_does_not_follow_the_summons_to_the_same_day(
    chain, again, gateway, fates, acting, caseworker
):
    """It would tell the family not to come."""
    at = NOW + timedelta(minutes=1)
    gateway.fails = [ChannelRefused("expired")]
    again(at)
    sweep(at)
    sweep(at + timedelta(seconds=10))
    with acting(caseworker):
        failed = Message.objects.get(chain=chain, kind="cancellation", channel="sms")
        send_again(message=failed, by=caseworker, at=at + timedelta(hours=1))
    sweep(at + timedelta(hours=1))
    assert ["أُلغي" in text for text in gateway.texts] == [False]
    assert ("cancellation", "sms", "dropped", "replaced") in fates(chain)


def test_a_cancellation_is_sent_again_where_the_new_day_is_another(chain, again, gateway, acting, caseworker):
    at = NOW + timedelta(minutes=1)
    gateway.fails = [ChannelRefused("expired")]
    again(at, last=steps.SECOND)
    sweep(at)
    with acting(caseworker):
        failed = Message.objects.get(chain=chain, kind="cancellation", channel="sms")
        send_again(message=failed, by=caseworker, at=at + timedelta(hours=1))
    sweep(at + timedelta(hours=1))
    assert sorted("أُلغي" in text for text in gateway.texts) == [False, True]


def test_a_site_that_amends_its_times_leaves_what_is_planned_until_the_day_is_changed(
    chain, move, norrkoping, acting, caseworker
):
    rules = dict(EVERYWHERE) | {"morning": ReminderRule(0, time(6, 30)), "day": ReminderRule(2, time(19, 59))}
    set_reminders(site=norrkoping, rules=rules, by=CoordinatorFactory())

    def walls() -> set[str]:
        with acting(caseworker):
            found = Message.objects.filter(chain=chain, state="planned", kind__startswith="reminder")
            return {f"{local(one.due_at):%a %H:%M}" for one in found}

    assert walls() == {"Tue 10:00", "Mon 10:00", "Tue 07:00"}
    move(chain, steps.SECOND, NOW + timedelta(minutes=1))
    assert walls() == {"Wed 10:00", "Mon 19:59", "Wed 06:30"}


@pytest.mark.parametrize("changed", [date(2026, 3, 29), date(2026, 10, 25)])
def test_on_the_morning_the_clocks_change_and_the_one_after_it_is_seven_by_the_new_clock(changed):
    for day in (changed, changed + timedelta(days=1)):
        arrive_at = at_wall_clock(day, time(8))
        due = dict(reminders(EVERYWHERE, arrive_at=arrive_at, at=arrive_at - timedelta(days=20)))
        assert due["morning"] == datetime.combine(day, time(7), STOCKHOLM)
        assert arrive_at - due["morning"] == timedelta(hours=1)


@pytest.mark.parametrize(
    ("hour", "goes_at"), [(time(19, 59), "19:59"), (time(20), "06:30"), (time(6, 29), "06:30")]
)
def test_a_late_reminder_at_the_edges_of_the_quiet_hours(chain, gateway, acting, caseworker, hour, goes_at):
    with acting(caseworker):
        reminder = Message.objects.get(chain=chain, kind="reminder_week")
    moment = datetime.combine(local(reminder.due_at).date(), hour, STOCKHOLM) + timedelta(days=hour < time(7))
    sweep(moment)
    with acting(caseworker):
        reminder.refresh_from_db()
    went = reminder.sent_at or reminder.due_at
    assert (f"{local(went):%H:%M}", bool(reminder.sent_at)) == (goes_at, goes_at == "19:59")
    sweep(went)
    assert len(gateway.texts) == 1
