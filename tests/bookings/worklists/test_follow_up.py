"""A day to which nobody came is followed up once: the party waits, is told kindly, and its agency has a task."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.dispatches.handlers import QUICK
from agencies.dispatches.sweep import send_batch
from bookings.models import Chain, Meeting, Message, WaitingParty
from bookings.tasks import close_past_days
from bookings.worklists.queries import to_summon_anew
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register
from tests.factories.agencies import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters_as_text")]
Attendance = Meeting.Attendance


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def chain(by, acting, clock):
    open_days(FIRST, SECOND)
    with acting(by):
        return book(register(by, phone="+46701740612"), by, last=FIRST)


@pytest.fixture
def day_is_over(chain, clock):
    def pass_day() -> None:
        clock.move_to(chain.site_day.closes_at + timedelta(hours=1))
        close_past_days()

    return pass_day


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
