"""The page of a visit: what an agency sees of a party that another agency has summoned."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from bookings.models import Chain
from bookings.visits.queries import meetings_beside, names_of, visits


@require_safe
def visit_page(request: StaffRequest, reference: str) -> HttpResponse:
    """The party's meeting and needs; names and other meetings where they are disclosed."""
    return show_visit(request, reference)


def show_visit(request: StaffRequest, reference: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page, with what was refused on it."""
    visit = get_object_or_404(visits(), chain_reference=reference)
    if visit.owner_id == request.user.agency_id:
        return redirect("bookings:chain", reference)
    context = {
        "visit": visit,
        "people": names_of(visit),
        "others": meetings_beside(visit),
        "is_today": visit.site_day.date == timezone.localdate(),
        "is_past": visit.state == Chain.State.DONE,
        "refusal": refusal,
    }
    return render(request, "bookings/visits/visit.html", context, status=refusal.status if refusal else 200)
