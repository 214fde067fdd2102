"""The start page of staff."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import Role
from agencies.read_log.unusual import unusual_readings
from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from bookings.interpreting.alarms import alarms
from bookings.models import Chain, Understanding
from bookings.parties.identities import identity_openings
from bookings.parties.queries import chains_to_move, listed_chains
from bookings.visits.queries import visits, visits_on, with_people
from bookings.visits.understood import marks_of
from interpreters.orders.allowed import ORDERING_ROLES

COMING = 15
STARTS: dict[str, str] = {Role.SECRETARIAT: "followup:figures", Role.HOST: "bookings:my-board"}


@require_safe
def my_day(request: StaffRequest) -> HttpResponse:
    """The user's meetings, the agency's coming chains and alerts; host and secretariat start elsewhere."""
    start = STARTS.get(request.user.role)
    return redirect(start) if start else show_day(request)


def show_day(request: StaffRequest, refusal: Refusal | None = None) -> HttpResponse:
    """The page, with what was refused on it."""
    at = timezone.now()
    today = timezone.localdate(at)
    coming = listed_chains().filter(state=Chain.State.BOOKED, site_day__date__gte=today)
    in_order = ("site_day__date", "pk")
    # Keys, and not yet people: whoever is read is shown.
    coming_keys = list(coming.order_by(*in_order).values_list("pk", flat=True)[: COMING + 1])
    ahead = list(visits().filter(caseworker=request.user, date__gt=today)[: COMING + 1])
    own = with_people(visits_on(today).filter(caseworker=request.user))
    context = {
        "today": today,
        "at": at,
        "visits": own,
        "marks": marks_of(own),
        "reasons": Understanding.Why.choices,
        "ahead": with_people(ahead[:COMING]),
        "more_ahead": len(ahead) > COMING,
        "to_move": list(chains_to_move(at=at)),
        "coming": listed_chains().filter(pk__in=coming_keys[:COMING]).order_by(*in_order),
        "more_coming": len(coming_keys) > COMING,
        "alerts": identity_openings().filter(seen_at=None).exclude(by=request.user).count()
        if request.user.role == Role.MANAGER
        else 0,
        "alarms": unusual_readings().filter(closed_at=None).count()
        if request.user.role == Role.MANAGER
        else 0,
        "without_interpreter": alarms(request.user.sites.all(), at=at)
        if request.user.role in ORDERING_ROLES
        else [],
        "refusal": refusal,
    }
    return render(request, "bookings/today/my_day.html", context, status=refusal.status if refusal else 200)
