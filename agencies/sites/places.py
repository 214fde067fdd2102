"""Add and change a site's places and their rooms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.languages import LANGUAGES
from agencies.models import Location, Room, Site, TextState, User
from agencies.refusals import Refusal
from agencies.rosters.locks import lock_resources
from agencies.sites import rooms
from agencies.sites.ahead import meetings_in, require_nothing_ahead
from agencies.sites.saving import ValueNotAllowed, check, save_place, seen_site


class RoomIsBooked(Refusal):
    """Meetings are booked in the room; `meetings` says how many."""

    kind = "room-is-booked"
    status = 409

    def __init__(self, meetings: int) -> None:
        super().__init__(
            ngettext(
                "%(number)s meeting is booked in the room. Move it first.",
                "%(number)s meetings are booked in the room. Move them first.",
                meetings,
            )
            % {"number": meetings}
        )
        self.meetings = meetings


@transaction.atomic
def add_location(*, site: Site, values: Mapping[str, Any], seen: int, by: User, at: datetime) -> Location:
    """Add a branch or a mobile team. Raises what a change of the site raises."""
    site = seen_site(site, seen, by=by)
    location = Location(site=site)
    save_place(location, _with_states(location, values), site)
    return location


@transaction.atomic
def change_location(
    *, location: Location, values: Mapping[str, Any], seen: int, by: User, at: datetime
) -> None:
    """Change, pause or close a place. Raises what a change of the site raises; SiteIsBooked when days lie ahead."""
    site = seen_site(location.site, seen, by=by)
    location.refresh_from_db()
    if values.get("state", location.state) == Site.State.CLOSED:
        require_nothing_ahead([location], at)
    save_place(location, _with_states(location, values), site)


def _with_states(location: Location, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values; a checked text that changes is a draft again, and so is one that says nothing."""
    found = dict(values)
    for language in LANGUAGES:
        text, state = f"directions_{language}", f"directions_state_{language}"
        was_checked = getattr(location, state) == TextState.CHECKED
        now = found.get(text, getattr(location, text))
        if not now or (was_checked and now != getattr(location, text)):
            found[state] = TextState.DRAFT
    return found


@transaction.atomic
def add_room(
    *, location: Location, name: str, step_free: bool, equipment: list[str], seen: int, by: User, at: datetime
) -> Room:
    """Add a room. Raises what a change of the site raises."""
    site = seen_site(location.site, seen, by=by)
    _require_own_name(location, name)
    room = rooms.add_room(location=location, name=name, step_free=step_free)
    room.equipment = equipment
    check(room)
    room.save()
    save_place(location, {}, site)
    return room


@transaction.atomic
def change_room(
    *,
    room: Room,
    name: str,
    step_free: bool,
    equipment: list[str],
    closed: bool,
    seen: int,
    by: User,
    at: datetime,
) -> None:
    """Rename, equip or close a room, or open it again. Raises RoomIsBooked, and what a change of the site raises."""
    site = seen_site(room.location.site, seen, by=by)
    room = Room.objects.select_for_update(of=["self"]).select_related("location", "resource").get(pk=room.pk)
    _require_own_name(room.location, name, but=room)
    if closed and not room.closed_at:
        _require_free(room, at)
    room.name, room.step_free, room.equipment = name, step_free, equipment
    room.closed_at = (room.closed_at or at) if closed else None
    check(room)
    room.save()
    save_place(room.location, {}, site)


def _require_free(room: Room, at: datetime) -> None:
    if room.resource_id:
        lock_resources([room.resource_id])
    if meetings := meetings_in(room, at):
        raise RoomIsBooked(meetings)


def _require_own_name(location: Location, name: str, *, but: Room | None = None) -> None:
    others = location.rooms.exclude(pk=but.pk) if but else location.rooms.all()
    if others.filter(name=name).exists():
        raise ValueNotAllowed(
            _("There is already a room of that name."), errors={"name": [_("Choose another name.")]}
        )
