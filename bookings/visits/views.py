"""The page of a visit: what an agency sees of a party that another agency has summoned."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.web.requests import StaffRequest
from bookings.visits.queries import meetings_beside, names_of, visits


@require_safe
def visit_page(request: StaffRequest, reference: str) -> HttpResponse:
    """The party's meeting and needs; names and other meetings where they are disclosed."""
    visit = get_object_or_404(visits(), chain_reference=reference)
    if visit.owner_id == request.user.agency_id:
        return redirect("bookings:chain", reference)
    context = {
        "visit": visit,
        "people": names_of(visit),
        "others": meetings_beside(visit),
        "is_today": visit.site_day.date == timezone.localdate(),
    }
    return render(request, "bookings/visits/visit.html", context)
