"""Tell a quarter's handling times once its weeks cannot be typed any more, with small counts hidden."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from agencies.dates import stockholm
from agencies.secrecy.context import acting_as
from motesplats.followup.handling_times.quarters import Quarter, quarter_of
from motesplats.followup.handling_times.type_week import wait_for_others
from motesplats.followup.suppression import LEAST, Cell, hidden_cells, is_small
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
    of_sites = {site: counts for site, counts in sums.items() if site is not None}
    if of_sites:
        cells, hidden = _cells(of_sites), _hidden(of_sites)
        for scope, site in ((Scope.SITES, None), *((Scope.SITE, site) for site in sorted(of_sites))):
            told = [_cell(site, band) for band in (*BANDS, None)]
            yield _row(
                scope, quarter, [None if cell in hidden else cells[cell] for cell in told], at, site=site
            )
    if country := sums.get(None):
        shown = [None if any(map(is_small, country)) else count for count in (*country, sum(country))]
        yield _row(Scope.COUNTRY, quarter, shown, at)


def _hidden(of_sites: Mapping[int, list[int]]) -> set[Cell]:
    """The cells to be hidden, also from whoever knows one site's numbers, because they typed them.

    To them the table is one without their own site.
    """
    hidden: set[Cell] = set()
    for known in (None, *of_sites):
        others = {site: counts for site, counts in of_sites.items() if site != known}
        if others:
            hidden |= hidden_cells(_cells(others), beside=partial(_beside, of_sites=others))
    return hidden


def _cells(of_sites: Mapping[int, list[int]]) -> dict[Cell, int]:
    """The counts of each site and band, with their totals."""
    found: dict[Cell, int] = {}
    for site, counts in of_sites.items():
        for band, count in zip(BANDS, counts, strict=True):
            for cell in (_cell(site, band), _cell(site, None), _cell(None, band), _cell(None, None)):
                found[cell] = found.get(cell, 0) + count
    return found


def _cell(site: int | None, band: str | None) -> Cell:
    return frozenset((name, part) for name, part in (("site", site), ("band", band)) if part is not None)


def _beside(dimension: str, part: object, of_sites: Mapping[int, list[int]]) -> object | None:
    """The next band, or the smallest other site that is not small itself."""
    if dimension == "band":
        return BANDS[(BANDS.index(str(part)) + 1) % len(BANDS)]
    others = [
        (sum(counts), site) for site, counts in of_sites.items() if site != part and sum(counts) >= LEAST
    ]
    return min(others)[1] if others else None


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
