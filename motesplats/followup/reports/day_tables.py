"""The tables of a day report's page: persons by sex and age, and numbers one below the other."""

from dataclasses import dataclass

from django.forms import BoundField
from django.utils.text import capfirst

from motesplats.followup.dimensions import AGES, SEX_AGE, SEXES, TRACK_SEX_AGE, TRACKS
from motesplats.followup.reports.forms import DayReportForm
from motesplats.followup.reports.numbers import DIMENSIONS, TOTALS, DayNumbers, name_of
from motesplats.followup.within_tracks import Part


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number of the report, with its field where it may be changed, and what attendance counted where it did."""

    part: Part
    number: int
    counted: int | None
    field: BoundField | None

    @property
    def name(self) -> str:
        return capfirst(name_of(self.part))

    @property
    def is_changed(self) -> bool:
        return self.counted is not None and self.number != self.counted


@dataclass(frozen=True, slots=True)
class SexRow:
    """The persons of a sex by age, and all of them."""

    key: str
    label: str
    cells: list[NumberCell]
    total: int


@dataclass(frozen=True, slots=True)
class SexAgeTable:
    """Persons by sex and age with their sums, of all or of one `track`; `name`: before the sums in the script."""

    track: str
    label: str
    rows: list[SexRow]
    ages: list[tuple[str, str, int]]
    total: int

    @property
    def name(self) -> str:
        return f"t{self.track}" if self.track else ""

    @property
    def name_of_all(self) -> str:
        return self.name or SEX_AGE


@dataclass(frozen=True, slots=True)
class PartTable:
    """Numbers one below the other; `dimension`: what they divide the persons by, whose `sum` they add up to."""

    dimension: str
    cells: list[NumberCell]
    sum: int = 0
    counted: int | None = None


@dataclass(frozen=True, slots=True)
class DayTables:
    """Makes the tables: `numbers` as they are stored, `shown` as they stand or were typed, `counted` by attendance."""

    numbers: DayNumbers
    shown: DayNumbers
    counted: DayNumbers | None
    form: DayReportForm | None

    def of_all(self) -> SexAgeTable:
        """The persons of all tracks."""
        return self._sex_age()

    def of_tracks(self) -> list[SexAgeTable]:
        """Those of each track that has a table of its own: all where they may be typed, else those of several."""
        tracks = self.shown.tracks if len(self.shown.tracks) > 1 and self.shown.is_within_tracks else []
        return [self._sex_age(track) for track in (TRACKS if self.form else tracks)]

    def of_parts(self) -> list[PartTable]:
        """Tracks where they are apart or only read, modes, and totals."""
        tracks = [self._parts("track")] if self.form is None or self.form.is_apart else []
        totals = PartTable("", [self._cell(("", name)) for name in TOTALS])
        return [*tracks, self._parts("mode"), totals]

    def _cell(self, part: Part) -> NumberCell:
        seen = self.counted.parts()[part] if self.counted else None
        field = self.form.of_part(part) if self.form else None
        return NumberCell(part, self.numbers.parts()[part], seen, field)

    def _sex_age(self, track: str = "") -> SexAgeTable:
        dimension, before = (TRACK_SEX_AGE, f"{track}|") if track else (SEX_AGE, "")
        parts = self.shown.parts()

        def number_of(*keys: str) -> int:
            return sum(parts[dimension, f"{before}{key}"] for key in keys)

        rows = [
            SexRow(
                sex,
                capfirst(str(label)),
                [self._cell((dimension, f"{before}{sex}|{age}")) for age in AGES],
                number_of(*(f"{sex}|{age}" for age in AGES)),
            )
            for sex, label in SEXES.items()
        ]
        ages = [
            (age, str(label), number_of(*(f"{sex}|{age}" for sex in SEXES))) for age, label in AGES.items()
        ]
        label = capfirst(str(TRACKS[track])) if track else ""
        return SexAgeTable(track, label, rows, ages, sum(row.total for row in rows))

    def _parts(self, dimension: str) -> PartTable:
        cells = [self._cell((dimension, key)) for key in DIMENSIONS[dimension]]
        seen = self.counted.sum_of(dimension) if self.counted else None
        return PartTable(dimension, cells, self.shown.sum_of(dimension), seen)
