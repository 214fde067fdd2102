"""The list of parties, what the search field finds, and where a code leads at once."""

from functools import partial

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import Reading
from agencies.read_log.log import read_for
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from bookings.models import ExpectedParty
from bookings.parties.forms import PartyFilterForm
from bookings.parties.queries import LONGEST_SEARCH, listed_keys, parties_of_page
from bookings.search.by_code import address_of_code
from bookings.visits.queries import visits, with_people

PAGE_SIZE = 25


@read_for(Reading.Why.SEARCH)
@require_safe
def party_list(request: StaffRequest) -> HttpResponse:
    """The agency's parties, newest first; `q` searches, a whole code that is one's only hit opens.

    An agency that summons nobody has instead the visits that are to come.
    """
    at, typed = timezone.now(), request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    if request.GET:
        require_within_both("search", request, request.user)
    if address := address_of_code(typed, by=request.user, today=timezone.localdate(at)):
        return redirect(address)
    form = PartyFilterForm(request.GET, user=request.user)
    keys = listed_keys(search=typed, narrowed=form.narrowing(), at=at)
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "parties": parties_of_page(list(page.object_list)),
        "form": form,
        "search_typed": typed,
        "coming": partial(_coming_visits, request),
        "at": at,
        "today": timezone.localdate(at),
    }
    return render(request, "bookings/search/list.html", context, status=200 if form.is_valid() else 422)


def _coming_visits(request: StaffRequest) -> Page[ExpectedParty]:
    ahead = visits().filter(date__gte=timezone.localdate())
    page = Paginator(ahead, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = with_people(page.object_list)
    return page
