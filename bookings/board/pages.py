"""What the board's pages have in common: whose board of which place and day is looked at."""

from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from agencies.models import Location, Site, User
from agencies.web.requests import StaffRequest
from bookings.board.queries import Board, load_board, locations_of


def board_asked(request: StaffRequest, site: str, day: date, *, at: datetime) -> Board:
    """The board of the day at the location that `location` names, else at the main place. Raises Http404."""
    return load_board(location_asked(request, site), day, at=at)


def location_asked(request: StaffRequest, site: str) -> Location:
    """The location of the site that the request names as `location`, else its main place. Raises Http404."""
    return location_of(request.user, site, request.POST.get("location") or request.GET.get("location", ""))


def location_of(user: User, site: str, name: str) -> Location:
    """The location of that name at one of the user's sites, without one its main place. Raises Http404."""
    found: Site | None = user.sites.filter(code=site).first()
    places = locations_of(found) if found else []
    place = next((place for place in places if name in ("", place.name)), None)
    if place is None:
        raise Http404
    return place


def own_site(user: User, code: str) -> str:
    """The code of the user's site of that code, without one of the first. Raises Http404."""
    named = {"code": code} if code else {}
    found: Site | None = user.sites.filter(**named).order_by("order", "code").first()
    if found is None:
        raise Http404
    return found.code


def address(name: str, board: Board, **query: str) -> str:
    """The address of a page of this board; a location is named where it is not the main place."""
    location = board.location
    if location.kind != Location.Kind.MAIN:
        query = {"location": location.name} | query
    path = reverse(f"bookings:{name}", args=[location.site.code, board.date])
    return f"{path}?{urlencode(query)}" if query else path


def shown_on(board: Board) -> dict[str, Any]:
    """What every page of the board's templates knows."""
    return {"board": board, "location": board.location, "site": board.location.site, "day": board.date}
