"""Reads of shifts for people: who sees whose, in the order of lists and files."""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from agencies.dates import clock
from agencies.models import Location, Role, Shift, SiteDay, User


def shifts_seen_by(user: User) -> QuerySet[Shift]:
    """At own sites: all for coordinators and hosts, else those of the own agency's people."""
    seen = Shift.objects.filter(site_day__location__site__in=user.sites.all())
    if user.role not in (Role.COORDINATOR, Role.HOST):
        seen = seen.filter(resource__caseworker__agency=user.agency_id, resource__caseworker__isnull=False)
    return seen.exclude(Q(resource__caseworker=None) & Q(resource__reference=""))


def in_order(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """With all that a row tells; two queries."""
    return (
        shifts.select_related("resource__caseworker__agency", "site_day__location__site")
        .prefetch_related("breaks")
        .order_by("site_day__date", "site_day_id", "starts_at", "pk")
    )


def days_at(site: str) -> QuerySet[SiteDay]:
    """The open days of the site with this code, in order."""
    return SiteDay.objects.filter(location__site__code=site, closed_at=None).select_related("location__site")


def row_of(shift: Shift) -> dict[str, str | bool]:
    """The shift by the columns of the file."""
    user = getattr(shift.resource, "caseworker", None)
    pause = next(iter(shift.breaks.all()), None)
    location = shift.site_day.location
    return {
        "date": shift.site_day.date.isoformat(),
        "site": location.site.code,
        "location": "" if location.kind == Location.Kind.MAIN else location.name,
        "agency": user.agency.code if user and user.agency else "",
        "user": user.username if user else shift.resource.reference,
        "starts": clock(shift.starts_at),
        "ends": clock(shift.ends_at),
        "break_starts": clock(pause.starts_at) if pause else "",
        "break_ends": clock(pause.ends_at) if pause else "",
        "remote": shift.remote,
    }


def file_rows(shifts: Iterable[Shift]) -> Iterator[list[str]]:
    """The file's rows without its header; importing them changes nothing."""
    for shift in shifts:
        yield [str(cell).lower() if isinstance(cell, bool) else cell for cell in row_of(shift).values()]
