"""The calculator: what was saved, a calculation with its results, calculations beside each other."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Role
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles, has_role
from motesplats.followup.benefit.files import tables_file
from motesplats.followup.benefit.forms import BenefitForm
from motesplats.followup.benefit.pages import calculation_context, comparison, reckon
from motesplats.followup.benefit.presets import PRESETS
from motesplats.followup.benefit.queries import data_asked, data_of_each, saved_calculations, saved_data
from motesplats.followup.benefit.reported import published_examples
from motesplats.followup.benefit.save import save_calculation
from motesplats.models import Calculation

READERS = (Role.COORDINATOR, Role.MANAGER, Role.SECRETARIAT)
LONGEST = 3500  # letters of an address: mail programs and servers cut longer ones
MOST_COMPARED = 6


@require_safe
@for_roles(*READERS)
def benefit(request: StaffRequest) -> HttpResponse:
    """The built-in and the saved calculations, to open and to compare."""
    context = {"presets": PRESETS, "saved": saved_calculations(), "published": published_examples()}
    return render(request, "motesplats/followup/benefit/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*READERS)
def calculation(request: StaffRequest) -> HttpResponse:
    """By GET the result of the address; by POST the address of what was typed, or with `save` a saved calculation."""
    if request.method == "POST":
        return _typed(request)
    data = data_asked(request.GET.dict())
    return _page(request, BenefitForm(data or None))


@require_safe
@for_roles(*READERS)
def saved(request: StaffRequest, reference: str) -> HttpResponse:
    """The result of a saved calculation."""
    found = get_object_or_404(saved_calculations(), reference=reference)
    return _page(request, BenefitForm(saved_data(found)), found)


@require_safe
@for_roles(*READERS)
def calculation_file(request: StaffRequest, kind: str) -> HttpResponse:
    """What the page of the same address shows."""
    require_within_both("exports", request, request.user)
    form = BenefitForm(data_asked(request.GET.dict()))
    if not form.is_valid():
        return _page(request, form)
    return tables_file("benefit", reckon(form).shown, kind)


@require_safe
@for_roles(*READERS)
def compare(request: StaffRequest) -> HttpResponse:
    """The calculations that are chosen, beside each other."""
    codes = request.GET.getlist("c")[:MOST_COMPARED]
    if not codes:
        return redirect("followup:benefit")
    table, query = comparison(data_of_each(codes)), urlencode([("c", code) for code in codes])
    return render(request, "motesplats/followup/benefit/compare.html", {"table": table, "query": query})


@require_safe
@for_roles(*READERS)
def compare_file(request: StaffRequest, kind: str) -> HttpResponse:
    """The same table."""
    require_within_both("exports", request, request.user)
    codes = request.GET.getlist("c")[:MOST_COMPARED]
    return tables_file("benefit-compared", [comparison(data_of_each(codes))], kind)


def _typed(request: StaffRequest) -> HttpResponse:
    form = BenefitForm(request.POST.dict())
    if "save" in request.POST:
        return _save(request, form)
    if not form.is_valid():
        return _page(request, form)
    query = urlencode(form.typed())
    if len(query) > LONGEST:
        form.add_error(
            None, _("This is too long for an address. Shorten the sources, or save the calculation.")
        )
        return _page(request, form)
    return redirect(f"{reverse('followup:benefit-calculation')}?{query}")


def _save(request: StaffRequest, form: BenefitForm) -> HttpResponse:
    if not has_role(request.user, Role.SECRETARIAT):
        raise PermissionDenied
    made: list[Calculation] = []

    def verb(found: dict[str, object]) -> None:
        made.append(
            save_calculation(
                name=str(found["title"]), assumptions=form.typed(), by=request.user, at=timezone.now()
            )
        )

    if not form.is_accepted(verb):
        return _page(request, form)
    return redirect("followup:benefit-saved", made[0].reference)


def _page(request: StaffRequest, form: BenefitForm, found: Calculation | None = None) -> HttpResponse:
    """The form and, if it is valid, its results; what cannot be reckoned is a bad request."""
    context = calculation_context(form) | {
        "saved": found,
        "may_save": has_role(request.user, Role.SECRETARIAT),
    }
    if context["reckoned"]:
        named = {"of": found.reference} if found else form.typed()
        context["query"] = urlencode(named)
    status = 400 if form.is_bound and not form.is_valid() else 200
    return render(request, "motesplats/followup/benefit/calculation.html", context, status=status)
