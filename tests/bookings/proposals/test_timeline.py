"""The picture of a day: its columns, its pauses, its common grid."""

from datetime import date, datetime, time
from pathlib import Path

from agencies.clock import at_wall_clock
from agencies.models import Site, SiteDay
from bookings.proposals.timeline import Grid, _parts, grid_over

STATIC = Path(__file__).parents[3] / "motesplats/static/staff"
DAY = date(2026, 12, 8)


def at(hour: int, minute: int = 0) -> datetime:
    return at_wall_clock(DAY, time(hour, minute))


def test_the_style_sheet_has_every_column():
    written = (STATIC / "columns.css").read_text("utf-8").splitlines()[1:]
    lines = [f".f{n}{{--from:{n}}}.t{n}{{--to:{n}}}" for n in range(1, 290)]
    assert written == lines + [f".n{n}{{--columns:{n}}}" for n in range(6, 289, 6)]


def test_one_grid_holds_all_days_in_whole_half_hours():
    short = SiteDay(date=DAY, opens_at=at(9, 10), closes_at=at(12))
    long = SiteDay(date=DAY, opens_at=at(8, 40), closes_at=at(15, 50))
    grid = grid_over([short, long])
    assert (grid.opens, grid.closes) == (8 * 60 + 30, 16 * 60)
    assert grid.columns == 90
    assert grid.hours[0] == (7, "09")
    assert grid.column(at(9, 5)) == 8


def test_the_break_and_the_waiting_lie_between_the_meetings():
    site = Site(walk_minutes=5, break_after_stops=2, break_minutes=15)
    meetings = [
        ("MIG", "", at(9), at(9, 40)),
        ("SKV", "", at(9, 55), at(10, 20)),
        ("AF", "", at(10, 40), at(11)),
    ]
    parts = list(_parts(Grid(510, 960), site, meetings))
    assert [(part.kind, part.first, part.last, part.minutes) for part in parts] == [
        ("stop", 7, 15, 40),
        ("wait", 16, 18, 10),
        ("stop", 18, 23, 25),
        ("pause", 23, 27, 20),
        ("stop", 27, 31, 20),
    ]


def test_lunch_is_one_thing_and_no_waiting():
    site = Site(walk_minutes=5, break_after_stops=2, break_minutes=15)
    meetings = [
        ("MIG", "", at(9), at(9, 40)),
        ("SKV", "", at(10, 45), at(11, 30)),
        ("AF", "", at(12, 15), at(13)),
        ("FK", "", at(13, 5), at(13, 40)),
    ]
    parts = list(_parts(Grid(510, 960), site, meetings, with_children=False))
    between = [(part.kind, part.starts_at, part.ends_at) for part in parts if part.kind != "stop"]
    assert between == [("wait", at(9, 45), at(10, 45)), ("lunch", at(11, 30), at(12, 15))]
    with_children = list(_parts(Grid(510, 960), site, meetings, with_children=True))
    assert [part.kind for part in with_children if part.kind != "stop"] == ["wait", "pause", "wait"]


def test_what_is_longer_than_an_hour_or_outside_the_window_is_waiting():
    site = Site(walk_minutes=5, break_after_stops=0, break_minutes=15)
    meetings = [("MIG", "", at(9), at(10, 30)), ("AF", "", at(12, 45), at(14))]
    between = [part for part in _parts(Grid(510, 960), site, meetings) if part.kind != "stop"]
    assert [(part.kind, part.starts_at, part.ends_at) for part in between] == [
        ("wait", at(10, 35), at(11)),
        ("lunch", at(11), at(12)),
        ("wait", at(12), at(12, 45)),
    ]
