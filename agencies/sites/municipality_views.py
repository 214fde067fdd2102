"""A municipality's contact card, and the secretariat's choice of the site that it summons to."""

from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.models import Municipality, Role
from agencies.sites import forms
from agencies.sites.municipalities import change_card, may_change_card, point_to_site
from agencies.sites.pages import READS_AND_WRITES, changed, readable, split
from agencies.sites.queries import sites_of
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles


@for_roles(Role.SECRETARIAT, Role.MANAGER)
@require_http_methods(READS_AND_WRITES)
def edit_card(request: StaffRequest, municipality: str) -> HttpResponse:
    """Change the contact card."""
    found = get_object_or_404(Municipality.objects.select_related("site"), code=municipality)
    if not may_change_card(request.user, found):
        raise PermissionDenied
    sees_site = sites_of(request.user).filter(pk=found.site_id).exists()
    return changed(
        request,
        found,
        forms.CardForm(request.POST or None, initial=model_to_dict(found) | {"version": found.version}),
        _("Contact card of %(place)s") % {"place": found},
        lambda values: change_card(municipality=found, **split(values), by=request.user, at=timezone.now()),
        back=resolve_url("agencies:site", found.site.code) if sees_site else resolve_url("agencies:sites"),
    )


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def point(request: StaffRequest, municipality: str) -> HttpResponse:
    """Say which site the municipality summons to."""
    found = get_object_or_404(Municipality.objects.select_related("site"), code=municipality)
    first = {"site": request.GET.get("site") or found.site_id, "is_host": found.is_host}
    return changed(
        request,
        found,
        forms.PointForm(request.POST or None, initial=first | {"version": found.version}),
        _("Which site %(place)s summons to") % {"place": found},
        lambda values: point_to_site(
            municipality=found,
            site=values["site"],
            is_host=values["is_host"],
            seen=values["version"],
            by=request.user,
            at=timezone.now(),
        ),
        back=resolve_url("agencies:site", found.site.code),
    )


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def choose(request: StaffRequest, site: str) -> HttpResponse:
    """Choose a municipality that is to summon to the site; the next page asks for its site."""
    found = readable(request, site)
    form = forms.MunicipalityForm(request.POST or None)
    if form.is_valid():
        address = resolve_url("agencies:point", form.cleaned_data["municipality"].code)
        return redirect(f"{address}?site={found.pk}")
    back = resolve_url("agencies:site", found.code)
    context = {"row": found, "form": form, "heading": _("Let a municipality summon here"), "back": back}
    return render(request, "agencies/sites/edit.html", context, status=form.status)
