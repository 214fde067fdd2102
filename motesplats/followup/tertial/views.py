"""The pages of tertial reports: which are due, and one of them to write in or to read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Role, Site
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.followup.tertial.find import READERS, Found, found_or_404
from motesplats.followup.tertial.forms import TertialForm
from motesplats.followup.tertial.queries import reports_due, reports_seen
from motesplats.followup.tertial.submit import what_is_missing
from motesplats.followup.tertial.write import write_tertial
from motesplats.models import TertialReport

EARLIER = 6  # reports of the site, beside the one that is written


@require_safe
@for_roles(*READERS)
def tertial_reports(request: StaffRequest) -> HttpResponse:
    """What is overdue, what is due, and the submitted reports of a year; the secretariat's are of all sites."""
    today = timezone.localdate()
    sites = _sites(request)
    due = reports_due(sites, today=today)
    seen = reports_seen(sites)
    years = sorted(set(seen.values_list("year", flat=True)), reverse=True)
    typed = request.GET.get("year", "")
    year = int(typed) if typed in map(str, years) else next(iter(years), today.year)
    context = {
        "overdue": [one for one in due if one.is_late],
        "due": [one for one in due if not one.is_late],
        "reports": list(seen.filter(year=year)),
        "year": year,
        "years": years,
    }
    return render(request, "motesplats/followup/tertial/list.html", context)


def _sites(request: StaffRequest) -> QuerySet[Site]:
    """The reader's sites, the secretariat's all that are not closed."""
    if request.user.role == Role.SECRETARIAT:
        return Site.objects.exclude(state=Site.State.CLOSED)
    return request.user.sites.all()


@for_roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def tertial_report(request: StaffRequest, site: str, year: int, tertial: int) -> HttpResponse:
    """Write in the report while it is open; read it when it is submitted."""
    found = found_or_404(request, site, year, tertial, today=timezone.localdate())
    if request.method == "POST" and not found.may_write:
        raise PermissionDenied
    if not found.may_write or (found.document.is_submitted and request.method != "POST"):
        return _page(request, found, form=None)
    form = TertialForm(request.POST or None, report=found.document.report)
    if request.method == "POST" and form.is_accepted(
        lambda _values: write_tertial(
            site=found.site, period=found.period, by=request.user, at=timezone.now(), **form.answers
        )
    ):
        if request.POST.get("do") == "submit":
            return redirect("followup:tertial-submit", site, year, tertial)
        messages.success(request, _("Saved."))
        return redirect("followup:tertial-report", site, year, tertial)
    if form.status == 409:
        found = found_or_404(request, site, year, tertial, today=timezone.localdate())
        form.see(found.document.version)
    return _page(request, found, form=form)


def _page(request: StaffRequest, found: Found, *, form: TertialForm | None) -> HttpResponse:
    document, report = found.document, found.document.report
    sections = [(section, form[section.question] if form else None) for section in document.sections]
    context: dict[str, Any] = {
        "document": document,
        "sections": sections,
        "form": form,
        "may_correct": found.may_submit and document.is_submitted,
        "may_submit": found.may_submit,
        "chosen": form["codes"].value() if form else [],
        "missing": what_is_missing(report, at=timezone.now()) if form and report else [],
        "earlier": _earlier(found) if found.may_write else [],
    }
    status = form.status if form else 200
    return render(request, "motesplats/followup/tertial/page.html", context, status=status)


def _earlier(found: Found) -> QuerySet[TertialReport]:
    """The site's other submitted reports, the latest first."""
    this = {"year": found.period.year, "tertial": found.period.tertial}
    return reports_seen([found.site]).exclude(**this)[:EARLIER]
