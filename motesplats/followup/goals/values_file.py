"""A file of series' numbers read into rows; nothing is looked up here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.rosters.import_file import date_of
from agencies.web.csv_rows import RowError, typed_rows
from motesplats.followup.typed_numbers import is_ambiguous, number_of, without_ca

COLUMNS = ("series", "site", "year", "month", "value", "source", "fetched_on")
YEAR, MONTH = re.compile(r"\d{4}", re.ASCII), re.compile(r"|0?[1-9]|1[0-2]", re.ASCII)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A row as typed; `month` 0 and an empty site: the whole year, the whole country."""

    number: int
    series: str
    site: str
    year: int
    month: int
    value: int
    is_approximate: bool
    source: str
    fetched_on: date | None


def read_values(content: bytes) -> tuple[list[ValueRow], list[RowError]]:
    """The rows of the file, and what is wrong with the others."""
    typed, errors = typed_rows(content, COLUMNS)
    rows = []
    for one in typed:
        wrong = dict(_wrong(one.cells))
        errors += [RowError(one.number, column, message) for column, message in wrong.items()]
        rows += [] if wrong else [_read(one.number, one.cells)]
    return rows, errors


def wrong_number(typed: str) -> str:
    """Why that is no whole number of persons, or nothing."""
    text, _is_ca = without_ca(typed)
    if is_ambiguous(text):
        return _("This can be read in two ways. Write thousands with a blank or without any sign.")
    number = number_of(text)
    if number is None or number != int(number) or number < 0:
        return _("Write a whole number of persons, 0 or more.")
    return ""


def _wrong(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not cells["series"]:
        yield "series", _("This is missing.")
    if not YEAR.fullmatch(cells["year"]):
        yield "year", _("Write a year as 2027.")
    if not MONTH.fullmatch(cells["month"]):
        yield "month", _("A month is 1 to 12; leave it empty for the whole year.")
    if wrong := wrong_number(cells["value"]):
        yield "value", wrong
    if cells["fetched_on"] and not date_of(cells["fetched_on"]):
        yield "fetched_on", _("Write a date that exists, as 2026-12-08.")


def _read(number: int, cells: Mapping[str, str]) -> ValueRow:
    value, is_ca = without_ca(cells["value"])
    return ValueRow(
        number=number,
        series=cells["series"],
        site=cells["site"],
        year=int(cells["year"]),
        month=int(cells["month"] or 0),
        value=int(number_of(value) or 0),
        is_approximate=is_ca,
        source=cells["source"],
        fetched_on=date_of(cells["fetched_on"]),
    )
