"""The sites and their pages: everybody reads the own ones, coordinators change them, the secretariat all."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Location, LocationChange, Role, Site
from agencies.sites import forms
from agencies.sites.change import (
    add_location,
    add_room,
    add_way,
    change_location,
    change_site,
    create_site,
    set_state,
)
from agencies.sites.missing import missing_of_site
from agencies.sites.queries import may_change, sites_of
from agencies.web.forms import RefusableForm
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles

READS_AND_WRITES = ("GET", "HEAD", "POST")
HISTORY = 20
CONFLICT = 409


@require_safe
def site_list(request: StaffRequest) -> HttpResponse:
    """The sites with state, and how much each lacks for a valid summons."""
    sites = [(site, missing_of_site(site)) for site in sites_of(request.user)]
    return render(request, "agencies/sites/list.html", {"sites": sites})


@for_roles(Role.SECRETARIAT)
@require_http_methods(READS_AND_WRITES)
def new_site(request: StaffRequest) -> HttpResponse:
    """Make a site."""
    form = forms.NewSiteForm(request.POST or None)
    if form.is_accepted(lambda values: create_site(values=values, by=request.user, at=timezone.now())):
        return redirect("agencies:site", form.cleaned_data["code"])
    return render(request, "agencies/sites/new.html", {"form": form}, status=form.status)


@require_safe
def site_page(request: StaffRequest, site: str) -> HttpResponse:
    """The site as it is: what it lacks on top, then rules, places, rooms, ways of working and history."""
    found = _site(request, site)
    today = timezone.localdate()
    context = {
        "site": found,
        "lacks": missing_of_site(found),
        "may_change": may_change(request.user, found),
        "ways": found.ways.all(),
        "changes": found.changes.select_related("by")[:HISTORY],
        "changes_of_places": LocationChange.objects.filter(pgh_obj__site=found).select_related(
            "by", "pgh_obj"
        )[:HISTORY],
        "today": today,
    }
    return render(request, "agencies/sites/site.html", context)


@require_http_methods(READS_AND_WRITES)
def edit_site(request: StaffRequest, site: str) -> HttpResponse:
    """Change name, owner, telephone and rules."""
    found = _changeable(request, site)
    form = forms.SiteForm(request.POST or None, initial=model_to_dict(found) | {"version": found.version})
    return _changed(request, found, form, _("Rules and telephone"), _site_changer(request, found))


@require_http_methods(READS_AND_WRITES)
def edit_state(request: StaffRequest, site: str) -> HttpResponse:
    """Open, pause or close."""
    found = _changeable(request, site)
    form = forms.StateForm(request.POST or None, initial={"state": found.state, "version": found.version})
    return _changed(
        request,
        found,
        form,
        _("Open, pause or close"),
        lambda values: set_state(
            site=found,
            state=Site.State(values["state"]),
            seen=values["version"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(READS_AND_WRITES)
def new_location(request: StaffRequest, site: str) -> HttpResponse:
    """Add a branch or a mobile team."""
    found = _changeable(request, site)
    first = {"kind": Location.Kind.BRANCH, "step_free": True, "version": found.version}
    form = forms.LocationForm(request.POST or None, initial=first)
    return _changed(
        request,
        found,
        form,
        _("New place"),
        lambda values: add_location(site=found, **_seen(values), by=request.user, at=timezone.now()),
    )


@require_http_methods(READS_AND_WRITES)
def edit_location(request: StaffRequest, site: str, location: int) -> HttpResponse:
    """Change a place."""
    found = _changeable(request, site)
    place = get_object_or_404(found.locations.all(), pk=location)
    form = forms.LocationForm(request.POST or None, initial=model_to_dict(place) | {"version": found.version})
    return _changed(
        request,
        found,
        form,
        str(place),
        lambda values: change_location(location=place, **_seen(values), by=request.user, at=timezone.now()),
    )


@require_http_methods(READS_AND_WRITES)
def new_room(request: StaffRequest, site: str, location: int) -> HttpResponse:
    """Add a room to a place."""
    found = _changeable(request, site)
    place = get_object_or_404(found.locations.all(), pk=location)
    form = forms.RoomForm(request.POST or None)
    return _changed(
        request,
        found,
        form,
        _("New room"),
        lambda values: add_room(location=place, **values, by=request.user, at=timezone.now()),
    )


@require_http_methods(READS_AND_WRITES)
def new_way(request: StaffRequest, site: str) -> HttpResponse:
    """Note a way of working."""
    found = _changeable(request, site)
    form = forms.WayForm(request.POST or None, initial={"since": timezone.localdate()})
    return _changed(
        request,
        found,
        form,
        _("New way of working"),
        lambda values: add_way(site=found, **values, by=request.user, at=timezone.now()),
    )


def _site_changer(request: StaffRequest, site: Site) -> Callable[[dict[str, Any]], None]:
    return lambda values: change_site(site=site, **_seen(values), by=request.user, at=timezone.now())


def _seen(values: dict[str, Any]) -> dict[str, Any]:
    """What was typed, apart from the version that was seen."""
    return {
        "values": {name: value for name, value in values.items() if name != "version"},
        "seen": values["version"],
    }


def _changed(
    request: StaffRequest,
    site: Site,
    form: RefusableForm,
    heading: str,
    verb: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """The form's page, after a conflict with the new version; back to the site's page when the verb has accepted it."""
    if form.is_accepted(verb):
        messages.success(request, _("The change is made."))
        return redirect("agencies:site", site.code)
    if form.status == CONFLICT:
        form.data = {**form.data.dict(), "version": Site.objects.get(pk=site.pk).version}  # type: ignore[attr-defined]  # a QueryDict
    context = {"site": site, "form": form, "heading": heading}
    return render(request, "agencies/sites/edit.html", context, status=form.status)


def _site(request: StaffRequest, code: str) -> Site:
    return get_object_or_404(sites_of(request.user), code=code)


def _changeable(request: StaffRequest, code: str) -> Site:
    site = _site(request, code)
    if not may_change(request.user, site):
        raise PermissionDenied
    return site
