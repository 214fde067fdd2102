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
