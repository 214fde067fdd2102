"""The columns of the open data, version 1, and each row as they have it.

A version's columns and codes stay, in their order; names may be added after them.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO

from django.utils.translation import override

from agencies.codes import codes_read_once
from motesplats.followup.measures import MEASURES, value_of
from motesplats.followup.part_names import part_name
from motesplats.models import PublishedFigure

VERSION = "1"
CODED = ("measure", "year", "month", "site", "dimension", "key", "value", "suppressed", "source")
NAMED = ("site_name", "key_name_sv", "key_name_en")
COLUMNS = (*CODED, *NAMED)
Row = dict[str, object]
PLACES = Decimal("0.0001")


class PartsNamed:
    """What the parts are called in Swedish and English, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[str, str]] = {}

    def of(self, dimension: str, key: str) -> tuple[str, str]:
        found = self._known.get((dimension, key))
        if found is None:
            found = self._known[dimension, key] = _in("sv", dimension, key), _in("en", dimension, key)
        return found


def _in(language: str, dimension: str, key: str) -> str:
    with override(language), codes_read_once():
        return part_name(dimension, key)


def row_of(figure: PublishedFigure, named: PartsNamed) -> Row:
    """The figure by column; a hidden one has no value, as has one of nothing. None: all months, all sites."""
    names = named.of(figure.dimension, figure.key) if figure.dimension else (None, None)
    return {
        "measure": figure.measure,
        "year": figure.year,
        "month": figure.month,
        "site": figure.site.code if figure.site else None,
        "dimension": figure.dimension or None,
        "key": figure.key or None,
        "value": _value(figure),
        "suppressed": figure.is_hidden,
        "source": "reported" if figure.is_reported else "counted",
        "site_name": figure.site.name if figure.site else None,
        "key_name_sv": names[0],
        "key_name_en": names[1],
    }


def _value(figure: PublishedFigure) -> int | float | None:
    """Counts whole, all else with four decimals at most."""
    measure = MEASURES.get(figure.measure)
    if measure is None or figure.is_hidden:
        return None
    value = value_of(measure, amount=figure.amount, over=figure.over, spread=figure.spread)
    if value is None:
        return None
    return int(value) if value == int(value) else float(value.quantize(PLACES))


def csv_lines(rows: Iterable[Mapping[str, object]], *, columns: Sequence[str] = COLUMNS) -> Iterator[str]:
    """The file of the rows, line by line, with commas and decimal points, as open data have them."""
    yield _line(columns)
    for row in rows:
        yield _line(_cell(row[column]) for column in columns)


def _line(cells: Iterable[object]) -> str:
    text = StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value


def json_pieces(rows: Iterator[Row], *, licence: str) -> Iterator[str]:
    """The same rows as one JSON object, in pieces."""
    yield f'{{"version": "{VERSION}", "licence": "{licence}", "rows": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"
