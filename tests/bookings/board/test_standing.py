"""How a meeting stands at a moment, and how a party's day follows from its meetings; no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bookings.board.standing import BoardMeeting, Standing, Why, count, parties_today, stand

NINE = datetime(2026, 12, 8, 8, tzinfo=UTC)
CLOSES = NINE + timedelta(hours=7)
MEETING = BoardMeeting(
    key=1,
    party="347",
    is_reference=False,
    agency="MIG",
    agency_name="Migrationsverket",
    resource=1,
    caseworker="Eva Ek",
    desk="1",
    room="",
    starts_at=NINE,
    ends_at=NINE + timedelta(minutes=30),
    attendance="expected",
    is_here=False,
    is_in_meeting=False,
    lacks_interpreter=False,
    interpreter=None,
    language="ar",
    interpreter_language="arb",
    outside="",
    step_free=False,
    adults=2,
    children=1,
)


def minutes(number):
    return NINE + timedelta(minutes=number)


def at(moment, **changes):
    stood = stand(replace(MEETING, **changes), at=moment, closes_at=CLOSES)
    return stood.standing, stood.why, stood.minutes


@pytest.mark.parametrize(
    ("moment", "changes", "stands"),
    [
        (minutes(-60), {}, (Standing.BOOKED, None, 0)),
        (minutes(4), {}, (Standing.BOOKED, None, 0)),
        (minutes(5), {}, (Standing.LATE, Why.NOT_HERE, 5)),
        (minutes(12), {"attendance": "late"}, (Standing.LATE, Why.SAID_SO, 12)),
        (minutes(-5), {"attendance": "late"}, (Standing.BOOKED, None, 0)),
        (minutes(12), {"is_here": True}, (Standing.LATE, Why.WAITS, 12)),
        (minutes(12), {"is_here": True, "is_in_meeting": True}, (Standing.LATE, Why.IN_MEETING, 12)),
        (minutes(-5), {"attendance": "arrived", "is_here": True}, (Standing.ARRIVED, None, 0)),
        (minutes(9), {"attendance": "arrived", "is_here": True}, (Standing.LATE, Why.WAITS, 9)),
        (minutes(9), {"attendance": "began"}, (Standing.MEETING, None, 0)),
        (minutes(41), {"attendance": "began"}, (Standing.MEETING, Why.OVERRUN, 11)),
        (minutes(41), {"attendance": "done"}, (Standing.DONE, None, 0)),
        (minutes(41), {"attendance": "no_show"}, (Standing.NO_SHOW, None, 0)),
        (minutes(41), {"attendance": "left"}, (Standing.LEFT, None, 0)),
        (CLOSES, {}, (Standing.UNRECORDED, None, 0)),
        (CLOSES, {"attendance": "arrived"}, (Standing.UNRECORDED, None, 0)),
        (CLOSES, {"attendance": "done"}, (Standing.DONE, None, 0)),
    ],
)
def test_a_meeting_stands_as_recorded_and_by_the_clock(moment, changes, stands):
    assert at(moment, **changes) == stands


def day(*attendances, moment=NINE - timedelta(minutes=1)):
    """A party's day: a meeting each hour, with what was recorded of each."""
    meetings = [
        replace(
            MEETING,
            key=n,
            attendance=attendance,
            starts_at=minutes(60 * n),
            ends_at=minutes(60 * n + 30),
        )
        for n, attendance in enumerate(attendances)
    ]
    (party,) = parties_today(stand(meeting, at=moment, closes_at=CLOSES) for meeting in meetings)
    return party


def test_a_party_comes_waits_is_met_waits_again_and_has_finished():
    coming = day("expected", "expected")
    assert (coming.is_coming, coming.is_here, coming.is_waiting) == (True, False, False)
    waiting = day("arrived", "expected")
    assert (waiting.is_waiting, waiting.next.meeting.key) == (True, 0)
    met = day("began", "expected")
    assert (met.now.meeting.key, met.is_waiting, met.is_here) == (0, False, True)
    between = day("done", "expected")
    assert (between.is_waiting, between.next.meeting.key) == (True, 1)
    finished = day("done", "done")
    assert (finished.is_finished, finished.next) == (True, None)


def test_who_has_left_is_not_here_and_who_never_came_has_not_come():
    gone = day("done", "left")
    assert (gone.is_here, gone.is_finished, gone.has_not_come) == (False, False, False)
    missing = day("no_show", "no_show")
    assert (missing.is_here, missing.has_not_come) == (False, True)
    assert day("no_show", "expected").is_coming


def test_the_day_is_counted_by_parties_and_each_stands_in_one_way():
    late = day("expected", moment=minutes(20))
    found = count([day("expected"), day("arrived"), day("began"), day("done"), day("no_show"), late])
    assert (found.parties, found.arrived) == (6, 3)
    assert (found.waiting, found.in_meeting, found.finished) == (1, 1, 1)
    assert (found.late, found.did_not_come) == (1, 1)
