"""The planner's input and output: plain data; times are slots, sets of slots are bits of an integer."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Calendar:
    """A resource's slots over the horizon: `hours` on shift without breaks, `busy` already claimed."""

    resource: int
    hours: int
    busy: int = 0

    @property
    def free(self) -> int:
        """The slots that can still be claimed."""
        return self.hours & ~self.busy


@dataclass(frozen=True, slots=True)
class Day:
    """An open day: the first slot and the number of slots that it takes in the horizon."""

    offset: int
    slots: int

    @property
    def opening(self) -> int:
        """The day's slots."""
        return ((1 << self.slots) - 1) << self.offset


@dataclass(frozen=True, slots=True)
class Stop:
    """A meeting to plan with an agency: how long, at which desks; a `window` limits it and a `start` fixes it.

    `agency`: whatever names it; of two meetings with one agency each has a name of its own.
    """

    agency: str
    slots: int
    desks: tuple[Calendar, ...]
    rooms: tuple[Calendar, ...] | None = None
    window: int | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Lunch:
    """The lunch rule: a chain that begins before a day's `window` and ends after it pauses there for `least` slots.

    `window`: one run of slots on each day. The walk before lunch is besides; up to `most` slots are no waiting.
    """

    window: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One party's chain to plan on one of these days; between two days lies at least one closed slot.

    `interpreters`: one is needed for the whole chain, the first are preferred; None: none is needed.
    `before` and `prefer`: orders of agencies (earlier, later) that a plan must or should keep.
    `walk`: slots between two meetings. The break follows the `break_after`-th meeting; 0: no break.
    Lunch at the break's place is the break, too.
    """

    days: tuple[Day, ...]
    stops: tuple[Stop, ...]
    interpreters: tuple[Calendar, ...] | None = None
    before: frozenset[tuple[str, str]] = frozenset()
    walk: int = 1
    break_after: int = 3
    break_slots: int = 3
    prefer: frozenset[tuple[str, str]] = frozenset()
    lunch: Lunch | None = None

    def __post_init__(self) -> None:
        agencies = [stop.agency for stop in self.stops]
        if not agencies or len(set(agencies)) < len(agencies):
            raise ValueError("A chain has at least one stop, and each agency once.")
        if any(stop.slots < 1 for stop in self.stops):
            raise ValueError("A meeting takes at least one slot.")
        if self.lunch and not max(self.break_slots, 1) <= self.lunch.least <= self.lunch.most:
            raise ValueError("Lunch is no shorter than the break.")
        for earlier, later in pairwise(self.days):
            if later.offset <= earlier.offset + earlier.slots:
                raise ValueError("Days lie in order, with a closed slot between them.")

    @property
    def opening(self) -> int:
        """The slots of all days."""
        return sum(day.opening for day in self.days)


@dataclass(frozen=True, slots=True)
class Placed:
    """One meeting of a plan, from `start` up to, not including, `end`; `desk` and `room` are keys of resources."""

    agency: str
    start: int
    end: int
    desk: int
    room: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A chain on one day: its meetings in time order, waiting beyond walks, break and lunch, and added pay in slots."""

    day: int
    meetings: tuple[Placed, ...]
    interpreter: int | None
    waiting: int
    added_pay: int
