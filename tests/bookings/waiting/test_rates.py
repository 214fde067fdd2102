"""How often families do not come: in groups of six and more, for the secretariat alone."""

from datetime import timedelta

import pytest

from bookings.models import Meeting, Message
from bookings.waiting.rates import no_show_rates
from tests.factories.agencies import ManagerFactory, SecretariatFactory, SiteDayFactory, UserFactory
from tests.factories.bookings import ChainFactory, MeetingFactory, MessageFactory, PartyFactory
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
YESTERDAY = NOW.date() - timedelta(days=1)
Attendance = Meeting.Attendance


def past_days(by, site_day, *attendances, **party):
    for attendance in attendances:
        chain = ChainFactory(
            party=PartyFactory(registered_by=by, **party),
            site_day=site_day,
            state="done",
            booked_at=NOW - timedelta(days=11),
        )
        MeetingFactory(chain=chain, attendance=attendance)
        yield chain


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def site_day():
    return SiteDayFactory(date=YESTERDAY)


def rates(user, acting):
    with acting(user):
        return [
            (rate.language, rate.notice, rate.reminded, rate.days, rate.missed)
            for rate in no_show_rates(first=YESTERDAY, last=YESTERDAY)
        ]


def test_days_are_counted_by_language_notice_and_reminder(by, site_day, acting):
    with acting(by):
        for chain in past_days(by, site_day, *[Attendance.NO_SHOW] * 2, *[Attendance.LEFT] * 6):
            if chain.meetings.filter(attendance=Attendance.LEFT).exists():
                MessageFactory(chain=chain, kind=Message.Kind.REMINDER_DAY, state="sent", sent_at=NOW)
        list(past_days(by, site_day, *[Attendance.LEFT] * 4))
    assert rates(SecretariatFactory(), acting) == [
        ("ar", "fortnight", False, 6, 2),
        ("ar", "fortnight", True, 6, 0),
    ]


def test_fewer_than_six_protected_parties_and_days_not_written_down_are_left_out(by, site_day, acting):
    with acting(by):
        list(past_days(by, site_day, *[Attendance.NO_SHOW] * 5))
        list(past_days(by, site_day, Attendance.NO_SHOW, is_protected=True))
        list(past_days(by, site_day, Attendance.EXPECTED))
    assert rates(SecretariatFactory(), acting) == []


def test_nobody_else_sees_them(by, site_day, acting):
    with acting(by):
        list(past_days(by, site_day, *[Attendance.NO_SHOW] * 6))
    assert rates(ManagerFactory(), acting) == []
