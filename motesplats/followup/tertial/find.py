"""The report that an address names, as its reader may see it."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from agencies.models import Role, Site
from agencies.web.requests import StaffRequest
from motesplats.followup.tertial.pages import TertialDocument, document_of
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.followup.tertial.queries import WRITERS, due_rule, may_write, period_at, report_of
from motesplats.models import TertialReport

READERS = (*WRITERS, Role.SECRETARIAT)


@dataclass(frozen=True, slots=True)
class Found:
    """A report with what its reader may do with it."""

    site: Site
    period: TertialPeriod
    document: TertialDocument
    may_write: bool
    may_submit: bool


def found_or_404(request: StaffRequest, code: str, year: int, tertial: int, *, today: date) -> Found:
    """The report of that address; 404 for a tertial to come, another's site, and what is not submitted yet."""
    period = period_at(year, tertial)
    site = get_object_or_404(Site, code=code)
    writes = may_write(request.user, site)
    if period is None or not (writes or request.user.role == Role.SECRETARIAT):
        raise Http404
    report = report_of(site, period)
    if report is None and (not writes or period.first > today):
        raise Http404
    is_submitted = report is not None and report.state == TertialReport.State.SUBMITTED
    due = report.due if report and is_submitted else due_rule(period.last).of(period)
    document = document_of(site, period, report, due=due, published=not writes)
    return Found(site, period, document, writes, writes and request.user.role == Role.MANAGER)
