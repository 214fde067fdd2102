"""Pages of the agency's parties: one party, and opening one of another site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, for_roles
from bookings.history import history_of_party
from bookings.models import Party
from bookings.parties.cross import open_elsewhere
from bookings.parties.forms import OpenPartyForm
from bookings.parties.queries import day_ahead, parties


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*AGENCY_ROLES, of_an_agency=True)
def open_party(request: StaffRequest) -> HttpResponse:
    """A party of the agency at another site: GET asks for its code and a reason, POST opens it for the day."""
    form, at = OpenPartyForm(request.POST if request.method == "POST" else None), timezone.now()
    opened: list[Party] = []
    if form.is_accepted(lambda said: opened.append(open_elsewhere(**said, by=request.user, at=at))):
        return redirect("bookings:party", opened[0].reference)
    return render(request, "bookings/parties/open_party.html", {"form": form}, status=form.status)


@require_safe
def party_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One party with its people, needs, chains and history."""
    party = get_object_or_404(parties(), reference=reference)
    at = timezone.now()
    is_booked = day_ahead(party, at=at) is not None
    context = {"party": party, "is_booked": is_booked, "history": history_of_party(party), "at": at}
    return render(request, "bookings/parties/party.html", context)
