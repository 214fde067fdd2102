"""The results by year in words and numbers, the same for page and files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from agencies.web.workbook import WordedNumber, worded
from motesplats.followup.history.results import YearlyResults, YearOfResults, whole
from motesplats.followup.printed_words import (
    day_in_words,
    name_in_words,
    note_in_words,
    scope_in_words,
    unit_in_words,
)
from motesplats.models import ImportedFigure


@dataclass(frozen=True, slots=True)
class ResultCell:
    """What is shown; `number`: the same as a number where it is nothing but one. Without words nothing is known.

    `worded`: the number among the words, as "ca 57 %", for workbooks.
    """

    words: str = ""
    number: int | None = None
    worded: WordedNumber | str = ""

    @property
    def in_csv(self) -> object:
        return self.number if self.number is not None else self.words or _("no data")

    @property
    def in_workbook(self) -> object:
        return self.worded or self.in_csv


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year's cells, each with its column's label; `scope`, of what it is, stands under the year."""

    label: str
    scope: str
    cells: Sequence[tuple[str, ResultCell]]


@dataclass(frozen=True, slots=True)
class FigureInWords:
    """An imported figure in the reader's words; a name or a note that nobody knows is in English."""

    figure: ImportedFigure
    name: str
    scope: str
    unit: str
    period: str
    printed: str
    section: str
    note: str

    @property
    def is_as_printed(self) -> bool:
        return self.name == self.figure.name

    @property
    def has_own_note(self) -> bool:
        """Whether the note is as it is printed."""
        return self.note == self.figure.note


def in_words(figures: Iterable[ImportedFigure]) -> list[FigureInWords]:
    """Each figure as its list shows it."""
    return [
        FigureInWords(
            one,
            name_in_words(one.name),
            scope_in_words(one.scope),
            unit_in_words(one.unit),
            *map(note_in_words, (one.period, one.printed, one.section, one.note)),
        )
        for one in figures
    ]


def columns() -> list[str]:
    """The labels; those with quotation marks are the report's own."""
    return [
        _("Participants"),
        _("Permits granted"),
        _("Share"),
        _("Women"),
        _("Men"),
        _("Children 0–17"),
        _("“over 65”"),
    ]


def rows_of(results: YearlyResults) -> list[YearRow]:
    """A row for each year."""
    return [
        YearRow(
            _label(year),
            scope_in_words(year.participants.scope),
            list(zip(columns(), _cells(year), strict=True)),
        )
        for year in results.years
    ]


def _label(year: YearOfResults) -> str:
    """The year, with its first day, or its days, where the participants are not of all of it."""
    if year.is_whole:
        return str(year.year)
    first, last = (day_in_words(day) for day in (year.period.first, year.period.last))
    if year.period.last == whole(year.year).last:
        return _("%(year)s, from %(day)s") % {"year": year.year, "day": first}
    return f"{year.year}, {first}–{last}"


def total_of(results: YearlyResults) -> ResultCell:
    """The printed total; the sum of the years where the report prints none."""
    number = results.total.number if results.total else results.sum
    return count(number)


def _cells(year: YearOfResults) -> Iterator[ResultCell]:
    yield count(year.participants.number)
    yield _permits(year)
    yield _share(year)
    for figure in (year.women, year.men, year.children, year.over_65):
        yield percent(figure)


def count(number: Decimal | None) -> ResultCell:
    if number is None:
        return ResultCell()
    return ResultCell(number_format(number, 0, force_grouping=True), int(number))


def percent(figure: ImportedFigure | None) -> ResultCell:
    """The printed share, as it was printed."""
    if figure is None or not figure.printed:
        return ResultCell()
    return _worded(_("%(percent)s %%") % {"percent": figure.printed}, figure.printed, figure.number)


def _worded(words: str, written: str, number: Decimal | None) -> ResultCell:
    return ResultCell(words, worded=words if number is None else worded(words, written, number.normalize()))


def _permits(year: YearOfResults) -> ResultCell:
    figure = year.permits
    if figure is None or figure.number is None:
        return ResultCell()
    cell = count(figure.number)
    words = _("ca %(number)s") % {"number": cell.words} if figure.is_approximate else cell.words
    if not year.is_whole:
        words = _("%(number)s, the whole year") % {"number": words}
    return cell if words == cell.words else _worded(words, cell.words, Decimal(int(figure.number)))


def _share(year: YearOfResults) -> ResultCell:
    found = year.attainment
    if found.percent is None:
        return ResultCell()
    words = _("ca %(percent)s %%") if found.is_approximate else _("%(percent)s %%")
    return _worded(words % {"percent": found.percent}, str(found.percent), Decimal(found.percent))
