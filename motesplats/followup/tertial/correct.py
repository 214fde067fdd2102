"""Correct a submitted tertial report: what it said and what it says now are both kept, with the reason."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.validators import validate_plain
from motesplats.followup.tertial.held import (
    TertialChanged,
    TertialNotReady,
    TertialOfOthers,
    TertialTextRefused,
    check_answers,
)
from motesplats.followup.tertial.queries import may_write
from motesplats.models import TertialCorrection, TertialReport, TertialText

CODES = TertialCorrection.CODES


class TertialStillOpen(Refusal):
    kind = "not-submitted"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("The report is not submitted; write in it as it is."))


@transaction.atomic
def correct_tertial(
    *,
    report: TertialReport,
    texts: Mapping[str, str],
    codes: Collection[str],
    why: str,
    seen: int,
    by: User,
    at: datetime,
) -> TertialReport:
    """Change what a submitted report says.

    Raises TertialOfOthers, TertialStillOpen, TertialChanged, TertialTextRefused, and TertialNotReady for an answer
    that is taken away.
    """
    if by.role != Role.MANAGER or not may_write(by, report.site):
        raise TertialOfOthers
    report = TertialReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    if report.state != TertialReport.State.SUBMITTED:
        raise TertialStillOpen
    if report.version != seen:
        raise TertialChanged
    check_answers(texts, codes)
    _check_reason(why)
    known = dict(report.texts.values_list("question", "text"))
    changed = {question: text for question, text in texts.items() if text != known.get(question, "")}
    if not all(changed.values()):
        raise TertialNotReady([_("A submitted report keeps an answer to each question.")])
    corrections = [(question, known.get(question, ""), text) for question, text in changed.items()]
    for question, text in changed.items():
        TertialText.objects.filter(report=report, question=question).update(
            text=text, written_by=by, written_at=at
        )
    if sorted(codes) != report.codes:
        corrections.append((CODES, ", ".join(report.codes), ", ".join(sorted(codes))))
    if not corrections:
        raise TertialTextRefused(_("Nothing is changed."))
    TertialCorrection.objects.bulk_create(
        TertialCorrection(report=report, field=field, before=before, after=after, why=why, by=by, at=at)
        for field, before, after in corrections
    )
    report.codes = sorted(codes)
    report.version += 1
    report.save(update_fields=["codes", "version"])
    return report


def _check_reason(why: str) -> None:
    if not why:
        message = _("Say why a submitted report is corrected.")
        raise TertialTextRefused(message, errors={"why": [message]})
    try:
        validate_plain(why)
    except ValidationError as error:
        raise TertialTextRefused(error.messages[0], errors={"why": error.messages}) from error
