"""A site's own figures, whole, for those who work there; other agencies' stand there as everybody reads them.

What were told of another agency besides would give its few: of all together, the own one and the others.
"""

from collections.abc import Collection, Iterable

from django.db.models import Q

from motesplats.followup.collect import Sums
from motesplats.followup.figures.period import Period
from motesplats.followup.figures.read import Figures, KnownSums, PublishedKey
from motesplats.models import SiteFigure

AGENCY = "agency"


class OwnFigures(Figures):
    """The site's own figures of a period; the country's stand beside them as they are published."""

    def __init__(
        self,
        period: Period,
        *,
        site: int,
        agency: str,
        measures: Collection[str] | None = None,
        dimensions: Iterable[str] = (),
    ) -> None:
        super().__init__(period, site=site, measures=measures, dimensions=dimensions)
        self.site = site
        rows = SiteFigure.objects.filter(
            site=site,
            amount__isnull=False,
            month__range=(period.first, period.last),
            dimension__in=["", *dimensions],
        )
        if measures is not None:
            rows = rows.filter(measure__in=measures)
        theirs = Q(dimension=AGENCY) & ~Q(key=agency)
        own = {
            (row.measure, site, row.month.year, row.month.month, row.dimension, row.key): row
            for row in rows.exclude(theirs)
        }
        self._rows = {key: row for key, row in self._rows.items() if _stays(key, site, agency)} | {
            key: KnownSums(Sums.of(row), is_hidden=False) for key, row in own.items()
        }

    def _months_of(self, year: int, site: int | None) -> list[int | None]:
        return [*self._months(year)] if site == self.site else super()._months_of(year, site)


def _stays(key: PublishedKey, site: int, agency: str) -> bool:
    """Whether the published figure is told as it is: of other places, and of another agency at the own site."""
    _measure, place, _year, _month, dimension, part = key
    return place != site or (dimension == AGENCY and part != agency)
