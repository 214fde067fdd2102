"""How many parties a day can take, by the agency whose desks are scarcest. Pure.

The assumption: a usual party meets each agency once, for the usual minutes of that agency and the walk to the next;
a desk takes whole meetings between its breaks, and the desks of all municipalities count together. The order of the
meetings, rooms and interpreters are not looked at: the planner may find less room, hardly more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MINUTE = 60  # seconds
Span = tuple[int, int]  # half-open, in seconds


@dataclass(frozen=True, slots=True)
class Need:
    """What a usual party needs of an agency; a local one without a desk that day meets its people elsewhere."""

    minutes: int
    is_local: bool = False
    checks_identity: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk's hours on one day with its breaks, and the code of its agency."""

    code: str
    hours: tuple[Span, ...]
    breaks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """How many parties a day can take, and the codes of the agencies that allow no more."""

    number: int
    scarcest: tuple[str, ...] = ()


def places_of(desks: Iterable[Desk], needs: Mapping[str, Need], *, walk: int = 0) -> Places:
    """The day's places; `needs` by code of agency, `walk` in minutes between two meetings."""
    taken = dict.fromkeys(needs, 0)
    met = set()
    for desk in desks:
        if desk.code in needs:
            met.add(desk.code)
            taken[desk.code] += meetings_at(desk, needs[desk.code].minutes + walk)
    counted = {code: number for code, number in taken.items() if code in met or not needs[code].is_local}
    if not met or not counted:
        return Places(0, tuple(sorted(counted)))
    least = min(counted.values())
    return Places(least, tuple(sorted(code for code, number in counted.items() if number == least)))


def meetings_at(desk: Desk, minutes: int) -> int:
    """How many whole meetings of so many minutes the desk takes."""
    return sum((ends - starts) // (minutes * MINUTE) for starts, ends in free_spans(desk))


def free_spans(desk: Desk) -> list[Span]:
    """The desk's hours without its breaks, which may overlap and reach beyond them."""
    spans = []
    for begins, ends in sorted(desk.hours):
        starts = begins
        for pause, goes_on in sorted(desk.breaks):
            if goes_on <= starts or pause >= ends:
                continue
            if pause > starts:
                spans.append((starts, pause))
            starts = goes_on
        if starts < ends:
            spans.append((starts, ends))
    return spans
