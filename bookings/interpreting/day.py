"""A site day's interpreters, whom they meet, and what still lacks one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agencies.clock import local
from agencies.models import Resource, Shift, SiteDay
from bookings.interpreting.split import SplitOrder
from bookings.models import Chain, InterpretedMeeting, OccupiedDesk
from bookings.proposals.timeline import Grid, TimelinePart
from interpreters.agreements.costs import Cancelling
from interpreters.models import Agreement, Interpreter, InterpreterOrder
from interpreters.orders.queries import cancelling_of, next_agreement

HALF_HOUR = 30
State = InterpreterOrder.State


@dataclass(frozen=True, slots=True)
class InterpreterRow:
    """An interpreter on shift, with the day's picture as the timeline draws it."""

    interpreter: Interpreter
    languages: list[str]
    picture: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order with what may be done with it: whom to ask next, what cancelling costs when."""

    split: SplitOrder
    state: str
    following: Agreement | None
    steps: list[Cancelling]
    cancellation: int


@dataclass(frozen=True, slots=True)
class Lack:
    """A chain that waits for an interpreter from outside, by the numbers that the board calls it."""

    chain: int
    language: str
    names: str
    starts_at: datetime
    ends_at: datetime


def interpreter_rows(site_day: SiteDay, met: Iterable[InterpretedMeeting]) -> list[InterpreterRow]:
    """Everybody on shift, by language; five queries."""
    shifts = Shift.objects.filter(site_day=site_day, resource__kind=Resource.Kind.INTERPRETER)
    hours = {shift.resource_id: shift for shift in shifts.order_by("starts_at")}
    pool = Interpreter.objects.filter(resource__in=hours).prefetch_related("masteries")
    names, grid = _board_names(site_day), _grid(site_day)
    rows = [
        InterpreterRow(
            interpreter=one,
            languages=[mastery.language for mastery in one.masteries.all()],
            picture={
                "grid": grid,
                "day": site_day.date,
                "first": grid.column(hours[one.resource_id].starts_at),
                "last": grid.column(hours[one.resource_id].ends_at),
                "parts": [_part(grid, meeting, names) for meeting in met if meeting.interpreter_id == one.pk],
            },
        )
        for one in pool
    ]
    return sorted(rows, key=lambda row: (row.languages, row.interpreter.name))


def lacks(site_day: SiteDay, met: Iterable[InterpretedMeeting]) -> list[Lack]:
    """The chains that no order serves yet, from the first meeting to the last."""
    names, chains = _board_names(site_day), dict[int, list[InterpretedMeeting]]()
    for meeting in met:
        if meeting.outside_interpreter == Chain.Outside.ORDERED and meeting.order_id is None:
            chains.setdefault(meeting.chain_id, []).append(meeting)
    return [
        Lack(
            chain=chain,
            language=meetings[0].language,
            names=", ".join(sorted({names.get(one.pk, "") for one in meetings})),
            starts_at=min(one.starts_at for one in meetings),
            ends_at=max(one.ends_at for one in meetings),
        )
        for chain, meetings in chains.items()
    ]


def order_rows(splits: Iterable[SplitOrder], *, at: datetime) -> list[OrderRow]:
    """What lacks an answer first, then by time."""
    rows = [_order_row(split, at=at) for split in splits]
    return sorted(rows, key=lambda row: (not is_unfilled(row.split.order), row.split.order.starts_at))


def is_unfilled(order: InterpreterOrder) -> bool:
    """Whether nobody has said yes, and nobody else has been asked."""
    is_refused = order.state == State.DECLINED and not hasattr(order, "successor")
    return is_refused or order.state in InterpreterOrder.OPEN


def _order_row(split: SplitOrder, *, at: datetime) -> OrderRow:
    order = split.order
    is_refused = order.state == State.DECLINED and not hasattr(order, "successor")
    steps = cancelling_of(order)
    return OrderRow(
        split=split,
        state=order.state_at(at),
        following=next_agreement(order) if is_refused else None,
        steps=steps,
        cancellation=next(step.ore for step in steps if step.until is None or at <= step.until),
    )


def _board_names(site_day: SiteDay) -> Mapping[int, str]:
    """What the board calls each meeting: the party's number, or the reference of one's own."""
    desks = OccupiedDesk.objects.filter(site_day=site_day)
    return {desk.meeting_id: desk.chain_reference or desk.board_number for desk in desks}


def _grid(site_day: SiteDay) -> Grid:
    opens, closes = (local(moment) for moment in (site_day.opens_at, site_day.closes_at))
    first = (opens.hour * 60 + opens.minute) // HALF_HOUR * HALF_HOUR
    last = -(-(closes.hour * 60 + closes.minute) // HALF_HOUR) * HALF_HOUR
    return Grid(first, last)


def _part(grid: Grid, meeting: InterpretedMeeting, names: Mapping[int, str]) -> TimelinePart:
    code = meeting.agency.code
    return TimelinePart(
        kind="stop",
        first=grid.column(meeting.starts_at),
        last=grid.column(meeting.ends_at),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        code=code,
        name=f"{meeting.agency} {names.get(meeting.pk, '')}".strip(),
    )
