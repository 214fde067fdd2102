"""Make and change sites and note their ways of working; who changed what is history."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from agencies.models import Location, Role, Site, User, WayOfWorking
from agencies.sites.ahead import require_nothing_ahead
from agencies.sites.saving import SiteKeptByOthers, check, require_yours, save_next, seen_site


@transaction.atomic
def create_site(*, values: Mapping[str, Any], by: User, at: datetime) -> Site:
    """Make a site with its main place; it is paused until somebody opens it. Raises what a change raises."""
    if by.role != Role.SECRETARIAT:
        raise SiteKeptByOthers
    site = Site(state=Site.State.PAUSED)
    save_next(site, values)
    save_next(Location(site=site), {"name": site.name})
    by.sites.add(site)
    return site


@transaction.atomic
def change_site(*, site: Site, values: Mapping[str, Any], seen: int, by: User, at: datetime) -> None:
    """Change name, telephone, owner and the planning rules. Raises SiteKeptByOthers, SiteChanged, ValueNotAllowed."""
    save_next(seen_site(site, seen, by=by), values)


@transaction.atomic
def set_state(*, site: Site, state: Site.State, seen: int, by: User, at: datetime) -> None:
    """Open, pause or close the site. Raises SiteKeptByOthers, SiteChanged, and SiteIsBooked when days lie ahead."""
    site = seen_site(site, seen, by=by)
    if state == Site.State.CLOSED:
        require_nothing_ahead(list(site.locations.all()), at)
    save_next(site, {"state": state})


@transaction.atomic
def add_way(
    *, site: Site, text: str, state: str, why: str, since: date, by: User, at: datetime
) -> WayOfWorking:
    """Note a way of working that the site tries, has adopted or dropped. Raises what a change raises."""
    require_yours(site, by)
    way = WayOfWorking(site=site, text=text, state=state, why=why, since=since)
    check(way)
    way.save()
    return way
