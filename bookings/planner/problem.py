"""The planner's input and output: plain data; times are slots, sets of slots are bits of an integer."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Calendar:
    """One resource over the horizon; `hours` has lunch and breaks cut out, `busy` is the claims held."""

    resource: int
    hours: int
    busy: int = 0

    @property
    def free(self) -> int:
        """The slots that can still be claimed."""
        return self.hours & ~self.busy


@dataclass(frozen=True, slots=True)
class Day:
    """One opening day's place in the horizon."""

    offset: int
    slots: int

    @property
    def opening(self) -> int:
        """Its opening slots."""
        return ((1 << self.slots) - 1) << self.offset


@dataclass(frozen=True, slots=True)
class Stop:
    """One agency the party must meet; a promise is a `window` to lie in or a locked `start`."""

    agency: str
    slots: int
    desks: tuple[Calendar, ...]
    rooms: tuple[Calendar, ...] | None = None
    window: int | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One party's chain to plan over days laid end to end, at least one closed slot between them.

    `interpreters` None: none is needed; else one for the whole chain, in order of preference.
    `before` is hard, `prefer` soft. The break follows the `break_after`-th stop; 0: no break.
    """

    days: tuple[Day, ...]
    stops: tuple[Stop, ...]
    interpreters: tuple[Calendar, ...] | None = None
    before: frozenset[tuple[str, str]] = frozenset()
    walk: int = 1
    break_after: int = 3
    break_slots: int = 3
    prefer: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        agencies = [stop.agency for stop in self.stops]
        if not agencies or len(set(agencies)) < len(agencies):
            raise ValueError("A chain has at least one stop, and each agency once.")
        if any(stop.slots < 1 for stop in self.stops):
            raise ValueError("A meeting takes at least one slot.")
        for earlier, later in pairwise(self.days):
            if later.offset <= earlier.offset + earlier.slots:
                raise ValueError("Days lie in order, with a closed slot between them.")

    @property
    def opening(self) -> int:
        """The opening slots of all days."""
        return sum(day.opening for day in self.days)


@dataclass(frozen=True, slots=True)
class Placed:
    """One meeting of a plan, half-open."""

    agency: str
    start: int
    end: int
    desk: int
    room: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One chain on one day, its meetings in time order, and what it costs."""

    day: int
    meetings: tuple[Placed, ...]
    interpreter: int | None
    waiting: int
    added_pay: int
