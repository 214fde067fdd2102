"""The pages on which a site's places and rooms are changed."""

from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.models import Location, Room
from agencies.sites import forms
from agencies.sites.pages import READS_AND_WRITES, changeable, changed, split
from agencies.sites.places import add_location, add_room, change_location, change_room
from agencies.web.requests import StaffRequest


@require_http_methods(READS_AND_WRITES)
def new_location(request: StaffRequest, site: str) -> HttpResponse:
    """Add a branch or a mobile team."""
    found = changeable(request, site)
    first = model_to_dict(Location(kind=Location.Kind.BRANCH)) | {"version": found.version}
    return changed(
        request,
        found,
        forms.LocationForm(request.POST or None, initial=first),
        _("New place"),
        lambda values: add_location(site=found, **split(values), by=request.user, at=timezone.now()),
        back=_page(site),
    )


@require_http_methods(READS_AND_WRITES)
def edit_location(request: StaffRequest, site: str, location: int) -> HttpResponse:
    """Change, pause or close a place."""
    found = changeable(request, site)
    place = get_object_or_404(found.locations.all(), pk=location)
    first = model_to_dict(place) | {"version": found.version}
    return changed(
        request,
        found,
        forms.LocationForm(request.POST or None, initial=first),
        str(place),
        lambda values: change_location(location=place, **split(values), by=request.user, at=timezone.now()),
        back=_page(site),
    )


@require_http_methods(READS_AND_WRITES)
def new_room(request: StaffRequest, site: str, location: int) -> HttpResponse:
    """Add a room to a place."""
    found = changeable(request, site)
    place = get_object_or_404(found.locations.all(), pk=location)
    return changed(
        request,
        found,
        forms.RoomForm(request.POST or None, initial={"version": found.version}),
        _("New room"),
        lambda values: add_room(
            location=place,
            seen=values["version"],
            name=values["name"],
            step_free=values["step_free"],
            equipment=values["equipment"],
            by=request.user,
            at=timezone.now(),
        ),
        back=_page(site),
    )


@require_http_methods(READS_AND_WRITES)
def edit_room(request: StaffRequest, site: str, room: int) -> HttpResponse:
    """Rename, equip or close a room."""
    found = changeable(request, site)
    old = get_object_or_404(Room.objects.select_related("location__site"), location__site=found, pk=room)
    first = model_to_dict(old) | {"version": found.version, "closed": bool(old.closed_at)}
    return changed(
        request,
        found,
        forms.OldRoomForm(request.POST or None, initial=first),
        str(old),
        lambda values: change_room(
            room=old,
            seen=values["version"],
            name=values["name"],
            step_free=values["step_free"],
            equipment=values["equipment"],
            closed=values["closed"],
            by=request.user,
            at=timezone.now(),
        ),
        back=_page(site),
    )


def _page(site: str) -> str:
    return resolve_url("agencies:site", site)
