"""The agreements under which interpreters are ordered: a list, a new one, and terms from a later day on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Role
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from interpreters.agreements.add import add_agreement, add_terms
from interpreters.agreements.forms import AgreementForm, TermsForm
from interpreters.agreements.keeper import KEEPERS
from interpreters.agreements.queries import agreements_kept_by
from interpreters.models import AgreementTerms, Form, Level

Row = tuple[str, list[int | None]]


@for_roles(*KEEPERS)
@require_safe
def agreement_list(request: StaffRequest) -> HttpResponse:
    """The agreements that the user keeps, with what they cost now."""
    return render(
        request, "interpreters/agreements/list.html", {"agreements": agreements_kept_by(request.user)}
    )


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_agreement(request: StaffRequest) -> HttpResponse:
    """Add an agreement; its terms are typed on its own page."""
    own = [request.user.agency_id] if request.user.role == Role.MANAGER else []
    form = AgreementForm(request.POST or None, by=request.user, initial={"agencies": own})
    if request.method == "POST" and form.is_accepted(
        lambda _data: add_agreement(**form.arguments(), by=request.user)
    ):
        messages.success(request, _("The agreement is there. Write what it costs."))
        return redirect("interpreters:one-agreement", form.cleaned_data["contract_number"])
    return render(request, "interpreters/agreements/new.html", {"form": form}, status=form.status)


@for_roles(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def one_agreement(request: StaffRequest, number: str) -> HttpResponse:
    """The agreement with its dated terms; POST adds terms from a day on."""
    agreement = get_object_or_404(agreements_kept_by(request.user), contract_number=number)
    form = TermsForm(request.POST or None, initial={"valid_from": agreement.valid_from})
    if request.method == "POST" and form.is_accepted(
        lambda _data: add_terms(agreement=agreement, **form.arguments(), by=request.user)
    ):
        messages.success(request, _("Saved."))
        return redirect("interpreters:one-agreement", number)
    dated = [_with_table(terms) for terms in reversed(agreement.terms.all())]
    context = {"agreement": agreement, "form": form, "levels": list(Level), "dated": dated}
    return render(request, "interpreters/agreements/one.html", context, status=form.status)


def _with_table(terms: AgreementTerms) -> tuple[AgreementTerms, list[tuple[int, int]], list[Row]]:
    """The terms, the steps of cancelling, and for each form of interpreting the prices by level."""
    prices = {(price.form, price.level): price.unit_ore for price in terms.prices.all()}
    table = [(str(form.label), [prices.get((form, level)) for level in Level]) for form in Form]
    return terms, list(zip(terms.cancel_hours, terms.cancel_percents, strict=True)), table
