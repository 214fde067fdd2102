"""When reminders fall: by the clock on the wall, never in the quiet hours, never after the arrival."""

from datetime import date, datetime, time, timedelta

import pytest

from agencies.clock import STOCKHOLM, UTC, at_wall_clock, local
from bookings.messages.schedule import EVERYWHERE, ReminderRule, after_quiet, reminders


def wall(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM)


def walls(arrive_at: datetime, at: datetime, rules=EVERYWHERE) -> list[tuple[str, str]]:
    return [
        (kind, f"{local(due):%a %d %b %H:%M}") for kind, due in reminders(rules, arrive_at=arrive_at, at=at)
    ]


def test_a_family_is_reminded_a_week_and_a_day_before_and_the_same_morning():
    assert walls(wall(2026, 12, 8, 9), wall(2026, 11, 23, 9)) == [
        ("week", "Tue 01 Dec 10:00"),
        ("day", "Mon 07 Dec 10:00"),
        ("morning", "Tue 08 Dec 07:00"),
    ]


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2027, 3, 28), (8, 5)), (date(2027, 10, 31), (9, 6))],
    ids=["to summer time", "to winter time"],
)
def test_reminders_keep_to_the_clock_on_the_wall_when_it_changes(day, hours):
    arrive_at = at_wall_clock(day + timedelta(days=1), time(9))
    found = dict(reminders(EVERYWHERE, arrive_at=arrive_at, at=arrive_at - timedelta(days=30)))
    assert [local(due).hour for due in found.values()] == [10, 10, 7]
    assert [found[kind].astimezone(UTC).hour for kind in ("day", "morning")] == list(hours)
    assert found["day"] - found["week"] == timedelta(days=6, hours=-1 if day.month == 3 else 1)


@pytest.mark.parametrize("changed", [date(2027, 3, 28), date(2027, 10, 31)])
def test_a_family_booked_for_half_past_seven_on_the_morning_after_the_clocks_change(changed):
    """Booked on the Sunday of the change: reminded once, at seven by the new clock."""
    arrive_at = at_wall_clock(changed + timedelta(days=1), time(7, 15))
    ((kind, due_at),) = reminders(EVERYWHERE, arrive_at=arrive_at, at=at_wall_clock(changed, time(15)))
    assert kind == "morning"
    assert local(due_at) == datetime.combine(changed + timedelta(days=1), time(7), STOCKHOLM)
    assert arrive_at - due_at == timedelta(minutes=15)


def test_nobody_is_reminded_after_the_arrival_nor_just_after_the_summons():
    assert walls(wall(2026, 12, 8, 6, 45), wall(2026, 12, 7, 9)) == []
    assert walls(wall(2026, 12, 8, 9), wall(2026, 12, 7, 7, 59)) == [
        ("day", "Mon 07 Dec 10:00"),
        ("morning", "Tue 08 Dec 07:00"),
    ]
    assert walls(wall(2026, 12, 8, 9), wall(2026, 12, 7, 8)) == [("morning", "Tue 08 Dec 07:00")]


def test_a_reminder_that_is_off_is_not_sent():
    rules = {"week": ReminderRule(7, time(10), is_on=False), "day": ReminderRule(3, time(12))}
    assert walls(wall(2026, 12, 8, 9), wall(2026, 11, 23, 9), rules) == [("day", "Sat 05 Dec 12:00")]


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        (wall(2026, 12, 7, 19, 59), wall(2026, 12, 7, 19, 59)),
        (wall(2026, 12, 7, 20), wall(2026, 12, 8, 6, 30)),
        (wall(2026, 12, 8, 0, 5), wall(2026, 12, 8, 6, 30)),
        (wall(2026, 12, 8, 6, 29), wall(2026, 12, 8, 6, 30)),
        (wall(2026, 12, 8, 6, 30), wall(2026, 12, 8, 6, 30)),
        (wall(2027, 3, 27, 22), wall(2027, 3, 28, 6, 30)),
        (wall(2027, 10, 30, 22), wall(2027, 10, 31, 6, 30)),
    ],
)
def test_the_quiet_hours_put_off_until_half_past_six(moment, sent):
    assert after_quiet(moment) == sent
