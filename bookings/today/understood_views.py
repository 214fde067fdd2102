"""How well people understood each other, said on the page where its reader is."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from bookings.models import Understanding
from bookings.today.attendance_views import same_page, same_page_again
from bookings.visits.queries import the_one_named, visits
from bookings.visits.understood import mark_understanding


@require_POST
def understood(request: StaffRequest, reference: str) -> HttpResponse:
    """Keep the `degree`, and of what was not understood `why`; then, or with the refusal, the same page again."""
    named = request.POST.get("meeting", "").replace("\x00", "")
    visit = the_one_named(named, visits().filter(chain_reference=reference))
    degree, why = request.POST.get("degree", ""), request.POST.get("why", "")
    if visit is None or degree not in Understanding.Degree or why not in ("", *Understanding.Why):
        raise Http404
    is_clear = degree == Understanding.Degree.YES
    try:
        mark_understanding(
            visit=visit,
            degree=Understanding.Degree(degree),
            why="" if is_clear else why,
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        return same_page(request, reference, refusal)
    return same_page_again(request, reference, named)
