"""A table of figures as it is shown and saved: the same numbers, rounded alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from agencies.web.workbook import WordedNumber, worded
from motesplats.followup.figures.read import Figure
from motesplats.followup.measures import MEASURES, Kind

MOST_OF_NARROW = 5  # columns
DECIMALS = {Kind.COUNT: 0, Kind.SHARE: 0, Kind.MEAN: 1, Kind.MEDIAN: 1}


@dataclass(frozen=True, slots=True)
class TableCell:
    """What stands in a table, a number, a word or both; `is_hidden`: fewer than six, or hidden beside such."""

    value: Decimal | WordedNumber | str | None = None
    decimals: int = 0
    unit: str = ""
    is_hidden: bool = False
    is_strong: bool = False
    is_approximate: bool = False

    def __str__(self) -> str:
        if self.is_hidden:
            return _("hidden")
        if self.value is None:
            return "–"
        if isinstance(self.value, WordedNumber | str):
            return str(self.value)
        number = number_format(self.rounded, use_l10n=True, force_grouping=True)
        number = f"ca\u00a0{number}" if self.is_approximate else number
        return f"{number}\u00a0{self.unit}" if self.unit else number

    @property
    def without_unit(self) -> "TableCell":
        return replace(self, unit="")

    @property
    def rounded(self) -> Decimal:
        """The number as it is shown; whole numbers have no decimals."""
        number = self.value if isinstance(self.value, Decimal) else Decimal(0)
        number = number.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return number.quantize(Decimal(1)) if number == number.to_integral_value() else number

    @property
    def saved(self) -> Decimal | WordedNumber | str:
        """For files: a number without its unit, or the word; what is only known as "ca" says so."""
        if isinstance(self.value, WordedNumber):
            return self.value
        if not isinstance(self.value, Decimal) or self.is_hidden:
            return str(self)
        if not self.is_approximate:
            return self.rounded
        return worded(str(self), str(replace(self, is_approximate=False, unit="")), self.rounded)


def cell_of(figure: Figure, measure: str, *, is_strong: bool = False) -> TableCell:
    """The figure in its measure's unit, a share in per cent."""
    found = MEASURES[measure]
    if figure.is_hidden or figure.value is None:
        return TableCell(is_hidden=figure.is_hidden)
    if found.kind == Kind.SHARE:
        return TableCell(100 * figure.value, unit="%", is_strong=is_strong)
    return TableCell(figure.value, DECIMALS[found.kind], str(found.unit), is_strong=is_strong)


def share_cell(part: Figure, whole: Figure) -> TableCell:
    """How large a part is of the whole, in per cent; hidden where either is."""
    if part.is_hidden or whole.is_hidden:
        return TableCell(is_hidden=True)
    if part.value is None or not whole.value:
        return TableCell()
    return TableCell(100 * part.value / whole.value, unit="%")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row by its name; `link` leads to the same page of it alone."""

    name: str
    cells: Sequence[TableCell]
    link: str = ""

    @property
    def is_hidden(self) -> bool:
        return any(cell.is_hidden for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn beside a table, of which kind, what it says in words, and what its marks (classes) mean."""

    kind: str
    drawn: Any
    says: str
    key: Sequence[tuple[str, str]] = ()

    @property
    def template(self) -> str:
        return f"motesplats/followup/dashboard/_{self.kind}.html"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its code in addresses; `columns` begin with that of the names; `feet`: rows of all, below."""

    code: str
    title: str
    columns: Sequence[str]
    rows: Sequence[TableRow]
    note: str = ""
    feet: Sequence[TableRow] = ()
    picture: Picture | None = None
    more: tuple[str, str] | None = None  # an address that tells more, and its words

    @property
    def all_rows(self) -> list[TableRow]:
        return [*self.rows, *self.feet]

    @property
    def is_narrow(self) -> bool:
        """Whether it has so few columns that they would lie far apart on a wide screen."""
        return len(self.columns) <= MOST_OF_NARROW

    @property
    def titled_rows(self) -> list[tuple[TableRow, list[tuple[str, TableCell]]]]:
        """Each row with its cells beside the titles of their columns, for narrow screens."""
        return self._titled(self.rows)

    @property
    def titled_feet(self) -> list[tuple[TableRow, list[tuple[str, TableCell]]]]:
        return self._titled(self.feet)

    def _titled(self, rows: Sequence[TableRow]) -> list[tuple[TableRow, list[tuple[str, TableCell]]]]:
        return [(row, list(zip(self.columns[1:], row.cells, strict=True))) for row in rows]

    def saved_rows(self) -> list[list[Decimal | WordedNumber | str]]:
        """The file's rows, the titles first; a unit that all of a column share stands in its title."""
        titles = [str(self.columns[0]), *(self._title(place) for place in range(len(self.columns) - 1))]
        return [list(titles), *([row.name, *(cell.saved for cell in row.cells)] for row in self.all_rows)]

    def _title(self, place: int) -> str:
        units = {row.cells[place].unit for row in self.all_rows if row.cells[place].value is not None}
        is_told = any(row.cells[place].value is not None for row in self.rows)
        unit = units.pop() if is_told and len(units) == 1 else ""
        title = str(self.columns[place + 1])
        return f"{title} ({unit})" if unit else title
