"""A site's own figures, whole, for those who work there; of other agencies no fewer than six."""

from collections.abc import Collection, Iterable

from motesplats.followup.collect import Sums
from motesplats.followup.figures.period import Period
from motesplats.followup.figures.read import Figures, KnownSums
from motesplats.followup.suppression import is_small
from motesplats.models import SiteFigure


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
        published = {key: row for key, row in self._rows.items() if key[1] != site}
        self._rows = published | {
            (row.measure, site, row.month.year, row.month.month, row.dimension, row.key): _row(row, agency)
            for row in rows
        }

    def _months_of(self, year: int, site: int | None) -> list[int | None]:
        return [*self._months(year)] if site == self.site else super()._months_of(year, site)


def _row(row: SiteFigure, agency: str) -> KnownSums:
    """Hidden where another agency met few."""
    is_hidden = row.dimension == "agency" and row.key != agency and is_small(row.people or 0)
    return KnownSums(Sums.of(row), is_hidden)
