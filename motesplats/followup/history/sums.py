"""Whether printed totals agree with their parts; without the database."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from motesplats.followup.history.figures_file import PrintedRow

TOTAL = re.compile(r"(?P<what>.+?),? (total|totalt|in all|in total)", re.IGNORECASE)
YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)
ADDITION = re.compile(r"=\s*(\d[\d ]*(?:[.,]\d+)?(?:\s*\+\s*\d[\d ]*(?:[.,]\d+)?)+)")
SHARE = re.compile(r"share (?P<who>men|women|kvinnor|män) of (?P<of>.+)", re.IGNORECASE)

Counted = tuple[str, str, str]  # a name, its unit and its source
Shared = tuple[str, str, str, str]  # of what, when, where, by which source


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """What a check needs to know of a figure, of the file or already there; `row`: None if it is already there."""

    name: str
    period: str
    scope: str
    unit: str
    source: str
    value: Decimal | None
    note: str = ""
    row: int | None = None


def as_figure(row: PrintedRow) -> PrintedFigure:
    return PrintedFigure(
        row.name, row.period, row.scope, row.unit, row.source, row.value, row.note, row.number
    )


def wrong_sums(figures: Sequence[PrintedFigure]) -> Iterator[tuple[int, str]]:
    """The number of each row of the file whose parts do not agree with it, and why.

    A figure called "... total" of years is the sum of its single years, if the report prints them all; so is the
    number before an addition in the note ("= 1+2+3"). Men and women are at most 100 per cent.
    """
    years, shares = _single_years(figures), _shares(figures)
    for figure in figures:
        if figure.row is None or figure.value is None:
            continue
        if wrong := _wrong_total(figure, years) or _wrong_note(figure) or _wrong_shares(figure, shares):
            yield figure.row, wrong


def _single_years(figures: Iterable[PrintedFigure]) -> Mapping[Counted, Mapping[int, Decimal]]:
    """The numbers of single years, by what they count: their name, and what stands there before each " at "."""
    found: dict[Counted, dict[int, Decimal]] = {}
    for figure in figures:
        if figure.value is None or not YEAR.fullmatch(figure.period):
            continue
        words = figure.name.casefold().split(" at ")
        for number in range(1, len(words) + 1):
            key = " at ".join(words[:number]), figure.unit, figure.source
            found.setdefault(key, {})[int(figure.period)] = figure.value
    return found


def _wrong_total(total: PrintedFigure, years: Mapping[Counted, Mapping[int, Decimal]]) -> str:
    named, span = TOTAL.fullmatch(total.name), YEARS.fullmatch(total.period)
    if not named or not span:
        return ""
    asked = range(int(span[1]), int(span[2]) + 1)
    known = years.get((named["what"].casefold(), total.unit, total.source), {})
    if len(asked) > len(known):
        return ""
    parts = [known[year] for year in asked if year in known]
    found = sum(parts, Decimal(0))
    if len(parts) < len(asked) or found == total.value:
        return ""
    words = {"parts": " + ".join(f"{part:f}" for part in parts), "sum": f"{found:f}", "total": total.value}
    return _("%(parts)s is %(sum)s, but the total says %(total)s.") % words


def _wrong_note(figure: PrintedFigure) -> str:
    found = ADDITION.match(figure.note)
    if not found:
        return ""
    parts = [Decimal(part.replace(" ", "").replace(",", ".")) for part in found[1].split("+")]
    if sum(parts, Decimal(0)) == figure.value:
        return ""
    words = {"parts": found[1].strip(), "sum": f"{sum(parts, Decimal(0)):f}", "total": figure.value}
    return _("%(parts)s is %(sum)s, but the total says %(total)s.") % words


def _shares(figures: Iterable[PrintedFigure]) -> Mapping[Shared, Mapping[str, Decimal]]:
    """The shares of men and of women, by whose they are."""
    found: dict[Shared, dict[str, Decimal]] = {}
    for figure in figures:
        if (named := SHARE.fullmatch(figure.name)) and figure.value is not None:
            found.setdefault(_whose(figure, named["of"]), {})[named["who"]] = figure.value
    return found


def _whose(figure: PrintedFigure, of: str) -> Shared:
    return of, figure.period, figure.scope, figure.source


def _wrong_shares(figure: PrintedFigure, shares: Mapping[Shared, Mapping[str, Decimal]]) -> str:
    named = SHARE.fullmatch(figure.name)
    if not named or figure.value is None:
        return ""
    for who, share in shares[_whose(figure, named["of"])].items():
        if who != named["who"] and figure.value + share > 100:
            words = {"sum": f"{figure.value + share:f}"}
            return _("Women and men are %(sum)s per cent together.") % words
    return ""
