"""Remind managers and coordinators of their sites' reports: a row for each, which is a task, and an e-mail of all."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from agencies.clock import local
from agencies.dispatches.outbox import add_dispatch
from agencies.models import Holiday, Role, Site, ThresholdCode, User
from agencies.secrecy.context import acting_as, viewer_of
from agencies.thresholds import dated
from motesplats.followup.reminders.send import KIND
from motesplats.followup.reports.lacking import missing
from motesplats.followup.tertial.queries import reports_due
from motesplats.models import ReportReminder

Kind = ReportReminder.Kind
Of = tuple[int, date, str]  # the site's key, the day or the tertial's first day, the kind
HOURS = range(7, 10)
SATURDAY = 5
AGAIN = timedelta(days=5)  # after the first reminder of a day's report
LONGEST = timedelta(days=500)  # reminders before that are of tertials that nobody asks for any more


def is_time(at: datetime) -> bool:
    """Whether it is the morning of a working day."""
    now = local(at)
    is_working = now.weekday() < SATURDAY and not Holiday.objects.filter(date=now.date()).exists()
    return is_working and now.hour in HOURS


def remind_all(*, at: datetime) -> int:
    """Remind everybody who keeps reports, each in a transaction of the own; gives how many reminders are new."""
    keepers = User.objects.filter(
        role__in=(Role.COORDINATOR, Role.MANAGER), is_active=True, sites__isnull=False
    )
    return sum(remind(user=user, at=at) for user in keepers.distinct().order_by("pk"))


def remind(*, user: User, at: datetime) -> int:
    """Write down the reminders that are new for the user, and ask for the e-mail; gives how many."""
    with acting_as(viewer_of(user)):
        sites = list(user.sites.exclude(state=Site.State.CLOSED))
        wanted = [*_of_days(user, sites, at=at), *_of_tertials(user, sites, at=at)]
        known = _known(user, at=at)
        new = [
            ReportReminder(site_id=site, of=of, kind=kind, number=number, user=user, at=at)
            for site, of, kind in wanted
            if (number := _number(known.get((site, of, kind), {}), kind, at=at))
        ]
        ReportReminder.objects.bulk_create(new, ignore_conflicts=True)
        if new:
            add_dispatch(kind=KIND, subject=user.pk, by=user, at=at)
    return len(new)


def _number(times: Mapping[int, datetime], kind: str, *, at: datetime) -> int:
    """Which time it is, 0 if the user has been reminded enough for now."""
    if not times:
        return 1
    return 2 if kind == Kind.DAY and set(times) == {1} and times[1] <= at - AGAIN else 0


def _known(user: User, *, at: datetime) -> Mapping[Of, Mapping[int, datetime]]:
    """When the user was reminded of what, by number."""
    found: dict[Of, dict[int, datetime]] = {}
    rows = ReportReminder.objects.filter(user=user, at__gte=at - LONGEST)
    for site, of, kind, number, when in rows.values_list("site", "of", "kind", "number", "at"):
        found.setdefault((site, of, kind), {})[number] = when
    return found


def _of_days(user: User, sites: Iterable[Site], *, at: datetime) -> Iterator[Of]:
    """Coordinators are reminded of days, and managers where there is none."""
    own = {site.pk: site for site in sites}
    if user.role == Role.MANAGER:
        others = User.objects.filter(role=Role.COORDINATOR, is_active=True, sites__in=own)
        for key in others.values_list("sites", flat=True):
            own.pop(key, None)
    if own:
        for one in missing(own.values(), today=local(at).date()):
            yield one.site.pk, one.day, Kind.DAY


def _of_tertials(user: User, sites: list[Site], *, at: datetime) -> Iterator[Of]:
    """Managers are reminded so many days before the report is due, and when it is overdue."""
    if user.role != Role.MANAGER:
        return
    today, code = local(at).date(), ThresholdCode.TERTIAL_REMIND
    before = dated(code)[code]
    for one in reports_due(sites, today=today):
        if one.is_late:
            yield one.site.pk, one.period.first, Kind.OVERDUE
        elif one.due - timedelta(days=before.on(one.period.last)) <= today:
            yield one.site.pk, one.period.first, Kind.COMING
