"""Pages of the agency's parties: the list with its search, and one party."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import Reading
from agencies.read_log.log import read_for
from bookings.history import history_of_party
from bookings.parties.queries import day_ahead, parties

PAGE_SIZE = 25
LONGEST_SEARCH = 100


@read_for(Reading.Why.SEARCH)
@require_safe
def party_list(request: HttpRequest) -> HttpResponse:
    """The agency's parties, newest first; `q` searches names and references."""
    search = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    page = Paginator(parties(search=search), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "bookings/parties/list.html", {"page": page, "search": search, "at": timezone.now()}
    )


@require_safe
def party_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One party with its people, needs, chains and history."""
    party = get_object_or_404(parties(), reference=reference)
    at = timezone.now()
    is_booked = day_ahead(party, at=at) is not None
    context = {"party": party, "is_booked": is_booked, "history": history_of_party(party), "at": at}
    return render(request, "bookings/parties/party.html", context)
