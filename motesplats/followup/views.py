"""The secretariat's figures, as a page and as a file."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.models import Role
from agencies.web.csv_file import csv_file
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.followup.forms import FiguresForm
from motesplats.followup.pictures import STEP, bars_of
from motesplats.followup.queries import figures_of, years_with_figures
from motesplats.followup.tables import Table, quarter_of, table_of

HIDDEN = "–"


@require_safe
@for_roles(Role.SECRETARIAT)
def figures(request: StaffRequest) -> HttpResponse:
    """Sites and months of what is asked for."""
    form = _form(request)
    if not form.is_valid():
        return render(request, "motesplats/followup/figures.html", {"form": form, "table": None}, status=400)
    table = _table(form)
    context: dict[str, object] = {"form": form, "table": table, "query": urlencode(form.cleaned_data)}
    if table:
        context |= {"bars": list(bars_of(table)), "width": STEP * len(table.months)}
    return render(request, "motesplats/followup/figures.html", context)


@require_safe
@for_roles(Role.SECRETARIAT)
def figures_file(request: StaffRequest) -> HttpResponse:
    """The same table as CSV."""
    require_within_both("exports", request, request.user)
    form = _form(request)
    if not form.is_valid():
        return figures(request)
    name = "-".join(str(part) for part in form.cleaned_data.values() if part)
    table = _table(form)
    return csv_file(f"figures-{name}", _rows(table) if table else ())


def _rows(table: Table) -> Iterator[list[object]]:
    yield [_("Site"), *(f"{month:%Y-%m}" for month in table.months), _("In all")]
    for line in (*table.lines, table.country):
        yield [line.name, *(HIDDEN if count is None else count for count in line.cells)]


def _form(request: HttpRequest) -> FiguresForm:
    """The measure, year and quarter asked for."""
    return FiguresForm(request.GET.dict(), years=years_with_figures(), this_year=timezone.localdate().year)


def _table(form: FiguresForm) -> Table | None:
    """The table asked for, unless nobody was booked that year."""
    asked = form.cleaned_data
    found = list(figures_of(asked["year"]))
    if not found:
        return None
    table = table_of(found, measure=asked["measure"], year=asked["year"])
    return quarter_of(table, asked["quarter"]) if asked["quarter"] else table
