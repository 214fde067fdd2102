"""A board as rows of desks and interpreters on one grid of five-minute columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from agencies.dates import clock
from agencies.models import Shift
from bookings.board.queries import Board
from bookings.board.standing import Stood
from bookings.proposals.timeline import Grid, grid_over
from interpreters.models import Interpreter

PREFERRED = ("MIG", "SKV", "FK", "AF", "KOM", "PM")  # as parties meet them; others follow by their code


@dataclass(frozen=True, slots=True)
class LanePart:
    """A meeting, a `group` of them, a `rest`, or `busy` with what is hidden; `first` and `last` are grid lines."""

    kind: str
    first: int
    last: int
    starts_at: datetime
    ends_at: datetime
    stood: Stood | None = None
    group: tuple[Stood, ...] = ()  # of a `group` the parties that come together

    @property
    def caseworker(self) -> str:
        """Whose desk it is at, where it is known."""
        return next((one.meeting.caseworker for one in (self.stood, *self.group) if one), "")

    @property
    def hours(self) -> tuple[str, str]:
        """From when to when, as a clock shows it."""
        return clock(self.starts_at), clock(self.ends_at)


@dataclass(frozen=True, slots=True)
class BoardLane:
    """The day of one desk or interpreter."""

    name: str
    sign: str
    remote: bool
    parts: tuple[LanePart, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The desks of an agency, or with `is_pool` the interpreters whose first language is `code`.

    `free`: the names of interpreters who are on shift and in no meeting.
    """

    code: str
    name: str
    is_pool: bool
    lanes: tuple[BoardLane, ...]
    free: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows of the table the group has."""
        return len(self.lanes) + bool(self.free)


@dataclass(frozen=True, slots=True)
class BoardPicture:
    """What the template draws."""

    grid: Grid
    now: int | None  # the column of the moment, if the day is going on
    groups: tuple[Group, ...]


def picture_of(board: Board) -> BoardPicture:
    """The board's rows; its day must be open."""
    assert board.site_day is not None
    grid = grid_over([board.site_day])
    is_on = board.site_day.opens_at <= board.at < board.site_day.closes_at
    groups = (*_desks(board, grid), *_pool(board, grid))
    return BoardPicture(grid, grid.column(board.at) if is_on else None, groups)


def _desks(board: Board, grid: Grid) -> Iterator[Group]:
    """By agency: whoever is on shift, and whoever has a meeting without a shift."""
    found: dict[str, dict[int, list[LanePart]]] = {}
    names: dict[str, str] = {}
    shifts = {shift.resource_id: shift for shift in board.shifts}
    for shift in board.shifts:
        user = getattr(shift.resource, "caseworker", None)
        if user and user.agency:
            names[user.agency.code] = str(user.agency)
            found.setdefault(user.agency.code, {})[shift.resource_id] = _rests(shift, board, grid)
    for part in _parts(board, grid):
        meeting = (part.stood or part.group[0]).meeting
        names[meeting.agency] = meeting.agency_name
        lanes = found.setdefault(meeting.agency, {})
        lanes.setdefault(meeting.resource, []).append(part)
    for code in sorted(found, key=_place):
        lanes = found[code]
        rows = (_lane(shifts.get(key), parts) for key, parts in lanes.items())
        yield Group(code, names[code], False, tuple(sorted(rows, key=lambda lane: (lane.sign, lane.name))))


def _parts(board: Board, grid: Grid) -> Iterator[LanePart]:
    """Each meeting, and the parties of a group as one part."""
    groups: dict[int, list[Stood]] = {}
    for stood in board.meetings:
        if stood.meeting.group is None:
            yield _part(stood, grid)
        else:
            groups.setdefault(stood.meeting.group, []).append(stood)
    for together in groups.values():
        yield replace(_part(together[0], grid), kind="group", stood=None, group=tuple(together))


def _place(code: str) -> tuple[int, str]:
    return (PREFERRED.index(code) if code in PREFERRED else len(PREFERRED), code)


def _lane(shift: Shift | None, parts: list[LanePart]) -> BoardLane:
    if shift is None:
        name = next(part.caseworker for part in parts if part.caseworker)
        return BoardLane(name, "", False, _in_order(parts))
    return BoardLane(str(shift.resource.caseworker), shift.desk, shift.remote, _in_order(parts))


def _pool(board: Board, grid: Grid) -> Iterator[Group]:
    """The interpreters on shift, by the first of their languages."""
    of_interpreter: dict[int, list[LanePart]] = {}
    shown = set()  # what is held together is one bar
    for stood in board.meetings:
        meeting = stood.meeting
        if meeting.interpreter is None or meeting.group is not None:
            continue
        if (meeting.party, meeting.starts_at) not in shown:
            of_interpreter.setdefault(meeting.interpreter, []).append(_part(stood, grid))
        shown.add((meeting.party, meeting.starts_at))
    shifts = {shift.resource_id: shift for shift in board.shifts}
    lanes: dict[str, list[BoardLane]] = {}
    free: dict[str, list[str]] = {}
    for one in sorted(board.interpreters, key=lambda one: one.name):
        meetings = of_interpreter.get(one.pk, [])
        if meetings := [*meetings, *_busy(board, one, meetings, grid)]:
            shift = shifts[one.resource_id]
            parts = _in_order([*_rests(shift, board, grid), *meetings])
            lanes.setdefault(_language(one), []).append(BoardLane(one.name, "", shift.remote, parts))
        else:
            free.setdefault(_language(one), []).append(one.name)
    for code in sorted({*lanes, *free}):
        yield Group(code, "", True, tuple(lanes.get(code, ())), tuple(free.get(code, ())))


def _busy(board: Board, interpreter: Interpreter, shown: list[LanePart], grid: Grid) -> Iterator[LanePart]:
    """When the interpreter is held by meetings that are not shown with a name."""
    known = {part.starts_at for part in shown}
    for held in board.occupied:
        starts, ends = held.starts_at, held.ends_at
        if held.resource == interpreter.resource_id and starts not in known:
            yield LanePart("busy", grid.column(starts), grid.column(ends), starts, ends)


def _language(interpreter: Interpreter) -> str:
    return next((mastery.language for mastery in interpreter.masteries.all()), "")


def _rests(shift: Shift, board: Board, grid: Grid) -> list[LanePart]:
    """The breaks of a shift, and when whoever has it is absent."""
    breaks = [("rest", pause.starts_at, pause.ends_at) for pause in shift.breaks.all()]
    absences = [
        ("away", max(one.starts_at, shift.starts_at), min(one.ends_at, shift.ends_at))
        for one in board.absences
        if one.resource_id == shift.resource_id
        and one.starts_at < shift.ends_at
        and one.ends_at > shift.starts_at
    ]
    return [
        LanePart(kind, grid.column(starts), grid.column(ends), starts, ends)
        for kind, starts, ends in [*breaks, *absences]
    ]


def _part(stood: Stood, grid: Grid) -> LanePart:
    meeting = stood.meeting
    first, last = grid.column(meeting.starts_at), grid.column(meeting.ends_at)
    return LanePart("meeting", first, max(last, first + 1), meeting.starts_at, meeting.ends_at, stood)


def _in_order(parts: Iterable[LanePart]) -> tuple[LanePart, ...]:
    return tuple(sorted(parts, key=lambda part: part.starts_at))
