"""The pages of the steering group's decisions and of visits to the sites."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.models import Role
from agencies.refusals import Refusal
from agencies.web.forms import with_capitals
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.followup.decisions.forms import DecisionLogForm, VisitForm
from motesplats.followup.decisions.keep import save_decision, save_visit, say_done
from motesplats.followup.decisions.queries import decision_lists, visits_of, years_with_visits
from motesplats.models import SiteVisit, SteeringDecision

READERS = (Role.SECRETARIAT, Role.COORDINATOR, Role.MANAGER)
METHODS = ["GET", "HEAD", "POST"]
DECISION, VISIT = ("what", "owner", "decided_on", "due"), ("site", "date", "visitors", "purpose", "notes")


@require_http_methods(["GET", "HEAD"])
@for_roles(*READERS)
def steering_decisions(request: StaffRequest) -> HttpResponse:
    """What is overdue, what is open, and what is done."""
    lists = decision_lists(today=timezone.localdate())
    return render(request, "motesplats/followup/decisions/decisions.html", {"lists": lists})


@require_http_methods(METHODS)
@for_roles(Role.SECRETARIAT)
def steering_decision(request: StaffRequest, row: int | None = None) -> HttpResponse:
    """Write a decision down, or change one."""
    found = get_object_or_404(SteeringDecision, pk=row) if row is not None else None
    form = _form(DecisionLogForm, request, found, DECISION)
    if request.method == "POST" and form.is_accepted(
        lambda values: save_decision(
            decision=found, seen=values.pop("version"), values=values, by=request.user, at=timezone.now()
        )
    ):
        messages.success(request, _("Saved."))
        return redirect("followup:steering-decisions")
    context = {"form": form, "row": found, "title": _("Decision"), "back": "followup:steering-decisions"}
    return _form_page(request, context)


@require_POST
@for_roles(Role.SECRETARIAT)
def decision_done(request: StaffRequest, row: int) -> HttpResponse:
    """Say that a decision is done, or not after all."""
    found = get_object_or_404(SteeringDecision, pk=row)
    typed = request.POST.get("version", "")
    seen = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    try:
        say_done(
            decision=found,
            is_done=request.POST.get("do") != "undo",
            seen=seen,
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        lists = decision_lists(today=timezone.localdate())
        context = {"lists": lists, "refusal": refusal}
        return render(request, "motesplats/followup/decisions/decisions.html", context, status=refusal.status)
    return redirect("followup:steering-decisions")


@require_http_methods(["GET", "HEAD"])
@for_roles(*READERS)
def site_visits(request: StaffRequest) -> HttpResponse:
    """The visits of a year."""
    years = years_with_visits()
    typed = request.GET.get("year", "")
    year = int(typed) if typed in map(str, years) else next(iter(years), timezone.localdate().year)
    context = {"visits": list(visits_of(year)), "year": year, "years": years}
    return render(request, "motesplats/followup/decisions/visits.html", context)


@require_http_methods(METHODS)
@for_roles(Role.SECRETARIAT)
def site_visit(request: StaffRequest, row: int | None = None) -> HttpResponse:
    """Write a visit down, or change one."""
    found = get_object_or_404(SiteVisit, pk=row) if row is not None else None
    form = _form(VisitForm, request, found, VISIT)
    if request.method == "POST" and form.is_accepted(
        lambda values: save_visit(
            visit=found, seen=values.pop("version"), values=values, by=request.user, at=timezone.now()
        )
    ):
        messages.success(request, _("Saved."))
        return redirect("followup:site-visits")
    context = {"form": form, "row": found, "title": _("Visit to a site"), "back": "followup:site-visits"}
    return _form_page(request, context)


def _form(
    kind: type[DecisionLogForm] | type[VisitForm],
    request: StaffRequest,
    row: SteeringDecision | SiteVisit | None,
    names: tuple[str, ...],
) -> DecisionLogForm | VisitForm:
    """The form with what the row says; a new row has version 0."""
    first: dict[str, Any] = {name: getattr(row, name) for name in names} if row else {}
    first["version"] = row.version if row else 0
    form = kind(request.POST if request.method == "POST" else None, initial=first)
    with_capitals(form)
    return form


def _form_page(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    form, row = context["form"], context["row"]
    if form.status == 409:
        row.refresh_from_db()
        form.see(row.version)
    return render(request, "motesplats/followup/decisions/form.html", context, status=form.status)
