"""Pages of the agency's parties: the list with its search, one party, and opening one of another site."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Reading
from agencies.read_log.log import read_for
from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, for_roles
from bookings.history import history_of_party
from bookings.models import Party
from bookings.parties.cross import open_elsewhere
from bookings.parties.forms import OpenPartyForm
from bookings.parties.queries import LONGEST_SEARCH, day_ahead, listed_parties, parties

PAGE_SIZE = 25


@read_for(Reading.Why.SEARCH)
@require_safe
def party_list(request: HttpRequest) -> HttpResponse:
    """The agency's parties, newest first; `q` searches names and references."""
    search = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    page = Paginator(listed_parties(search=search), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "search": search, "at": timezone.now()}
    return render(request, "bookings/parties/list.html", context)


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
