"""What lies between two meetings of a day, called the same on page, letter and API: break, lunch and waiting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from agencies.clock import local
from agencies.models import Site
from agencies.models.organisation import LONGEST_LUNCH
from bookings.attendance.rules import is_adult
from bookings.planner import SLOT_MINUTES, slots_for

Meeting = tuple[datetime, datetime]  # from when to when
KINDS = ("pause", "lunch", "wait")


@dataclass(frozen=True, slots=True)
class Between:
    """A `pause` (the site's break), `lunch`, or a `wait`; the walk to it is part of the first two."""

    kind: str
    starts_at: datetime
    ends_at: datetime


def has_children(births: Sequence[date], day: date) -> bool:
    """Whether anybody is a minor on the day."""
    return any(not is_adult(birth, day) for birth in births)


def pauses_between(
    meetings: Sequence[Meeting], site: Site, *, with_children: bool
) -> tuple[tuple[Between, ...], ...]:
    """For each two meetings in a row what lies between them; blank walks are left out."""
    gaps = [(earlier[1], later[0]) for earlier, later in pairwise(meetings)]
    rests = [_rest(site, count) for count in range(1, len(gaps) + 1)]
    lunches = [_lunch(site, end, start, with_children=with_children) for end, start in gaps]
    added = [
        (lunch[1] - lunch[0] - rest) if lunch else None for lunch, rest in zip(lunches, rests, strict=True)
    ]
    most = max((one for one in added if one is not None), default=None)
    place = -1 if most is None else added.index(most)
    return tuple(
        tuple(_parts(site, end, start, rest, lunch if number == place else None))
        for number, ((end, start), rest, lunch) in enumerate(zip(gaps, rests, lunches, strict=True))
    )


def _parts(
    site: Site, end: datetime, start: datetime, rest: timedelta, lunch: Meeting | None
) -> Iterator[Between]:
    free = end + _walk(site)
    if lunch:
        begin = end if lunch[0] == free else lunch[0]
        parts = [("wait", free, begin), ("lunch", begin, lunch[1]), ("wait", lunch[1], start)]
    else:
        ready = free + rest
        parts = [("pause", end if rest else ready, ready), ("wait", ready, start)]
    for kind, begin, finish in parts:
        if begin < finish:
            yield Between(kind, begin, finish)


def _lunch(site: Site, end: datetime, start: datetime, *, with_children: bool) -> Meeting | None:
    """From when to when lunch is between two meetings, without the walk; None if there is too little time."""
    first, last, least = site.lunch_hours(local(end).date(), with_children=with_children)
    begin, finish = max(end + _walk(site), first), min(start, last)
    if finish - begin < _whole(max(least, site.break_minutes)):
        return None
    return begin, min(finish, begin + _whole(max(LONGEST_LUNCH, site.break_minutes)))


def _rest(site: Site, count: int) -> timedelta:
    """The break after so many meetings."""
    return _whole(site.break_minutes) if count == site.break_after_stops else timedelta()


def _walk(site: Site) -> timedelta:
    return _whole(site.walk_minutes)


def _whole(minutes: int) -> timedelta:
    """The minutes rounded up to whole slots."""
    return timedelta(minutes=slots_for(minutes) * SLOT_MINUTES)
