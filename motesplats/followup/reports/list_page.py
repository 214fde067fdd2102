"""What the list of day reports shows, and every report beside it: what is missing, recent, and corrected."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.models import Site, User
from motesplats.followup.reports.lacking import missing
from motesplats.followup.reports.numbers import DayNumbers, differences, name_of
from motesplats.followup.reports.queries import corrections, reports
from motesplats.models import DayCorrection, DayReport

MOST_RECENT, MOST_CORRECTED = 40, 10


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


def aside(sites: list[Site], *, today: date, most: int) -> dict[str, Any]:
    """Which days lack their report, the last ones, and what was corrected after locking; seven queries."""
    return {
        "missing": missing(sites, today=today),
        "recent": list(reports().prefetch_related(None).filter(site__in=sites)[:most]),
        "corrections": _together(list(corrections(sites, most=MOST_CORRECTED))),
    }


def told_differences(before: DayNumbers, after: DayNumbers) -> list[Difference]:
    """The numbers that are not the same in both, in words."""
    found = differences(before, after).items()
    return [Difference(capfirst(name_of(part)), str(was), str(now)) for part, (was, now) in found]


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
    if field == "was_open":
        return _("yes") if value else _("no")
    if field == "interpreting" and value:
        return str(DayReport.Interpreting(int(value)).label)
    if field == "trouble":
        value = ", ".join(str(DayReport.Trouble(code).label) for code in value.split())
    return value or "–"
