"""A year whose figures are published, and where a figure stands in it."""

from dataclasses import dataclass
from datetime import date, timedelta

EDITION_DAY = 3  # of a month: from then on the last one's edition is told, when its reports are locked

# The measure, a site's key, a month's number, the dimension and the part; None: of all sites, of the year.
Place = tuple[str, int | None, int | None, str, str]


@dataclass(frozen=True, slots=True)
class Year:
    """The year as of a day: the parts of two months are told together, some days after they have ended."""

    number: int
    today: date

    @property
    def begun(self) -> list[int]:
        """The months that have begun."""
        return [month for month in range(1, 13) if date(self.number, month, 1) <= self.today]

    @property
    def bounds(self) -> dict[str, date]:
        """Its first and last day, the first one of the running month, and that until which parts are told."""
        return {
            "first": date(self.number, 1, 1),
            "last": date(self.number, 12, 31),
            "running": self.today.replace(day=1),
            "parted": parts_told_before(self.today),
        }


def parts_told_before(today: date) -> date:
    """The first day of the earliest month whose parts are not told yet."""
    month = (today - timedelta(days=EDITION_DAY - 1)).replace(day=1)
    return month if month.month % 2 else (month - timedelta(days=1)).replace(day=1)


def around_of(site: int, month: int) -> list[tuple[int | None, int | None]]:
    """The site's month, and all in whose sums it is: the site's year, the country's month and year."""
    return [(site, month), (site, None), (None, month), (None, None)]
