"""The page that gives an adult a new link and paper code."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.web.requests import StaffRequest
from bookings.models import Chain, Link
from bookings.parties.queries import chains
from bookings.summons.issue import renew_link


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: StaffRequest, reference: str, adult: int) -> HttpResponse:
    """GET explains what a new code ends, POST makes one; a repeated POST of the same form makes no second."""
    chain = get_object_or_404(chains(), reference=reference, state=Chain.State.BOOKED)
    link = _link_of(chain, adult)
    if request.method == "POST":
        if request.POST.get("generation") == str(link.generation):
            renew_link(link=link, by=request.user, at=timezone.now())
        messages.success(request, _("The letter has a new code and link. Print it and hand it over."))
        return redirect("bookings:chain", reference)
    return render(request, "bookings/summons/renew.html", {"chain": chain, "link": link})


def _link_of(chain: Chain, adult: int) -> Link:
    """The link of the n-th adult, from 1, in the order of the letter's copies. Raises Http404."""
    links = list(chain.links.all())
    if not 0 < adult <= len(links):
        raise Http404
    return links[adult - 1]
