"""The pages of visits: the agency's whole day, and of one what it sees of a party that another agency has summoned."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, for_roles
from bookings.models import Chain, ExpectedParty, Understanding
from bookings.parties.forms import VisitFilterForm
from bookings.visits.queries import (
    meetings_beside,
    names_of,
    tell_manners,
    the_one_named,
    visits,
    with_people,
)
from bookings.visits.understood import marks_of

PAGE_SIZE = 50  # a whole day of an agency at a site


@for_roles(*AGENCY_ROLES, of_an_agency=True)
@require_safe
def visit_list(request: StaffRequest) -> HttpResponse:
    """The agency's whole day at the user's sites, whosever desk; with an empty `date` all that is to come."""
    return show_visits(request)


def show_visits(request: StaffRequest, refusal: Refusal | None = None) -> HttpResponse:
    """The page, with what was refused on it."""
    today = timezone.localdate()
    form = VisitFilterForm({"date": str(today)} | request.GET.dict(), user=request.user)
    found = _narrowed(form, visits(), today=today)
    page, day = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")), form.chosen("date")
    page.object_list = with_people(page.object_list)
    context = {
        "form": form,
        "page": page,
        "day": day,
        "today": today,
        "is_past": day and day < today,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200 if form.is_valid() else 422
    return render(request, "bookings/visits/list.html", context, status=status)


def _narrowed(
    form: VisitFilterForm, found: QuerySet[ExpectedParty], *, today: date
) -> QuerySet[ExpectedParty]:
    day, site = form.chosen("date"), form.chosen("site")
    found = found.filter(date=day) if day else found.filter(date__gte=today)
    if site:
        found = found.filter(site_day__location__site__code=site)
    return found.filter(caseworker=form.user) if form.chosen("mine") else found


@require_safe
def visit_page(request: StaffRequest, reference: str) -> HttpResponse:
    """The party's meeting and needs; names and other meetings where they are disclosed."""
    return show_visit(request, reference)


def show_visit(request: StaffRequest, reference: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page, with what was refused on it."""
    of_chain = list(visits().filter(chain_reference=reference))
    visit = the_one_named(request.POST.get("agency") or request.GET.get("meeting", ""), of_chain)
    if visit is None:
        raise Http404
    if visit.owner_id == request.user.agency_id:
        return redirect("bookings:chain", reference)
    tell_manners([visit])
    context = {
        "visit": visit,
        "people": names_of(visit),
        "beside": [one for one in of_chain if one.pk != visit.pk],
        "others": meetings_beside(visit),
        "marks": marks_of([visit]),
        "reasons": Understanding.Why.choices,
        "is_today": visit.site_day.date == timezone.localdate(),
        "is_past": visit.state == Chain.State.DONE,
        "refusal": refusal,
    }
    return render(request, "bookings/visits/visit.html", context, status=refusal.status if refusal else 200)
