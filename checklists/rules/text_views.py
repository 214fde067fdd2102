"""The pages on which texts of outcomes and of kinds of referrals are written and marked as checked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.languages import LANGUAGES, letter_name
from agencies.models import Role, TextState, User
from agencies.rules.dated import RuleChanged
from agencies.sites.pages import READS_AND_WRITES, split
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from checklists.models import Outcome, ReferralKind
from checklists.rules.forms import OUTCOME_TEXTS, TEXTS, TextsForm
from checklists.rules.texts import write_texts


@dataclass(frozen=True, slots=True)
class LanguageTexts:
    """A language's fields, and who has checked it when; None: nobody, or nobody knows."""

    name: str
    fields: list[forms.BoundField]
    is_checked: bool
    by: User | None
    at: datetime | None


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def outcome_texts(request: StaffRequest, outcome: int) -> HttpResponse:
    """Write the names of an outcome."""
    found = get_object_or_404(Outcome, pk=outcome)
    return _page(request, found, OUTCOME_TEXTS, back=resolve_url("checklists:outcomes"))


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def referral_kind_texts(request: StaffRequest, kind: int) -> HttpResponse:
    """Write the texts of a kind of referral."""
    found = get_object_or_404(ReferralKind, pk=kind)
    return _page(request, found, TEXTS, back=resolve_url("checklists:referral-kinds"))


def _page(request: StaffRequest, row: Any, texts: dict[str, Any], *, back: str) -> HttpResponse:
    names = [f"{name}_{code}" for name in (*texts, "state") for code in LANGUAGES]
    first = {name: getattr(row, name) for name in names} | {"version": row.version}
    form = TextsForm(request.POST or None, texts=texts, initial=first)
    if form.is_accepted(
        lambda values: write_texts(row=row, **split(values), by=request.user, at=timezone.now())
    ):
        messages.success(request, _("The change is made."))
        return redirect(back)
    if form.status == RuleChanged.status:
        row.refresh_from_db()
        form.see(row.version)
    context = {
        "form": form,
        "heading": _("Texts: %(rule)s") % {"rule": row},
        "languages": list(_languages(form, row)),
        "back": back,
    }
    return render(request, "agencies/rules/texts.html", context, status=form.status)


def _languages(form: TextsForm, row: Any) -> list[LanguageTexts]:
    reader = get_language() or "sv"
    return [
        LanguageTexts(
            letter_name(code, reader),
            fields,
            getattr(row, f"state_{code}") == TextState.CHECKED,
            getattr(row, f"checked_by_{code}"),
            getattr(row, f"checked_at_{code}"),
        )
        for code, fields in form.by_language().items()
    ]
