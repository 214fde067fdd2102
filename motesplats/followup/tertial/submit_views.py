"""The pages on which a manager submits a tertial report, and corrects one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.models import Role
from agencies.web.forms import SeenForm
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.followup.tertial.correct import correct_tertial
from motesplats.followup.tertial.find import found_or_404
from motesplats.followup.tertial.forms import CorrectionForm
from motesplats.followup.tertial.submit import submit_tertial, what_is_missing


@for_roles(Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def tertial_submit(request: StaffRequest, site: str, year: int, tertial: int) -> HttpResponse:
    """Read the report once more, see what is missing, and hand it in."""
    found = found_or_404(request, site, year, tertial, today=timezone.localdate())
    report, at = found.document.report, timezone.now()
    if report is None:
        raise Http404
    form = SeenForm(request.POST or None, initial={"version": report.version})
    if request.method == "POST" and form.is_accepted(
        lambda values: submit_tertial(
            site=found.site, period=found.period, seen=values["version"], by=request.user, at=at
        )
    ):
        messages.success(request, _("The report is submitted to the secretariat."))
        return redirect("followup:tertial-report", site, year, tertial)
    if form.status == 409:
        form.see(report.version)
    context = {
        "document": found.document,
        "form": form,
        "missing": what_is_missing(report, at=at),
        "is_late": timezone.localdate() > report.due,
    }
    return render(request, "motesplats/followup/tertial/submit.html", context, status=form.status)


@for_roles(Role.MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def tertial_correct(request: StaffRequest, site: str, year: int, tertial: int) -> HttpResponse:
    """Change a submitted report, with the reason."""
    found = found_or_404(request, site, year, tertial, today=timezone.localdate())
    report = found.document.report
    if report is None or not found.document.is_submitted:
        raise Http404
    form = CorrectionForm(request.POST or None, report=report)
    if request.method == "POST" and form.is_accepted(
        lambda values: correct_tertial(
            report=report, why=values["why"], by=request.user, at=timezone.now(), **form.answers
        )
    ):
        messages.success(request, _("The correction is kept, with what the report said before."))
        return redirect("followup:tertial-report", site, year, tertial)
    if form.status == 409:
        found = found_or_404(request, site, year, tertial, today=timezone.localdate())
        form.see(found.document.version)
    sections = [(section, form[section.question]) for section in found.document.sections]
    context = {
        "document": found.document,
        "form": form,
        "sections": sections,
        "chosen": form["codes"].value(),
        "is_correction": True,
    }
    return render(request, "motesplats/followup/tertial/page.html", context, status=form.status)
