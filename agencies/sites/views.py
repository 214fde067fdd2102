"""The sites and their pages: everybody reads the own ones, coordinators change them, the secretariat all."""

from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Role, Site
from agencies.sites import forms
from agencies.sites.change import add_way, change_site, create_site, set_state
from agencies.sites.missing import missing_of_site
from agencies.sites.municipalities import may_change_card
from agencies.sites.pages import READS_AND_WRITES, changeable, changed, readable, split
from agencies.sites.queries import changes_of, directions_of, may_change, sites_of
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles

HISTORY = 20


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
    found = readable(request, site)
    context = {
        "site": found,
        "lacks": missing_of_site(found),
        "may_change": may_change(request.user, found),
        "ways": found.ways.all(),
        "places": [(place, directions_of(place)) for place in found.locations.all()],
        "changes": changes_of(found, most=HISTORY),
        "homes": [(home, may_change_card(request.user, home)) for home in found.municipalities.all()],
    }
    return render(request, "agencies/sites/site.html", context)


@require_http_methods(READS_AND_WRITES)
def edit_site(request: StaffRequest, site: str) -> HttpResponse:
    """Change name, owner, telephone and rules."""
    found = changeable(request, site)
    form = forms.SiteForm(request.POST or None, initial=model_to_dict(found) | {"version": found.version})
    return changed(
        request,
        found,
        form,
        _("Rules and telephone"),
        lambda values: change_site(site=found, **split(values), by=request.user, at=timezone.now()),
        back=resolve_url("agencies:site", site),
    )


@require_http_methods(READS_AND_WRITES)
def edit_state(request: StaffRequest, site: str) -> HttpResponse:
    """Open, pause or close."""
    found = changeable(request, site)
    form = forms.StateForm(request.POST or None, initial={"state": found.state, "version": found.version})
    return changed(
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
        back=resolve_url("agencies:site", site),
    )


@require_http_methods(READS_AND_WRITES)
def new_way(request: StaffRequest, site: str) -> HttpResponse:
    """Note a way of working."""
    found = changeable(request, site)
    form = forms.WayForm(request.POST or None, initial={"since": timezone.localdate()})
    return changed(
        request,
        found,
        form,
        _("New way of working"),
        lambda values: add_way(site=found, **values, by=request.user, at=timezone.now()),
        back=resolve_url("agencies:site", site),
    )
