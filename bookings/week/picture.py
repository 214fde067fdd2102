"""A week as a table: rows of people by agency and of interpreters by language, a column for each day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agencies.dates import clock
from agencies.models import Absence, Shift, SiteDay
from bookings.proposals.timeline import Grid, grid_over
from bookings.week.queries import Week, Worker, grouped

DAY = timedelta(days=1)
SHUT = Grid(8 * 60, 16 * 60)  # of a week in which no day is open


@dataclass(frozen=True, slots=True)
class ShiftBlock:
    """A shift in its cell; `first` and `last` are grid lines, `missed` counts what somebody has to take over."""

    shift: Shift
    first: int
    last: int
    bars: tuple[tuple[str, int, int], ...]  # each `m` of a meeting or `rest` of a break
    meetings: int
    missed: int
    gone: int  # minutes of it in which its holder is absent


@dataclass(frozen=True, slots=True)
class Cell:
    """A person's day; `away`: absences with their grid lines, `elsewhere`: shifts at other places."""

    worker: Worker
    date: date
    site_day: SiteDay | None
    blocks: tuple[ShiftBlock, ...]
    away: tuple[tuple[Absence, int, int], ...]
    elsewhere: tuple[Shift, ...]
    columns: int


@dataclass(frozen=True, slots=True)
class DeskLoad:
    """Minutes on shift and booked."""

    minutes: int
    booked: int

    @property
    def share(self) -> int:
        """Booked of all, in per cent, at most a hundred."""
        return min(100, round(100 * self.booked / self.minutes)) if self.minutes else 0


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person's week; `trouble`: shifts with meetings in an absence."""

    worker: Worker
    cells: tuple[Cell, ...]

    @property
    def trouble(self) -> list[ShiftBlock]:
        return [block for cell in self.cells for block in cell.blocks if block.missed]


@dataclass(frozen=True, slots=True)
class RosterGroup:
    """The people of an agency, or with `is_pool` the interpreters of a language; `loads` by day, None: shut."""

    code: str
    name: str
    is_pool: bool
    rows: tuple[PersonRow, ...]
    loads: tuple[tuple[date, DeskLoad | None], ...]
    drafts: int


@dataclass(frozen=True, slots=True)
class DayHead:
    """A column's head; `eve` and `holiday` are names of public holidays."""

    date: date
    site_day: SiteDay | None
    holiday: str
    eve: str
    load: DeskLoad
    short_notice: bool
    lacking: tuple[str, ...]  # codes of agencies that have nobody there


@dataclass(frozen=True, slots=True)
class WeekPicture:
    """What the template draws."""

    grid: Grid
    days: tuple[DayHead, ...]
    groups: tuple[RosterGroup, ...]
    load: DeskLoad
    people: int
    drafts: int

    @property
    def trouble(self) -> list[tuple[Worker, ShiftBlock]]:
        return [(row.worker, block) for group in self.groups for row in group.rows for block in row.trouble]


def picture_of(week: Week) -> WeekPicture:
    """The week's rows, days and sums."""
    grid = grid_over(week.open_days.values()) if week.open_days else SHUT
    groups = tuple(_groups(week, _Rows(week, grid)))
    days = tuple(_head(week, day, groups) for day in week.dates)
    people = sum(1 for group in groups for row in group.rows if any(cell.blocks for cell in row.cells))
    total = _sum(head.load for head in days)
    return WeekPicture(grid, days, groups, total, people, sum(group.drafts for group in groups))


