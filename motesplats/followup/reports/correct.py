"""Correct a locked day report: both numbers are kept, with who, when and why, and the figures are told anew."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from motesplats.followup.reports.figures_job import ask_corrected_figures
from motesplats.followup.reports.numbers import OTHERS, DayNumbers, differences
from motesplats.followup.reports.queries import numbers_of
from motesplats.followup.reports.write import (
    require_agreeing,
    require_reporter,
    require_typed,
    require_usable,
    require_version,
    write_numbers,
)
from motesplats.models import DayCorrection, DayReport


class NotCorrected(Refusal):
    """Nothing is changed, nobody says why, or the report is not locked."""

    kind = "not-corrected"


@transaction.atomic
def correct_report(
    *, report: DayReport, numbers: DayNumbers, version: int, by: User, at: datetime
) -> DayReport:
    """Change a locked report; `numbers.why` says why, and the reason before locking stays as it was.

    Raises NotForYourRole, SiteNotYours, NotCorrected, NumberNotUsable, NumbersDisagree, ReportChanged.
    """
    require_reporter(by, report.site)
    require_usable(numbers)
    require_agreeing(numbers)
    report = DayReport.objects.select_for_update(of=["self"]).select_related("site").get(pk=report.pk)
    require_version(report, version)
    require_typed(numbers, report.source)
    why = numbers.why.strip()
    changes = list(_changes(numbers_of(report), numbers))
    if not report.locked_at:
        raise NotCorrected(_("The report is not locked: save it instead."))
    if not changes:
        raise NotCorrected(_("Nothing has been changed."))
    if not why:
        message = _("Say why the locked report is corrected.")
        raise NotCorrected(message, errors={"why": [message]})
    report.version += 1
    write_numbers(report, replace(numbers, why=report.why))
    corrections = DayCorrection.objects.bulk_create(
        DayCorrection(report=report, field=field, before=before, after=after, why=why, by=by, at=at)
        for field, before, after in changes
    )
    ask_corrected_figures(correction=corrections[0], by=by, at=at)
    return report


def _changes(before: DayNumbers, after: DayNumbers) -> Iterator[tuple[str, str, str]]:
    """What is not the same any more, as a field with both its values."""
    for (dimension, key), numbers in differences(before, after).items():
        was, now = map(str, numbers)
        yield f"{dimension} {key}".strip(), was, now
    for name in OTHERS:
        was, now = (_text(getattr(one, name)) for one in (before, after))
        if was != now:
            yield name, was, now


def _text(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value or "")
