"""The start page of staff, and the check-in at a desk."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.models import Role
from agencies.read_log.unusual import unusual_readings
from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from agencies.web.roles import DESK_OVERVIEW_ROLES
from bookings.chains.check_in import check_in
from bookings.models import Chain
from bookings.parties.identities import identity_openings
from bookings.parties.queries import listed_chains
from bookings.visits.queries import desks_on, is_seen, visits, visits_on

COMING = 15


@require_safe
def my_day(request: StaffRequest) -> HttpResponse:
    """The user's meetings, the coming chains of the agency's parties, and by role the site's desks and the alerts."""
    return redirect("followup:figures") if request.user.role == Role.SECRETARIAT else _day(request)


@require_POST
def check_in_party(request: StaffRequest, reference: str) -> HttpResponse:
    """Record that the party has come to the desk; a refusal shows the page again with its message."""
    if not is_seen(reference):
        raise Http404
    agency = request.POST.get("agency", "").replace("\x00", "")
    try:
        check_in(reference=reference, agency=agency, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _day(request, refusal)
    return redirect("bookings:my-day")


def _day(request: StaffRequest, refusal: Refusal | None = None) -> HttpResponse:
    today = timezone.localdate()
    coming = listed_chains().filter(state=Chain.State.BOOKED, site_day__date__gte=today)
    context = {
        "today": today,
        "visits": visits_on(today).filter(caseworker=request.user),
        "ahead": visits().filter(caseworker=request.user, date__gt=today)[:COMING],
        "coming": coming.order_by("site_day__date", "pk")[:COMING],
        "desks": desks_on(today) if request.user.role in DESK_OVERVIEW_ROLES else None,
        "alerts": identity_openings().filter(seen_at=None).exclude(by=request.user).count()
        if request.user.role == Role.MANAGER
        else 0,
        "alarms": unusual_readings().filter(closed_at=None).count()
        if request.user.role == Role.MANAGER
        else 0,
        "refusal": refusal,
    }
    return render(request, "bookings/today/my_day.html", context, status=refusal.status if refusal else 200)
