"""On which other days what is booked against a shift could be met by its agency."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from agencies.clock import local
from agencies.models import Shift, SiteDay, User
from agencies.rosters.held import Held, held_of
from agencies.rosters.queries import ResourceHours, Span, desk_hours

MOST = 3  # days that are named
AHEAD = timedelta(days=60)


def other_days(shift: Shift, held: Sequence[Held], *, at: datetime) -> list[date]:
    """The place's next open days with as much free time at the agency's desks, and for the longest of it in one go.

    What else the families' days need is not looked at. None for an interpreter; four queries.
    """
    worker = User.objects.filter(resource=shift.resource_id, agency__isnull=False).first()
    if worker is None or worker.agency_id is None:
        return []
    today = local(at).date()
    days = SiteDay.objects.filter(
        location=shift.site_day.location_id,
        date__range=(today + timedelta(days=1), today + AHEAD),
        closed_at=None,
        merges_into=None,
    ).exclude(pk=shift.site_day_id)
    free = _free_by_day(list(days.order_by("date")), worker.agency_id)
    needs = [int((one.ends_at - one.starts_at).total_seconds()) for one in held]
    return [day for day, spans in free.items() if _fits(needs, [ends - starts for starts, ends in spans])][
        :MOST
    ]


def _fits(needs: list[int], free: list[int]) -> bool:
    return sum(free) >= sum(needs) and max(free, default=0) >= max(needs, default=0)


def _free_by_day(days: Sequence[SiteDay], agency: int) -> dict[date, list[Span]]:
    """In the order of the days."""
    found: dict[date, list[Span]] = {day.date: [] for day in days}
    if not days:
        return found
    desks = desk_hours(days, agencies=[agency])
    taken: dict[int, list[Span]] = {desk.resource: list(desk.breaks) for desk in desks}
    period = min(day.opens_at for day in days), max(day.closes_at for day in days)
    for one in held_of(taken, period):
        taken[one.resource].append((int(one.starts_at.timestamp()), int(one.ends_at.timestamp())))
    for day in days:
        for desk in desks:
            for span in _of_day(desk, day):
                found[day.date] += left_of(span, taken[desk.resource])
    return found


def _of_day(desk: ResourceHours, day: SiteDay) -> Iterator[Span]:
    opens, closes = day.opens_at.timestamp(), day.closes_at.timestamp()
    return (span for span in desk.hours if opens <= span[0] < closes)


def left_of(span: Span, taken: Iterable[Span]) -> list[Span]:
    """The parts of the span in which nothing is taken."""
    found, (starts, end) = [], span
    for begins, ends in sorted(taken):
        if begins < end and starts < ends:
            found += [(starts, begins)] if starts < begins else []
            starts = max(starts, ends)
    return [*found, (starts, end)] if starts < end else found
