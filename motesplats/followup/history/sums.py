"""Whether printed totals agree with their parts; without the database."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from motesplats.followup.history.figures_file import PrintedRow

TOTAL = re.compile(r"(?P<what>.+?),? (total|totalt|in all|in total)", re.IGNORECASE)
YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)
ADDITION = re.compile(r"=\s*(\d[\d ]*(?:[.,]\d+)?(?:\s*\+\s*\d[\d ]*(?:[.,]\d+)?)+)")
SHARE = re.compile(r"share (?P<who>men|women|kvinnor|män) of (?P<of>.+)", re.IGNORECASE)


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
    for figure in figures:
        if figure.row is None or figure.value is None:
            continue
        if wrong := _wrong_total(figure, figures) or _wrong_note(figure) or _wrong_shares(figure, figures):
            yield figure.row, wrong


def _wrong_total(total: PrintedFigure, figures: Iterable[PrintedFigure]) -> str:
    named, years = TOTAL.fullmatch(total.name), YEARS.fullmatch(total.period)
    if not named or not years:
        return ""
    asked = range(int(years[1]), int(years[2]) + 1)
    parts = {
        int(figure.period): figure.value
        for figure in figures
        if _is_part(figure, named["what"], total) and figure.value is not None and int(figure.period) in asked
    }
    found = sum(parts.values(), Decimal(0))
    if len(parts) < len(asked) or found == total.value:
        return ""
    words = {
        "parts": " + ".join(f"{parts[year]:f}" for year in asked),
        "sum": f"{found:f}",
        "total": total.value,
    }
    return _("%(parts)s is %(sum)s, but the total says %(total)s.") % words


def _is_part(figure: PrintedFigure, what: str, total: PrintedFigure) -> bool:
    """Whether the figure is of one year, and of what the total is of."""
    name, what = figure.name.casefold(), what.casefold()
    alike = (figure.unit, figure.source) == (total.unit, total.source)
    return alike and bool(YEAR.fullmatch(figure.period)) and (name == what or name.startswith(f"{what} at "))


def _wrong_note(figure: PrintedFigure) -> str:
    found = ADDITION.match(figure.note)
    if not found:
        return ""
    parts = [Decimal(part.replace(" ", "").replace(",", ".")) for part in found[1].split("+")]
    if sum(parts, Decimal(0)) == figure.value:
        return ""
    words = {"parts": found[1].strip(), "sum": f"{sum(parts, Decimal(0)):f}", "total": figure.value}
    return _("%(parts)s is %(sum)s, but the total says %(total)s.") % words


def _wrong_shares(figure: PrintedFigure, figures: Iterable[PrintedFigure]) -> str:
    own = SHARE.fullmatch(figure.name)
    if not own or figure.value is None:
        return ""
    for other in figures:
        theirs = SHARE.fullmatch(other.name)
        if (
            not theirs
            or other.value is None
            or (theirs["of"], theirs["who"] != own["who"]) != (own["of"], True)
        ):
            continue
        same = (other.period, other.scope, other.source) == (figure.period, figure.scope, figure.source)
        if same and figure.value + other.value > 100:
            return _("Women and men are %(sum)s per cent together.") % {
                "sum": f"{figure.value + other.value:f}"
            }
    return ""
