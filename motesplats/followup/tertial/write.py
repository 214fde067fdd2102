"""Write in a tertial report: the texts of the questions and the codes."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from agencies.models import Site, User
from motesplats.followup.tertial.held import TertialOfOthers, check_answers, locked_report
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.followup.tertial.queries import may_write
from motesplats.models import TertialReport, TertialText


@transaction.atomic
def write_tertial(
    *,
    site: Site,
    period: TertialPeriod,
    texts: Mapping[str, str],
    codes: Collection[str],
    seen: int,
    by: User,
    at: datetime,
) -> TertialReport:
    """Save what is new in the report, made if there is none; `seen` is the version the caller has seen, 0 for none.

    Raises TertialOfOthers, TertialNotBegun, TertialTextRefused, TertialSubmitted and TertialChanged.
    """
    if not may_write(by, site):
        raise TertialOfOthers
    check_answers(texts, codes)
    report = locked_report(site, period, seen=seen, at=at)
    known = dict(report.texts.values_list("question", "text"))
    for question, text in texts.items():
        if text != known.get(question, ""):
            TertialText.objects.update_or_create(
                report=report,
                question=question,
                defaults={"text": text, "written_by": by, "written_at": at},
            )
    report.codes = sorted(codes)
    report.version += 1
    report.save(update_fields=["codes", "due", "version"])
    return report