class _Rows:
    """What is known of the week by resource, so that no row looks through all of it."""

    def __init__(self, week: Week, grid: Grid) -> None:
        self.week, self.grid = week, grid
        self.lines: dict[datetime, int] = {}  # the same moments stand in many rows
        self.shifts: dict[int, list[Shift]] = {}
        self.absences: dict[int, list[Absence]] = {}
        for shift in week.shifts:
            self.shifts.setdefault(shift.resource_id, []).append(shift)
        for absence in week.absences:
            self.absences.setdefault(absence.resource_id, []).append(absence)

    def row(self, worker: Worker) -> PersonRow:
        return PersonRow(worker, tuple(self._cell(worker, day) for day in self.week.dates))

    def _cell(self, worker: Worker, day: date) -> Cell:
        site_day = self.week.open_days.get(day)
        shifts = [one for one in self.shifts.get(worker.resource, ()) if one.site_day.date == day]
        here = [one for one in shifts if self.week.is_here(one)]
        return Cell(
            worker,
            day,
            site_day,
            tuple(self._block(shift, has_left=worker.has_left) for shift in here),
            tuple(self._away(worker, site_day)) if site_day else (),
            tuple(one for one in shifts if not self.week.is_here(one)),
            self.grid.columns,
        )

    def _block(self, shift: Shift, *, has_left: bool) -> ShiftBlock:
        held = self.week.held_within(shift)
        away = self.absences.get(shift.resource_id, ())
        missed = self.week.missed_within(shift, has_left=has_left)
        spans = [("rest", pause.starts_at, pause.ends_at) for pause in self.week.breaks_in(shift)]
        spans += [("m", one.starts_at, one.ends_at) for one in held]
        bars = tuple((kind, self._line(starts), self._line(ends)) for kind, starts, ends in spans)
        lost = sum(
            max(0, _minutes(max(one.starts_at, shift.starts_at), min(one.ends_at, shift.ends_at)))
            for one in away
        )
        if has_left:
            lost = _minutes(shift.starts_at, shift.ends_at)
        first, last = self._line(shift.starts_at), self._line(shift.ends_at)
        return ShiftBlock(shift, first, last, bars, len(held), len(missed), lost)

    def _away(self, worker: Worker, site_day: SiteDay) -> Iterator[tuple[Absence, int, int]]:
        for one in self.absences.get(worker.resource, ()):
            starts, ends = max(one.starts_at, site_day.opens_at), min(one.ends_at, site_day.closes_at)
            if starts < ends:
                yield one, self._line(starts), self._line(ends)

    def _line(self, moment: datetime) -> int:
        line = self.lines.get(moment)
        if line is None:
            line = max(1, min(self.grid.column(moment), self.grid.columns + 1))
            self.lines[moment] = line
        return line


def _groups(week: Week, rows: _Rows) -> Iterator[RosterGroup]:
    for group in grouped(week.workers):
        own = [rows.row(worker) for worker in group.workers]
        blocks = [block for row in own for cell in row.cells for block in cell.blocks]
        drafts = sum(block.shift.state == Shift.State.DRAFT for block in blocks)
        loads = tuple((day, _load_of(week, own, n)) for n, day in enumerate(week.dates))
        yield RosterGroup(group.code, group.title, group.is_pool, tuple(own), loads, drafts)


def _load_of(week: Week, rows: Sequence[PersonRow], column: int) -> DeskLoad | None:
    """The group's hours on the day in that column; None where the place is shut."""
    if week.dates[column] not in week.open_days:
        return None
    return _sum(_load(week, block) for row in rows for block in row.cells[column].blocks)


def _load(week: Week, block: ShiftBlock) -> DeskLoad:
    """An approved shift's minutes without breaks and absences; what is booked against it."""
    shift = block.shift
    if shift.state != Shift.State.APPROVED:
        return DeskLoad(0, 0)
    pauses = sum(_minutes(pause.starts_at, pause.ends_at) for pause in week.breaks_in(shift))
    booked = sum(5 * (last - first) for kind, first, last in block.bars if kind == "m")
    return DeskLoad(max(0, _minutes(shift.starts_at, shift.ends_at) - pauses - block.gone), booked)


def _minutes(starts: datetime, ends: datetime) -> int:
    return int((ends - starts).total_seconds()) // 60


def _sum(loads: Iterable[DeskLoad]) -> DeskLoad:
    found = list(loads)
    return DeskLoad(sum(one.minutes for one in found), sum(one.booked for one in found))


def _head(week: Week, day: date, groups: Sequence[RosterGroup]) -> DayHead:
    site_day = week.open_days.get(day)
    own = [load for group in groups for at, load in group.loads if at == day and load]
    lacking = [
        group.code
        for group in groups
        if not group.is_pool and any(at == day and load and not load.minutes for at, load in group.loads)
    ]
    least = week.location.site.minimum_notice_days
    return DayHead(
        day,
        site_day,
        week.holidays.get(day, ""),
        week.holidays.get(day + DAY, ""),
        _sum(own),
        bool(site_day and site_day.notice_days is not None and site_day.notice_days < least),
        tuple(lacking) if site_day else (),
    )


def hours_of(shift: Shift) -> tuple[str, str]:
    """From when to when, as a clock shows it."""
    return clock(shift.starts_at), clock(shift.ends_at)
