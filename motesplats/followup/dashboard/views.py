"""The page of figures, and each of its tables as a CSV file and a workbook."""

from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.models import Role
from agencies.web.csv_file import csv_file
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from agencies.web.workbook import workbook_file
from motesplats.followup.dashboard.forms import DashboardForm
from motesplats.followup.dashboard.look import Look, look
from motesplats.followup.dashboard.page import context_of, table_of
from motesplats.followup.dashboard.tables import Table
from motesplats.followup.figures.years import published_years

READERS = (Role.SECRETARIAT, Role.COORDINATOR, Role.MANAGER)


@require_safe
@for_roles(*READERS)
def dashboard(request: StaffRequest) -> HttpResponse:
    """All figures of what is chosen."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "motesplats/followup/dashboard/page.html", {"form": form}, status=400)
    chosen = look(form.asked, request.user)
    context = {"form": form, "look": chosen, "removable": _removable(form, chosen)} | context_of(chosen)
    return render(request, "motesplats/followup/dashboard/page.html", context)


@require_safe
@for_roles(*READERS)
def dashboard_file(request: StaffRequest, table: str, kind: str) -> HttpResponse:
    """One table of the page, with what is chosen there."""
    require_within_both("exports", request, request.user)
    form = _form(request)
    if not form.is_valid():
        return dashboard(request)
    found = table_of(look(form.asked, request.user), table)
    if found is None:
        raise Http404
    period = form.asked.period
    name = f"{table}-{period.first:%Y-%m}-{period.last:%Y-%m}"
    return _file(name, found, kind)


def _file(name: str, table: Table, kind: str) -> HttpResponse:
    """Numbers as a Swedish spreadsheet reads them: with a comma in text, as numbers in a workbook."""
    rows = table.saved_rows()
    if kind == "csv":
        return csv_file(name, [[_with_comma(cell) for cell in row] for row in rows])
    return workbook_file(
        name, [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in rows]
    )


def _with_comma(cell: object) -> str:
    return str(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def _form(request: StaffRequest) -> DashboardForm:
    return DashboardForm(request.GET.dict(), years=published_years(), today=timezone.localdate())


def _removable(form: DashboardForm, chosen: Look) -> list[tuple[str, str]]:
    """Each choice in words, and the address without it."""
    return [
        (f"{form.fields[name].label}: {form.word_of(name)}", chosen.link(**{name: ""}))
        for name in chosen.asked.chosen
    ]
