"""The host's page: who arrives with which letter, who waits, who is next, and what can be undone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.languages import LANGUAGES
from agencies.refusals import Refusal
from agencies.web.limits import require_within
from agencies.web.requests import StaffRequest
from agencies.web.roles import DESK_OVERVIEW_ROLES, for_roles
from bookings.board.live import live
from bookings.board.pages import address, board_asked, location_asked, shown_on
from bookings.board.press import read_press
from bookings.board.queries import Board, day_of, load_board, recorded_last
from bookings.board.record import Arrival, arrive
from bookings.board.standing import SOON, PartyToday, count
from bookings.chains.book import NotBooked

COMING = 8  # parties shown until more are asked for


@for_roles(*DESK_OVERVIEW_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def arrivals(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """The page; POST records that whoever has the letter with this `code` has come."""
    at = timezone.now()
    found = board_asked(request, site, day, at=at)
    if request.method != "POST":
        return show_arrivals(request, found)
    try:
        arrival = _arrive(request, found)
    except Refusal as refusal:
        return show_arrivals(request, found, refusal)
    name = load_board(found.location, day, at=at).keyed(arrival.meeting).meeting.name
    query = {"came": name} | ({"again": "1"} if arrival.was_here else {})
    return redirect(address("arrivals", found, **query))


def _arrive(request: StaffRequest, found: Board) -> Arrival:
    require_within("arrivals", f"user:{request.user.pk}")
    if found.site_day is None:
        raise NotBooked(_("This place is not open that day."))
    code = request.POST.get("code", "").replace("\x00", "")
    return arrive(code=code, site_day=found.site_day, by=request.user, at=found.at)


@for_roles(*DESK_OVERVIEW_ROLES)
@require_POST
def arrival_attendance(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """Record or undo, as on the board, and show the host's page again."""
    found = board_asked(request, site, day, at=timezone.now())
    press = read_press(request)
    try:
        press.carry_out(found, by=request.user)
    except Refusal as refusal:
        return show_arrivals(request, found, refusal)
    came = press.kind == "arrived" and not press.is_undo
    return redirect(address("arrivals", found, **({"came": press.meeting} if came else {})))


@for_roles(*DESK_OVERVIEW_ROLES)
@require_safe
def arrivals_live(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """The lists alone, or 304 while nothing has changed."""
    at, place = timezone.now(), location_asked(request, site)
    site_day = day_of(place, day)
    if site_day is None:
        raise Http404
    return live(
        request,
        site_day,
        "arrivals",
        at=at,
        render=lambda: render_to_string(
            "bookings/board/_turns.html", _turns(load_board(place, day, at=at)), request
        ),
    )


arrivals_live.is_no_use = True  # type: ignore[attr-defined]  # as board_live


@for_roles(*DESK_OVERVIEW_ROLES)
@require_safe
def arrival_card(request: StaffRequest, site: str, day: date) -> HttpResponse:
    """What the host shows whoever comes to `meeting`, in the letter's language or another: number and next meeting."""
    at = timezone.now()
    stood = board_asked(request, site, day, at=at).named(request.GET.get("meeting", ""))
    if stood is None:
        raise Http404
    asked = request.GET.get("language", "")
    language = LANGUAGES[asked if asked in LANGUAGES else stood.meeting.language]
    with override(language.code):  # agencies have names in each language
        found = board_asked(request, site, day, at=at)
    context = shown_on(found) | {
        "language": language,
        "languages": [one for one in LANGUAGES.values() if one != language],
        "here": urlencode({"meeting": stood.meeting.name, "location": found.location.name}) + "&",
        "token": "",
        "meeting": found.keyed(stood.meeting.key).meeting,
    }
    return render(request, "bookings/newcomer/arrived.html", context)


def show_arrivals(request: StaffRequest, found: Board, refusal: Refusal | None = None) -> HttpResponse:
    """The page, with what was refused in the place of the answer."""
    came = None if refusal else found.named(request.GET.get("came", ""))
    context = _turns(found) | {
        "came": came,
        "interpreter": found.interpreter_of(came) if came else None,
        "seat": found.seat_for(came) if came else "",
        "again": "again" in request.GET,
        "typed": request.POST.get("code", "") if refusal else "",
        "refusal": refusal,
        "is_today": found.date == timezone.localdate(found.at),
    }
    return render(request, "bookings/board/arrivals.html", context, status=refusal.status if refusal else 200)


@dataclass(frozen=True, slots=True)
class Turns:
    """The host's lists, in time order."""

    now: list[PartyToday]
    waiting: list[PartyToday]
    coming: list[PartyToday]


def _turns(found: Board) -> dict[str, Any]:
    parties = sorted(found.parties, key=_when)
    is_now = {party.party for party in parties if _is_due(party, at=found.at)}
    rest = [party for party in parties if party.party not in is_now]
    turns = Turns(
        now=[party for party in parties if party.party in is_now],
        waiting=[party for party in rest if party.is_waiting],
        coming=[party for party in rest if party.is_coming],
    )
    return shown_on(found) | {
        "turns": turns,
        "shown": COMING,
        "counts": count(parties),
        "recorded": recorded_last(found),
    }


def _when(party: PartyToday) -> datetime:
    return (party.next or party.meetings[0]).meeting.starts_at


def _is_due(party: PartyToday, *, at: datetime) -> bool:
    """Whether the host has to do something now: somebody is missing, or is to be shown to a desk."""
    next_one = party.next
    if next_one is None or not (party.is_late or party.is_waiting):
        return False
    return party.is_late or next_one.meeting.starts_at - SOON <= at
