"""A year whose figures are published, and where a figure stands in it."""

from dataclasses import dataclass
from datetime import date

# The measure, a site's key, a month's number, the dimension and the part; None: of all sites, of the year.
Place = tuple[str, int | None, int | None, str, str]


@dataclass(frozen=True, slots=True)
class Year:
    """The year as of a day: the parts of a month are told when it has ended."""

    number: int
    today: date

    @property
    def begun(self) -> list[int]:
        """The months that have begun."""
        return [month for month in range(1, 13) if date(self.number, month, 1) <= self.today]

    @property
    def bounds(self) -> dict[str, date]:
        """Its first and last day, and the first one of the running month."""
        return {
            "first": date(self.number, 1, 1),
            "last": date(self.number, 12, 31),
            "running": self.today.replace(day=1),
        }


def around_of(site: int, month: int) -> list[tuple[int | None, int | None]]:
    """The site's month, and all in whose sums it is: the site's year, the country's month and year."""
    return [(site, month), (site, None), (None, month), (None, None)]
