"""Tell a quarter's handling times once its weeks cannot be typed any more, with small counts hidden."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction

from agencies.dates import stockholm
from agencies.secrecy.context import acting_as
from motesplats.followup.circulation import suppress
from motesplats.followup.handling_times.quarters import Quarter, quarter_of
from motesplats.followup.handling_times.type_week import wait_for_others
from motesplats.followup.suppression import is_small
from motesplats.followup.viewer import FIGURES
from motesplats.models import HandlingQuarter, HandlingWeek
from motesplats.models.handling import BANDS

Scope = HandlingQuarter.Scope
Sums = dict[int | None, list[int]]  # by site; None: the country


@transaction.atomic
def tell_quarters(*, at: datetime) -> int:
    """Publish what is due and not yet told; gives how many quarters."""
    today = stockholm(at)
    with acting_as(FIGURES):
        wait_for_others()
        told = set(HandlingQuarter.objects.values_list("year", "quarter").distinct())
        due = {
            quarter: sums
            for quarter, sums in _sums().items()
            if quarter.told_on <= today and (quarter.year, quarter.number) not in told
        }
        for quarter, sums in due.items():
            HandlingQuarter.objects.bulk_create(_rows(quarter, sums, at))
    return len(due)


def _sums() -> Mapping[Quarter, Sums]:
    """The counts of each quarter, of each week those that were typed last."""
    weeks = {(week.site_id, week.monday): week for week in HandlingWeek.objects.order_by("pk")}
    found: dict[Quarter, Sums] = {}
    for (site, monday), week in weeks.items():
        sums = found.setdefault(quarter_of(monday), {}).setdefault(site, [0] * len(BANDS))
        for n, count in enumerate(week.counts):
            sums[n] += count
    return found


def _rows(quarter: Quarter, sums: Sums, at: datetime) -> Iterator[HandlingQuarter]:
    sites = sorted(site for site in sums if site is not None)
    if sites:
        counts = [sums[site] for site in sites]
        *told, total = suppress(counts, people=counts)
        for site, cells in zip(sites, told, strict=True):
            yield _row(Scope.SITE, quarter, cells, at, site=site)
        yield _row(Scope.SITES, quarter, total, at)
    if country := sums.get(None):
        shown = [None if any(map(is_small, country)) else count for count in (*country, sum(country))]
        yield _row(Scope.COUNTRY, quarter, shown, at)


def _row(
    scope: str, quarter: Quarter, cells: list[int | None], at: datetime, *, site: int | None = None
) -> HandlingQuarter:
    return HandlingQuarter(
        scope=scope,
        site_id=site,
        year=quarter.year,
        quarter=quarter.number,
        **dict(zip((*BANDS, "total"), cells, strict=True)),
        told_at=at,
    )
