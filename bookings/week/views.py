"""The week's page, what is edited of a person's day on it, and what is done with its days."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.models import Location, Role
from agencies.refusals import Refusal
from agencies.rosters.import_file import COLUMNS
from agencies.rosters.lists import file_rows, in_order, shifts_seen_by
from agencies.web.csv_file import csv_file
from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, for_roles
from agencies.web.workbook import workbook_file
from bookings.board.pages import location_asked, own_site
from bookings.week.cell_acts import CellPress
from bookings.week.day_acts import DayPress
from bookings.week.pages import EDITORS, address, edit_context, week_context
from bookings.week.press import day_named
from bookings.week.queries import WEEK, load_week

VIEWERS = (*AGENCY_ROLES, Role.HOST)


@for_roles(*VIEWERS)
@require_safe
def my_roster(request: StaffRequest, site: str = "") -> HttpResponse:
    """This week at the site that is named, else at the user's first one."""
    return redirect(reverse("bookings:roster", args=[own_site(request.user, site), timezone.localdate()]))


@for_roles(*VIEWERS)
@require_safe
def roster(request: StaffRequest, site: str, monday: date) -> HttpResponse:
    """The week; `person` and `day` open the form of a cell, `on` what is done with a day."""
    return show_week(request, location_asked(request, site), monday)


@for_roles(*VIEWERS)
@require_safe
def roster_file(request: StaffRequest, site: str, monday: date) -> HttpResponse:
    """The week's shifts as the file that an import takes, a workbook with `?format=xlsx`."""
    location = location_asked(request, site)
    span = monday, monday + timedelta(days=WEEK - 1)
    shifts = shifts_seen_by(request.user).filter(site_day__location=location, site_day__date__range=span)
    write = workbook_file if request.GET.get("format") == "xlsx" else csv_file
    return write(f"{site}-{monday:%G-W%V}", [COLUMNS, *file_rows(in_order(shifts))])


@for_roles(*EDITORS)
@require_POST
def roster_cell(request: StaffRequest, site: str, monday: date) -> HttpResponse:
    """Do with a person's day what the pressed button says."""
    location = location_asked(request, site)
    press = CellPress(request.POST, load_week(location, monday, viewer=request.user))
    try:
        said = press.carry_out(by=request.user, at=timezone.now())
    except Refusal as refusal:
        return show_week(request, location, monday, refusal=refusal, press=press)
    if not said:
        return show_week(request, location, monday, press=press)
    messages.success(request, said)
    return redirect(address(location, monday) + f"#{press.anchor}")


@for_roles(*EDITORS)
@require_POST
def roster_days(request: StaffRequest, site: str, monday: date) -> HttpResponse:
    """Open, close or copy days, or approve the week's drafts."""
    location = location_asked(request, site)
    press = DayPress(request.POST, load_week(location, monday, viewer=request.user))
    try:
        said = press.carry_out(by=request.user, at=timezone.now())
    except Refusal as refusal:
        return show_week(request, location, monday, refusal=refusal, days=press)
    if not said:
        return show_week(request, location, monday, days=press)
    messages.success(request, said)
    return redirect(address(location, monday))


def show_week(
    request: StaffRequest,
    location: Location,
    monday: date,
    *,
    refusal: Refusal | None = None,
    press: CellPress | None = None,
    days: DayPress | None = None,
) -> HttpResponse:
    """The page with what is opened on it, what was typed and what was refused."""
    context = week_context(location, monday, viewer=request.user, at=timezone.now())
    week, query = context["week"], request.POST if press or days else request.GET
    day = day_named(query.get("day", ""))
    worker = week.worker(query.get("person", ""))
    if worker and day and not days and context["edits"]:
        context |= edit_context(week, worker, day, context["picture"])
    if (on := day_named(query.get("on", ""))) and on in week.dates and context["coordinates"]:
        context |= {"on": on, "on_day": week.open_days.get(on), "shown_day": on}
        context["on_form"] = _on_form(context, on)
    status = refusal.status if refusal else 200
    for one in (press, days):
        if one:
            context |= one.context
            status = one.status or status
    context |= {"refusal": refusal if not any(one and one.form for one in (press, days)) else None}
    return render(request, "bookings/week/week.html", context, status=status)


def _on_form(context: dict[str, Any], on: date) -> Any:
    return type(context["day_form"])(initial={"date": on}, auto_id="on-%s")
