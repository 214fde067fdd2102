"""Make and change sites, their places, rooms and ways of working; who changed what is history."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Location, Role, Room, Site, SiteDay, User, WayOfWorking
from agencies.refusals import Refusal
from agencies.sites import rooms
from agencies.sites.queries import may_change


class SiteKeptByOthers(Refusal):
    kind = "not-your-site"
    status = 403


class SiteChanged(Refusal):
    """Somebody has changed the site since the caller looked."""

    kind = "changed-meanwhile"
    status = 409


class SiteIsBooked(Refusal):
    """Days lie ahead at the site; `days` says how many."""

    kind = "site-is-booked"
    status = 409

    def __init__(self, days: int) -> None:
        super().__init__(
            _(
                "%(days)s days lie ahead here. Close or move them first; then nobody is summoned to a closed door."
            )
            % {"days": days}
        )
        self.days = days


class ValueNotAllowed(Refusal):
    """A value that the site's rules do not allow; `errors` says of which field."""

    kind = "value-not-allowed"


@transaction.atomic
def create_site(*, values: Mapping[str, Any], by: User, at: datetime) -> Site:
    """Make a site with its main place; it is paused until somebody opens it. Raises what a change raises."""
    if by.role != Role.SECRETARIAT:
        raise _not_yours()
    site = Site(**values, state=Site.State.PAUSED)
    _save(site)
    _save(Location(site=site, name=site.name))
    by.sites.add(site)
    return site


@transaction.atomic
def change_site(*, site: Site, values: Mapping[str, Any], seen: int, by: User, at: datetime) -> None:
    """Change name, telephone, owner and the planning rules. Raises SiteKeptByOthers, SiteChanged, ValueNotAllowed."""
    site = _seen(site, seen, by=by)
    _set(site, values)
    _save(site)


@transaction.atomic
def set_state(*, site: Site, state: Site.State, seen: int, by: User, at: datetime) -> None:
    """Open, pause or close the site. Raises SiteKeptByOthers, SiteChanged, and SiteIsBooked when days lie ahead."""
    site = _seen(site, seen, by=by)
    if state == Site.State.CLOSED and (days := days_ahead(site, local(at).date())):
        raise SiteIsBooked(days)
    site.state = state
    _save(site)


@transaction.atomic
def add_location(*, site: Site, values: Mapping[str, Any], seen: int, by: User, at: datetime) -> Location:
    """Add a branch or a mobile team. Raises SiteKeptByOthers, SiteChanged, ValueNotAllowed."""
    site = _seen(site, seen, by=by)
    location = Location(site=site)
    _set(location, values)
    _save(location)
    _save(site)
    return location


@transaction.atomic
def change_location(
    *, location: Location, values: Mapping[str, Any], seen: int, by: User, at: datetime
) -> None:
    """Change a place. Raises SiteKeptByOthers, SiteChanged, ValueNotAllowed."""
    site = _seen(location.site, seen, by=by)
    location.refresh_from_db()
    _set(location, values)
    _save(location)
    _save(site)


@transaction.atomic
def add_room(*, location: Location, name: str, step_free: bool, by: User, at: datetime) -> Room:
    """Add a room. Raises what a change raises."""
    _require_yours(location.site, by)
    if location.rooms.filter(name=name).exists():
        raise ValueNotAllowed(
            _("There is already a room of that name."), errors={"name": [_("Choose another name.")]}
        )
    return rooms.add_room(location=location, name=name, step_free=step_free)


@transaction.atomic
def add_way(
    *, site: Site, text: str, state: str, why: str, since: date, by: User, at: datetime
) -> WayOfWorking:
    """Note a way of working that the site tries, has adopted or dropped. Raises what a change raises."""
    _require_yours(site, by)
    way = WayOfWorking(site=site, text=text, state=state, why=why, since=since)
    _check(way)
    way.save()
    return way


def days_ahead(site: Site, today: date) -> int:
    """On how many days from today on the site is open somewhere."""
    return SiteDay.objects.filter(location__site=site, date__gte=today).count()


def _seen(site: Site, seen: int, *, by: User) -> Site:
    """The site, locked, if the caller has seen this version of it."""
    site = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    _require_yours(site, by)
    if site.version != seen:
        raise SiteChanged(
            _(
                "Somebody has changed the site since you opened the page. What you typed is kept: look, and save again."
            )
        )
    return site


def _require_yours(site: Site, by: User) -> None:
    if not may_change(by, site):
        raise _not_yours()


def _not_yours() -> SiteKeptByOthers:
    return SiteKeptByOthers(_("A site is changed by its own coordinator and by the secretariat."))


def _set(row: models.Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _save(row: models.Model) -> None:
    """Check every rule of the row, then save it; a site gets its next version."""
    if isinstance(row, Site) and row.pk:
        row.version += 1
    _check(row)
    row.save()


def _check(row: models.Model) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        errors = error.message_dict
        message = " ".join(word for words in errors.values() for word in words)
        raise ValueNotAllowed(message, errors=errors) from None
