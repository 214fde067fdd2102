"""What the pages of day reports show."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.forms import BoundField
from django.http import Http404
from django.utils.text import capfirst

from agencies.dates import stockholm
from agencies.models import Role, Site, User
from motesplats.followup.dimensions import AGES, SEX_AGE, SEXES, TRACK_SEX_AGE, TRACKS
from motesplats.followup.reports.attendance import counted
from motesplats.followup.reports.days import NoSuchDay, require_reportable
from motesplats.followup.reports.forms import DayReportForm
from motesplats.followup.reports.lacking import missing, reminded_of
from motesplats.followup.reports.numbers import DIMENSIONS, TOTALS, DayNumbers, differences, name_of
from motesplats.followup.reports.orders import orders_of
from motesplats.followup.reports.queries import (
    corrections,
    counted_of,
    numbers_of,
    report_of,
    reports,
)
from motesplats.followup.within_tracks import Part
from motesplats.models import DayCorrection, DayReport

RECENT, MOST_RECENT, MOST_CORRECTED = 5, 40, 10


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
class Difference:
    """A number that is not what attendance counted, or was changed after locking: both, and its name."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ToldCorrection:
    """What somebody changed after locking, at one time and for one reason."""

    report: DayReport
    by: User
    at: datetime
    why: str
    changes: list[Difference]


@dataclass(slots=True)
class DayPage:
    """A day's report as it stands, or as it would be if there is none; `problem`: why there can be none."""

    site: Site
    day: date
    report: DayReport | None
    numbers: DayNumbers
    counted: DayNumbers | None
    problem: str = ""

    @property
    def version(self) -> int:
        return self.report.version if self.report else 0

    @property
    def is_locked(self) -> bool:
        return bool(self.report and self.report.locked_at)

    def form(self, data: Any = None) -> DayReportForm:
        """The form; of a locked report the reason is asked for anew."""
        numbers = self.numbers
        if self.is_locked and data is None:
            numbers = DayNumbers(
                numbers.people, numbers.totals, numbers.interpreting, numbers.trouble, numbers.note
            )
        return DayReportForm(data, numbers=numbers, counted=self.counted, version=self.version)


def sites_of(user: User) -> list[Site]:
    """The user's sites, in order."""
    return list(user.sites.order_by("order", "code"))


def own_site(user: User, code: str) -> Site:
    """The user's site of that code. Raises Http404, whether there is another one or none."""
    found = user.sites.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def load_day(site: Site, day: date, *, at: datetime) -> DayPage:
    """The day's report, or what attendance counts where there is none yet."""
    report = report_of(site, day)
    if report:
        return DayPage(site, day, report, numbers_of(report), counted_of(report))
    try:
        is_counted = require_reportable(site, day, at=at)
    except NoSuchDay as refusal:
        return DayPage(site, day, None, DayNumbers(), None, problem=refusal.message)
    seen = counted(site.pk, day) if is_counted else None
    return DayPage(site, day, None, seen or DayNumbers(), seen)


def day_context(page: DayPage, form: DayReportForm | None, *, viewer: User, at: datetime) -> dict[str, Any]:
    """All that the page of a day shows; without a form it is read only."""
    shown = form.numbers() if form and form.is_bound else page.numbers
    context: dict[str, Any] = {"page": page, "form": form, "site": page.site, "day": page.day}
    context |= {
        "of_all": _sex_age(page, form, shown),
        "of_tracks": [_sex_age(page, form, shown, track) for track in _tracks_shown(form, shown)],
        "persons": shown.persons,
        "parties": shown.totals.get("parties", 0),
        "tables": [
            *([_table(page, form, "track", shown)] if form is None or form.is_apart else ()),
            _table(page, form, "mode", shown),
            PartTable("", [_cell(page, form, ("", name)) for name in TOTALS]),
        ],
        "differences": _differences(page),
        "orders": orders_of(page.site, page.day) if viewer.role == Role.COORDINATOR else None,
        "interpreting": page.report.get_interpreting_display()
        if page.report and page.report.interpreting
        else "",
        "reminded": reminded_of(page.site, page.day),
        "trouble": [str(DayReport.Trouble(code).label) for code in page.numbers.trouble],
    }
    return context | aside([page.site], today=stockholm(at), most=RECENT)


