"""A file of published figures read into rows; nothing is looked up here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from agencies.web.csv_rows import RowError, typed_rows
from motesplats.followup.typed_numbers import is_ambiguous, number_of

# The header of the file, and the field of the model that each column fills.
COLUMNS = ("figure_name", "year", "site_scope", "value", "unit", "seed", "section", "note")
FIELDS = ("name", "period", "scope", "printed", "unit", "source", "section", "note")
LONGEST = dict(zip(COLUMNS, (120, 40, 80, 120, 40, 40, 80, 200), strict=True))
NEEDED = ("figure_name", "year", "unit", "seed")
MOST_NUMBER = Decimal(10) ** 11
# What is counted in these must be a number, or a span such as 3-4.
COUNTED = {"persons", "percent", "sites", "municipalities"}


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as printed; `value`: as a number, if it is one."""

    number: int
    name: str
    period: str
    scope: str
    printed: str
    unit: str
    source: str
    section: str
    note: str
    value: Decimal | None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What a figure is known by."""
        return self.name, self.period, self.scope, self.source


def read_figures(content: bytes) -> tuple[list[PrintedRow], list[RowError]]:
    """The rows of the file, and what is wrong with the others. An empty value means that the report has none."""
    typed, errors = typed_rows(content, COLUMNS)
    rows = []
    for one in typed:
        wrong = dict(_wrong(one.cells))
        errors += [RowError(one.number, column, message) for column, message in wrong.items()]
        cells = {field: one.cells[column] for field, column in zip(FIELDS, COLUMNS, strict=True)}
        rows += [] if wrong else [PrintedRow(one.number, **cells, value=number_of(cells["printed"]))]
    return rows, errors


def _wrong(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column, longest in LONGEST.items():
        if len(cells[column]) > longest:
            yield column, _("At most %(most)s characters.") % {"most": longest}
    for column in NEEDED:
        if not cells[column]:
            yield column, _("This is missing.")
    if wrong := _wrong_value(cells["value"], cells["unit"]):
        yield "value", wrong


def _wrong_value(printed: str, unit: str) -> str:
    if is_ambiguous(printed):
        return _("This can be read in two ways. Write thousands with a blank or without any sign.")
    number = number_of(printed)
    if number is None:
        return _("Write a number.") if unit in COUNTED and printed else ""
    if unit == "percent" and not 0 <= number <= 100:
        return _("A share is 0 to 100 per cent.")
    if number < 0 and unit in COUNTED:
        return _("Write a number of 0 or more.")
    return "" if abs(number) < MOST_NUMBER else _("That number is too large.")
