"""The pages of retention: what holds for an agency, a decision with its preview, and its withdrawal."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.directory.entries import entry_at, may_change
from agencies.models import Agency, RetentionRule, Role
from agencies.refusals import Refusal
from agencies.web.forms import with_capitals
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.keeping.decide import Decision, check_decision, decide, withdraw
from motesplats.keeping.forms import TYPES, DecisionForm
from motesplats.keeping.queries import rules_of, would_go

KEEPERS = (Role.SECRETARIAT, Role.MANAGER)


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def retention_of(request: StaffRequest, agency: str) -> HttpResponse:
    """What holds for one agency, and a form for a decision of its own."""
    entry = entry_at(agency)
    if entry is None or entry.agency is None or not may_change(request.user, entry):
        raise Http404
    return _page(request, entry.agency, back=resolve_url("agencies:agency", entry.key))


@for_roles(Role.SECRETARIAT)
@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: StaffRequest) -> HttpResponse:
    """What holds for every agency that has not decided for itself."""
    return _page(request, None, back=resolve_url("agencies:agencies"))


@for_roles(*KEEPERS)
@require_POST
def withdraw_rule(request: StaffRequest, rule: int) -> HttpResponse:
    """Withdraw a decision; what is left is kept."""
    found = get_object_or_404(RetentionRule.objects.select_related("agency__municipality"), pk=rule)
    address = _address(found.agency)
    try:
        withdraw(rule=found, by=request.user, at=timezone.now())
    except Refusal as refusal:
        raise PermissionDenied(refusal.message) from None
    messages.success(request, _("The decision is withdrawn; what is left is kept."))
    return redirect(address)


def _page(request: StaffRequest, agency: Agency | None, *, back: str) -> HttpResponse:
    form = DecisionForm(request.POST or None)
    with_capitals(form)
    context: dict[str, Any] = {
        "agency": agency,
        "back": back,
        "form": form,
        "rules": [
            (rule, TYPES[rule.data_type], agency is None or rule.agency_id is not None)
            for rule in rules_of(agency, today=timezone.localdate())
        ],
    }
    if request.POST.get("do") == "decide":
        if form.is_accepted(
            lambda values: decide(
                agency=agency, decision=Decision(**values), by=request.user, at=timezone.now()
            )
        ):
            messages.success(request, _("The change is made."))
            return redirect(_address(agency))
    elif form.is_accepted(lambda values: check_decision(Decision(**values), at=timezone.now())):
        form.status, context["is_preview"] = 200, True
        if agency and agency.pk == request.user.agency_id:
            context["number"] = would_go(Decision(**form.cleaned_data), agency=agency, at=timezone.now())
    return render(request, "motesplats/keeping/retention.html", context, status=form.status)


def _address(agency: Agency | None) -> str:
    if agency is None:
        return resolve_url("keeping:retention")
    return resolve_url(
        "keeping:retention-of", agency.municipality.code if agency.municipality else agency.code
    )
