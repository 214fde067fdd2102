"""The demo's goal, the reports' figures, permits of the last two years (invented) and handling times to look at."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from agencies.dates import stockholm
from agencies.models import Role, Site, User
from agencies.secrecy.context import acting_as, viewer_of
from motesplats.demo.data import DemoSite, demo_sites
from motesplats.followup.goals.set_goal import Target, set_goal
from motesplats.followup.goals.set_values import NewValue, set_values
from motesplats.followup.handling_times.quarters import open_mondays, quarter_of
from motesplats.followup.handling_times.tell import tell_quarters
from motesplats.followup.handling_times.type_week import type_week
from motesplats.followup.history.published import import_published
from motesplats.models import Goal, HandlingWeek, ImportedFigure, Series, SeriesValue

FIRST_DAY = date(2016, 7, 28)
INVENTED = "Påhittat för demon"
PRINTED = "permits granted, first instance, excl. family reunification"
# A month's people where the site is, for each desk at Skatteverket; the country's are so many tenths of those of all.
PER_DESK, REST = (16, 24), (35, 45)
DESK_WEEK = 9  # notifications a week and desk


def fill_series(*, at: datetime) -> None:
    """Write what is missing; what somebody has changed stays."""
    import_published(at=at)
    by = User.objects.filter(role=Role.SECRETARIAT).order_by("pk").first()
    if by is None:
        return
    permits = Series.objects.get(is_default=True)
    if not Goal.objects.exists():
        set_goal(
            site=None,
            target=Target(percent=50, series=permits),
            valid_from=FIRST_DAY,
            why="Ersatte det första målet, 45 000 personer 2016–2018; gäller vidare i demon",
            decided_by="Styrgruppen",
            by=by,
            at=at,
        )
    with acting_as(viewer_of(by)):
        set_values(values=[*_printed(permits), *_invented(permits, stockholm(at))], by=by, at=at)


def _printed(permits: Series) -> Iterator[NewValue]:
    """What the report prints of three whole years, unless it is written already."""
    written = set(
        SeriesValue.objects.filter(series=permits, site=None, month=None).values_list("year", flat=True)
    )
    printed = ImportedFigure.objects.filter(name=PRINTED, replaced_at=None, number__isnull=False)
    for figure in printed.filter(period__regex=r"^\d{4}$"):
        year = int(figure.period)
        if year not in written:
            yield NewValue(permits, year, None, int(figure.number or 0), "Slutrapporten", is_approximate=True)


def _invented(permits: Series, today: date) -> Iterator[NewValue]:
    """Each month of last year and this year so far, where the demo's sites are and in the country."""
    written = set(SeriesValue.objects.filter(series=permits).values_list("year", "month").distinct())
    sites = {site.code: site for site in Site.objects.all()}
    for year, month in _months(today):
        if (year, month) in written:
            continue
        dice = Random(f"permits {year} {month}")
        own = {demo.code: demo.desks.get("SKV", 1) * dice.randint(*PER_DESK) for demo in demo_sites()}
        for code, number in own.items():
            yield NewValue(permits, year, month, number, INVENTED, site=sites[code])
        whole = sum(own.values()) * dice.randint(*REST) // 10
        yield NewValue(permits, year, month, whole, INVENTED)


def _months(today: date) -> Iterator[tuple[int, int]]:
    for year in (today.year - 1, today.year):
        for month in range(1, 13 if year < today.year else today.month + 1):
            yield year, month


def fill_handling_times(*, at: datetime) -> None:
    """Type the weeks of the last quarter that is told as they were typed then, tell it, and type the weeks since."""
    for moment in (_before_told(at), at):
        for demo in demo_sites():
            by = User.objects.filter(role=Role.COORDINATOR, sites__code=demo.code).order_by("pk").first()
            if by:
                _type_weeks(demo, Site.objects.get(code=demo.code), by, at=moment)
        secretariat = User.objects.filter(role=Role.SECRETARIAT).order_by("pk").first()
        if secretariat:
            _type_weeks(None, None, secretariat, at=moment)
        tell_quarters(at=at)


def _before_told(at: datetime) -> datetime:
    """The last day on which the weeks of the last told quarter could be typed."""
    oldest = open_mondays(stockholm(at))
    first = oldest[-1] if oldest else stockholm(at) - timedelta(days=7)
    before = quarter_of(first - timedelta(days=7))
    return at - (stockholm(at) - before.told_on) - timedelta(days=1)


def _type_weeks(demo: DemoSite | None, site: Site | None, by: User, *, at: datetime) -> None:
    with acting_as(viewer_of(by)):
        known = set(HandlingWeek.objects.filter(site=site).values_list("monday", flat=True))
        for monday in open_mondays(stockholm(at)):
            if monday not in known:
                type_week(site=site, monday=monday, counts=_counts(demo, monday), by=by, at=at)


def _counts(demo: DemoSite | None, monday: date) -> tuple[int, int, int]:
    """Faster where there is a mötesplats, as the report found."""
    dice = Random(f"{demo.code if demo else 'country'} {monday}")
    if demo is None:
        total = dice.randint(1900, 2300)
        first, last = total * dice.randint(41, 46) // 100, total * dice.randint(17, 21) // 100
    else:
        total = demo.desks.get("SKV", 1) * dice.randint(DESK_WEEK - 2, DESK_WEEK + 3)
        first, last = total * dice.randint(58, 66) // 100, total * dice.randint(2, 7) // 100
    return first, total - first - last, last
