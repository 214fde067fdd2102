"""A site's own figures, whole, for those who work there; other agencies' stand there as everybody reads them.

What were told of another agency besides would give its few: of all together, the own one and the others. Where in a
month only one other agency has any, or they are few together, all together stand there that year as everybody reads
them, too.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from motesplats.followup.collect import Sums
from motesplats.followup.figures.period import Period
from motesplats.followup.figures.read import Figures, KnownSums, PublishedKey
from motesplats.followup.suppression import is_small
from motesplats.models import SiteFigure

AGENCY = "agency"
Month = tuple[str, int, int | None]  # of a measure, in a year


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
        super().__init__(period, site=site, measures=measures, dimensions={AGENCY, *dimensions})
        self.site = site
        rows = SiteFigure.objects.filter(
            site=site,
            amount__isnull=False,
            # Of whole years: what is told of a month depends on all of them.
            month__range=(date(period.first.year, 1, 1), date(period.last.year, 12, 1)),
            dimension__in=["", AGENCY, *dimensions],
        )
        if measures is not None:
            rows = rows.filter(measure__in=measures)
        own: dict[PublishedKey, SiteFigure] = {
            (row.measure, site, row.month.year, row.month.month, row.dimension, row.key): row for row in rows
        }
        telling = self._telling(own, agency)

        def is_whole(key: PublishedKey) -> bool:
            """Whether the site's people read it whole."""
            measure, place, year, _month, dimension, part = key
            if dimension == AGENCY:
                return place == site and part == agency
            return place == site and (measure, year) not in telling

        self._rows = {key: row for key, row in self._rows.items() if not is_whole(key)} | {
            key: KnownSums(Sums.of(row), is_hidden=False) for key, row in own.items() if is_whole(key)
        }

    def _telling(self, own: Mapping[PublishedKey, SiteFigure], agency: str) -> set[tuple[str, int]]:
        """The measures with the years in which all together, less what is known, are one other agency's few."""
        unknown: dict[Month, list[int]] = {}
        few: set[Month] = set()
        for key, row in own.items():
            measure, _site, year, month, dimension, part = key
            if dimension != AGENCY or part == agency or not row.people:
                continue
            published = self._rows.get(key)
            if published is None or published.is_hidden:
                unknown.setdefault((measure, year, month), []).append(row.people)
            if is_small(row.people):
                few.add((measure, year, month))
        return {
            month[:2]
            for month in few
            if month in unknown and (len(unknown[month]) == 1 or is_small(sum(unknown[month])))
        }

    def _months_of(self, year: int, site: int | None) -> list[int | None]:
        return [*self._months(year)] if site == self.site else super()._months_of(year, site)