def aside(sites: list[Site], *, today: date, most: int) -> dict[str, Any]:
    """Which days lack their report, the last ones, and what was corrected after locking; seven queries."""
    return {
        "missing": missing(sites, today=today),
        "recent": list(reports().prefetch_related(None).filter(site__in=sites)[:most]),
        "corrections": _together(list(corrections(sites, most=MOST_CORRECTED))),
    }


def _cell(page: DayPage, form: DayReportForm | None, part: Part) -> NumberCell:
    seen = page.counted.parts()[part] if page.counted else None
    return NumberCell(part, page.numbers.parts()[part], seen, form.of_part(part) if form else None)


def _tracks_shown(form: DayReportForm | None, shown: DayNumbers) -> list[str]:
    """The tracks that have a table of their own: all where they may be typed, else those of several."""
    if form:
        return list(TRACKS)
    return shown.tracks if len(shown.tracks) > 1 and shown.is_within_tracks else []


def _sex_age(page: DayPage, form: DayReportForm | None, shown: DayNumbers, track: str = "") -> SexAgeTable:
    """The persons of all tracks, or of one."""
    dimension, before = (TRACK_SEX_AGE, f"{track}|") if track else (SEX_AGE, "")
    parts = shown.parts()

    def number_of(*keys: str) -> int:
        return sum(parts[dimension, f"{before}{key}"] for key in keys)

    rows = [
        SexRow(
            sex,
            capfirst(str(label)),
            [_cell(page, form, (dimension, f"{before}{sex}|{age}")) for age in AGES],
            number_of(*(f"{sex}|{age}" for age in AGES)),
        )
        for sex, label in SEXES.items()
    ]
    ages = [(age, str(label), number_of(*(f"{sex}|{age}" for sex in SEXES))) for age, label in AGES.items()]
    label = capfirst(str(TRACKS[track])) if track else ""
    return SexAgeTable(track, label, rows, ages, sum(row.total for row in rows))


def _table(page: DayPage, form: DayReportForm | None, dimension: str, shown: DayNumbers) -> PartTable:
    cells = [_cell(page, form, (dimension, key)) for key in DIMENSIONS[dimension]]
    seen = page.counted.sum_of(dimension) if page.counted else None
    return PartTable(dimension, cells, shown.sum_of(dimension), seen)


def _differences(page: DayPage) -> list[Difference]:
    if page.counted is None:
        return []
    return [
        Difference(capfirst(name_of(part)), str(was), str(now))
        for part, (was, now) in differences(page.counted, page.numbers).items()
    ]


def _together(rows: list[DayCorrection]) -> list[ToldCorrection]:
    """The rows that were written together as one."""
    found: dict[tuple[int, int, datetime], ToldCorrection] = {}
    for row in rows:
        key = row.report_id, row.by_id, row.at
        told = found.setdefault(key, ToldCorrection(row.report, row.by, row.at, row.why, []))
        told.changes.insert(0, _change(row))
    return list(found.values())


def _change(row: DayCorrection) -> Difference:
    dimension, _blank, key = row.field.rpartition(" ")
    values = [_value(key, value) for value in (row.before, row.after)]
    return Difference(capfirst(name_of((dimension, key))), *values)


def _value(field: str, value: str) -> str:
    """A stored value in words; an empty one is a dash."""
    if field == "interpreting" and value:
        return str(DayReport.Interpreting(int(value)).label)
    if field == "trouble":
        value = ", ".join(str(DayReport.Trouble(code).label) for code in value.split())
    return value or "–"
