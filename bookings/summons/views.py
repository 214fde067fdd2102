"""The page that gives an adult a new link and paper code."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from bookings.models import Chain
from bookings.parties.queries import chains
from bookings.summons.adults import adults_by_number
from bookings.summons.issue import renew_link


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: StaffRequest, reference: str, adult: int) -> HttpResponse:
    """GET explains what a new code ends, POST makes one; a repeated POST of the same form makes no second."""
    chain, at = get_object_or_404(chains(), reference=reference), timezone.now()
    link = adults_by_number(chain.links.all()).get(str(adult))
    if link is None or chain.state_at(at) != Chain.State.BOOKED:
        raise Http404
    if request.method == "POST":
        if request.POST.get("generation") == str(link.generation):
            require_within_both("letters", request, request.user)
            renew_link(link=link, by=request.user, at=at)
        messages.success(request, _("The letter has a new code and link. Print it and hand it over."))
        return redirect("bookings:chain", reference)
    return render(request, "bookings/summons/renew.html", {"chain": chain, "link": link})
