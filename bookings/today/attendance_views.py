"""How a party comes to a desk, recorded and undone on the page where its reader is."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from bookings.attendance.keys import adult_of
from bookings.chains.check_in import record_attendance, undo_attendance
from bookings.chains.views import show_chain
from bookings.models import AttendanceEvent
from bookings.today.views import show_day
from bookings.visits.queries import is_seen
from bookings.visits.views import show_visit, show_visits


@require_POST
def attendance(request: StaffRequest, reference: str) -> HttpResponse:
    """Record the `kind`, or undo the kind that `undo` names; then, or with the refusal, the same page again."""
    if not is_seen(reference):
        raise Http404
    undo, kind = request.POST.get("undo", ""), request.POST.get("kind", AttendanceEvent.Kind.BEGAN)
    verb = undo_attendance if undo else record_attendance
    agency = request.POST.get("agency", "").replace("\x00", "")
    try:
        verb(reference=reference, agency=agency, kind=undo or kind, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return same_page(request, reference, refusal)
    return same_page_again(request, reference, agency)


def same_page_again(request: StaffRequest, reference: str, key: str) -> HttpResponse:
    """Back to the page that the form names as `page`; `key`: which of the chain's visits is meant."""
    page = request.POST.get("page", "")
    if page == "visit":
        return redirect(f"{reverse('bookings:visit', args=[reference])}{_meeting_query(key)}")
    if page == "chain":
        return redirect("bookings:chain", reference)
    return redirect("bookings:visits" if page == "visits" else "bookings:my-day")


def _meeting_query(key: str) -> str:
    """What says in an address which of a chain's visits is meant; empty where it needs no saying."""
    return f"?{urlencode({'meeting': key})}" if adult_of(key) else ""


def same_page(request: StaffRequest, reference: str, refusal: Refusal) -> HttpResponse:
    """The page that the form names as `page`, with what was refused on it."""
    match request.POST.get("page", ""):
        case "chain":
            return show_chain(request, reference, refusal)
        case "visit":
            return show_visit(request, reference, refusal)
        case "visits":
            return show_visits(request, refusal)
    return show_day(request, refusal)
