"""The told quarter, and the imported week, as rows of shares; the same for page, picture and files."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from motesplats.followup.handling_times.shares import BandChart, Shares, charts_of, shares_of
from motesplats.followup.printed_words import scope_in_words
from motesplats.models import HandlingQuarter


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A name with its shares and how many notifications they are of; None: hidden, or nothing is known."""

    name: str
    shares: Shares | None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class TimesComparison:
    """Rows of one period; the picture has those in `drawn`."""

    title: str
    rows: Sequence[ShareRow]
    drawn: Sequence[ShareRow]

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        return f"h-{slugify(self.title)}"

    @property
    def charts(self) -> tuple[BandChart, ...]:
        named = [(row.name, row.shares) for row in self.drawn if row.shares]
        return charts_of(named) if named else ()

    @property
    def hides(self) -> bool:
        return any(row.shares is None for row in self.rows)


def quarter_comparison(told: Iterable[HandlingQuarter], *, title: str, own: set[int]) -> TimesComparison:
    """The sites, all sites and the country; the picture has the reader's own sites and the last two."""
    rows, drawn = [], []
    for quarter in told:
        row = ShareRow(_name(quarter), shares_of(quarter.counts), quarter.total)
        rows.append(row)
        if quarter.scope != HandlingQuarter.Scope.SITE or quarter.site_id in own:
            drawn.append(row)
    return TimesComparison(title, rows, drawn)


def _name(quarter: HandlingQuarter) -> str:
    if quarter.site:
        return str(quarter.site)
    return _("All sites") if quarter.scope == HandlingQuarter.Scope.SITES else _("The whole country")


WEEK = re.compile(r"(\d{4}) w(\d{1,2})", re.ASCII)


def imported_comparisons(found: Iterable[tuple[str, str, Shares]]) -> list[TimesComparison]:
    """One for each period that was imported."""
    periods: dict[str, list[ShareRow]] = {}
    for period, scope, shares in found:
        periods.setdefault(period, []).append(ShareRow(capfirst(scope_in_words(scope)), shares))
    return [TimesComparison(_week(period), rows, rows) for period, rows in periods.items()]


def _week(period: str) -> str:
    """A week such as "2017 w37" in the reader's words; another period as it is printed."""
    found = WEEK.fullmatch(period)
    return _("week %(week)s %(year)s") % {"week": found[2], "year": found[1]} if found else period
