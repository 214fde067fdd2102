"""The board of a day: its page, the part of it that is asked for again and again, and what is recorded on it."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from agencies.models import Role
from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, DESK_OVERVIEW_ROLES, for_roles, has_role
from bookings.attendance.keys import address_of
from bookings.board.lanes import picture_of
from bookings.board.live import live
from bookings.board.pages import address, board_asked, location_asked, own_site, shown_on
from bookings.board.press import read_press
from bookings.board.queries import Board, day_of, load_board, locations_of
from bookings.board.standing import Stood, count
from bookings.chains.attendance_log import FOLLOWS
from bookings.models import Chain, Meeting
from bookings.parties.queries import chains, meetings_by_key

VIEWERS = (*AGENCY_ROLES, Role.HOST)


@for_roles(*VIEWERS)
@require_safe
def my_board(request: StaffRequest, site: str = "") -> HttpResponse:
    """Today's board of the site that is named, else of the user's first one; for a host the page of arrivals."""
    name = "arrivals" if request.user.role == Role.HOST else "board"
    return redirect(reverse(f"bookings:{name}", args=[own_site(request.user, site), timezone.localdate()]))


@for_roles(*VIEWERS)
@require_safe
def board(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """The day at a location; `meeting` opens the card of one stop."""
    return show_board(request, board_asked(request, site, day, at=timezone.now()))


@for_roles(*VIEWERS)
@require_safe
def board_live(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """The counts and the picture alone, or 304 while nothing has changed."""
    at, place = timezone.now(), location_asked(request, site)
    site_day = day_of(place, day)
    if site_day is None:
        raise Http404
    return live(
        request,
        site_day,
        "board",
        at=at,
        render=lambda: render_to_string(
            "bookings/board/_live.html", _picture(load_board(place, day, at=at)), request
        ),
    )


# To look is no use of a session: one that nobody touches ends.
board_live.is_no_use = True  # type: ignore[attr-defined]


@for_roles(*DESK_OVERVIEW_ROLES)
@require_POST
def board_attendance(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """Record or undo what the pressed button says of a meeting."""
    found = board_asked(request, site, day, at=timezone.now())
    press = read_press(request)
    try:
        press.carry_out(found, by=request.user)
    except Refusal as refusal:
        return show_board(request, found, refusal)
    return redirect(address("board", found, meeting=press.meeting) + "#stop")


def show_board(request: StaffRequest, found: Board, refusal: Refusal | None = None) -> HttpResponse:
    """The page, with what was refused on it."""
    stood = found.named(read_press(request).meeting or request.GET.get("meeting", ""))
    context = _picture(found) | {
        "places": locations_of(found.location.site),
        "sites": request.user.sites.order_by("order", "code"),
        "stop": stood,
        "party": found.party_of(stood) if stood else None,
        "next_kinds": sorted(FOLLOWS[stood.meeting.attendance]) if stood else [],
        "moves_at": _move_address(stood, at=found.at) if stood else "",
        "records": has_role(request.user, *DESK_OVERVIEW_ROLES),
        "is_host": request.user.role == Role.HOST,
        "is_today": found.date == timezone.localdate(found.at),
        "refusal": refusal,
    }
    return render(request, "bookings/board/board.html", context, status=refusal.status if refusal else 200)


def _move_address(stood: Stood, *, at: datetime) -> str:
    """Where the meeting gets another time that day; nothing unless it is of one's own chain and still ahead."""
    if not stood.meeting.is_reference or stood.meeting.attendance != Meeting.Attendance.EXPECTED:
        return ""
    chain = chains().filter(reference=stood.meeting.party).first()
    if chain is None or chain.state_at(at) != Chain.State.BOOKED:
        return ""
    by_key = meetings_by_key(chain)
    key = next((key for key, meeting in by_key.items() if meeting.pk == stood.meeting.key), "")
    address = reverse("bookings:move-chain", args=[chain.reference])
    return f"{address}?{urlencode({'meeting': address_of(key, by_key)})}" if key else ""


def _picture(found: Board) -> dict[str, Any]:
    return shown_on(found) | {
        "picture": picture_of(found) if found.site_day else None,
        "counts": count(found.parties),
        "opens": address("board", found, meeting=""),
    }
