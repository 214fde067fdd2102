"""My day: the meetings at one's own desk, and the days that one's parties have before them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.refusals import Refusal
from bookings.checking_in import check_in
from bookings.models import Chain
from bookings.parties import chains, meetings_of

COMING = 15


@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    """Today's own meetings in time order, and the coming days of the agency's parties at one's own sites."""
    return _day(request)


@require_POST
def check_in_party(request: HttpRequest, reference: str) -> HttpResponse:
    """The party is at the desk."""
    chain = get_object_or_404(chains(), reference=reference)
    try:
        check_in(chain=chain, agency=request.POST.get("agency", ""), by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _day(request, refusal)
    return redirect("my-day")


def _day(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    today = timezone.localdate()
    own = chains().filter(site_day__location__site__in=request.user.sites.all())
    coming = own.filter(state=Chain.State.BOOKED, site_day__date__gte=today)
    context = {
        "today": today,
        "meetings": meetings_of(request.user, on=today),
        "coming": coming.order_by("site_day__date", "pk")[:COMING],
        "refusal": refusal,
    }
    return render(request, "bookings/my_day.html", context, status=refusal.status if refusal else 200)
