"""A site's capacity against its inflow: the page, what is expected in a month, and the weeks as a file."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from agencies.models import Role, Site
from agencies.web.csv_file import csv_file
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.capacity.days import WeekAhead
from bookings.capacity.expect import SAYERS, expect
from bookings.capacity.forecast_file import month_of
from bookings.capacity.forms import MonthForm
from bookings.capacity.outcome import latest
from bookings.capacity.pages import MONTHS, capacity_context, load_ahead, site_asked, sites_seen, within
from bookings.capacity.queries import said_of
from bookings.capacity.spread import months_from

VIEWERS = (Role.COORDINATOR, Role.MANAGER, Role.SECRETARIAT)


@for_roles(*VIEWERS)
@require_safe
def my_capacity(request: StaffRequest) -> HttpResponse:
    """The first site of the user."""
    site = next(iter(sites_seen(request.user)), None)
    if site is None:
        raise Http404
    return redirect("bookings:capacity", site.code)


@for_roles(*VIEWERS)
@require_safe
def capacity(request: StaffRequest, site: str) -> HttpResponse:
    """The weeks ahead; `month` chooses the month whose forecast stands in the form."""
    return show(request, site_asked(request.user, site), _month(request.GET.get("month", "")))


@for_roles(*SAYERS)
@require_POST
def save_month(request: StaffRequest, site: str) -> HttpResponse:
    """Save what is expected in the month."""
    found = site_asked(request.user, site)
    month = _month(request.POST.get("month", ""))
    homes = list(found.municipalities.order_by("-is_host", "code"))
    form = MonthForm(
        request.POST, municipalities=homes, month=month, said=list(latest(said_of(found)).values())
    )
    said = 0

    def verb(_typed: dict[str, Any]) -> None:
        nonlocal said
        said = expect(site=found, numbers=form.numbers(), by=request.user, at=timezone.now())

    if not form.is_accepted(verb):
        return show(request, found, month, form=form)
    messages.success(request, said_words(said))
    return redirect(reverse("bookings:capacity", args=[found.code]) + f"?month={month:%Y-%m}#forecast")


def said_words(number: int) -> str:
    """What is told after saving."""
    if not number:
        return _("Nothing has changed since it was last said.")
    return ngettext("%(number)s forecast is saved.", "%(number)s forecasts are saved.", number) % {
        "number": number
    }


@for_roles(*VIEWERS)
@require_safe
def capacity_file(request: StaffRequest, site: str) -> HttpResponse:
    """The weeks' table as CSV."""
    found = site_asked(request.user, site)
    _ahead, weeks = load_ahead(found, today=timezone.localdate())
    return csv_file(f"{found.code}-capacity", _rows(weeks))


def _rows(weeks: Sequence[WeekAhead]) -> Iterator[list[object]]:
    yield [
        *(_("Week"), _("Monday"), _("Days"), _("Places"), _("Parties booked")),
        *(_("Expected"), _("Lowest"), _("Highest"), _("Room left")),
    ]
    for week in weeks:
        expected = [week.likely, *week.span] if week.expected else ["", "", ""]
        number = f"{week.monday:%G-W%V}"
        yield [number, week.monday, week.days, week.places, week.parties, *expected, week.left]


def show(request: StaffRequest, site: Site, month: date, *, form: MonthForm | None = None) -> HttpResponse:
    """The page, with the form as it was typed if it was refused."""
    context = capacity_context(site, month=month, viewer=request.user, today=timezone.localdate())
    held, judged, error = within(context["past"])
    context |= {"held": held, "judged": judged, "error": error}
    if form:
        context["month_form"] = form
    status = form.status if form else 200
    return render(request, "bookings/capacity/capacity.html", context, status=status)


def _month(typed: str) -> date:
    """The month that is named, if it can be said what is expected in it, else the next one."""
    months = months_from(timezone.localdate(), MONTHS)
    found = month_of(typed)
    return found if found in months else months[1]
