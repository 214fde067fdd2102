"""The manager's page of who may open protected identities."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.models import NamedOpener, Role, Site, User
from agencies.refusals import Refusal
from agencies.staff.appoint import staff_of
from agencies.staff.openers import name_opener, openers_at, withdraw_opener
from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, for_roles

EARLIER = 100


@require_safe
@for_roles(Role.MANAGER, of_an_agency=True)
def opener_list(request: StaffRequest) -> HttpResponse:
    """Site by site the colleagues, those named with a button to withdraw it; and who was named before."""
    agency = request.user.agency
    assert agency
    named = list(openers_at(request.user.sites.all(), agency=agency))
    staff = staff_of(request.user).filter(is_active=True, role__in=AGENCY_ROLES).exclude(pk=request.user.pk)
    colleagues = list(staff.order_by("last_name", "first_name", "pk").prefetch_related("sites"))
    sites = [(site, list(_rows(site, colleagues, named))) for site in request.user.sites.all()]
    context = {"sites": sites, "earlier": [one for one in named if one.withdrawn_at][:EARLIER]}
    return render(request, "agencies/staff/openers.html", context)


@require_POST
@for_roles(Role.MANAGER, of_an_agency=True)
def name(request: StaffRequest, username: str) -> HttpResponse:
    """Name the colleague for the site that the form says."""
    return _do(request, username, name_opener)


@require_POST
@for_roles(Role.MANAGER, of_an_agency=True)
def withdraw(request: StaffRequest, username: str) -> HttpResponse:
    """Withdraw it."""
    return _do(request, username, withdraw_opener)


def _do(request: StaffRequest, username: str, verb: Callable[..., Any]) -> HttpResponse:
    # Whoever has left the site is still named there until that is withdrawn.
    user = get_object_or_404(User, agency=request.user.agency, username=username)
    site = get_object_or_404(request.user.sites, code=request.POST.get("site", "").replace("\x00", ""))
    try:
        verb(user=user, site=site, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("agencies:openers")


def _rows(site: Site, colleagues: list[User], named: list[NamedOpener]) -> Iterator[dict[str, Any]]:
    """Everybody named at the site, also who has left it since, and then the colleagues there."""
    current = {one.user_id: one for one in named if one.site_id == site.pk and not one.withdrawn_at}
    present = [one for one in colleagues if site in one.sites.all()]
    gone = [one.user for key, one in current.items() if key not in {user.pk for user in present}]
    for user in (*present, *gone):
        yield {"colleague": user, "named": current.get(user.pk)}
