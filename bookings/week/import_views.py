"""A roster's file: looked at first, saved by a second press."""

import re
from collections import Counter
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Location
from agencies.refusals import Refusal
from agencies.rosters.import_file import COLUMNS, RosterRow
from agencies.rosters.import_roster import ImportPlan, import_roster, preview_roster
from agencies.web.csv_file import csv_file
from agencies.web.csv_rows import cells_by_row, corrected, wrong_rows
from agencies.web.forms import RefusableForm
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from agencies.web.uploads import takes_file
from agencies.web.whole_file import FileNotUsable
from agencies.web.workbook import BEGINNING
from bookings.board.pages import location_asked
from bookings.week.pages import EDITORS, address
from bookings.week.picture import hours_of

# The file that was looked at comes back with the second press, signed: what is saved is what was shown.
SALT, KEPT = "roster-import", 3600  # seconds
EXAMPLE = ("2026-12-08", "{site}", "", "FK", "fk.anna", "08:30", "16:00", "12:00", "12:45", "false")
SHOWN = 100  # rows of the preview
CELL = re.compile(r"cell-(\d{1,5})-(\d)", re.ASCII)  # a wrong cell's field, by row and column
MOST_TYPED = 200  # characters


class RosterFileForm(RefusableForm):
    file = forms.FileField(
        label=_("File"), help_text=_("CSV or Excel, at most 5,000 rows and 1 MB"), allow_empty_file=True
    )


@takes_file
@for_roles(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def roster_import(request: StaffRequest, site: str) -> HttpResponse:
    """Choose a file; see what would come of it, or what is wrong with it; save it."""
    location = location_asked(request, site)
    if "seen" in request.POST:
        return _second_press(request, location)
    if request.method == "POST":
        return _look(request, location)
    return _page(request, location, RosterFileForm())


@for_roles(*EDITORS)
@require_safe
def roster_template(request: StaffRequest, site: str) -> HttpResponse:
    """A file with the header and one row as an example."""
    location_asked(request, site)
    return csv_file(f"{site}-template", [COLUMNS, [cell.format(site=site) for cell in EXAMPLE]])


def _look(request: StaffRequest, location: Location) -> HttpResponse:
    form = RosterFileForm(request.POST, files=request.FILES)
    if not form.is_valid():
        return _page(request, location, form, status=form.status)
    content = form.cleaned_data["file"].read()
    if content.startswith(BEGINNING) and cells_by_row(content):
        content = corrected(content, {})  # a workbook is larger
    return _shown(request, location, content, name=form.cleaned_data["file"].name)


def _shown(request: StaffRequest, location: Location, content: bytes, *, name: str = "") -> HttpResponse:
    """The preview, or the rows that are wrong."""
    found: dict[str, Any] = {"name": name}
    try:
        plan = preview_roster(content=content, by=request.user)
    except FileNotUsable as refusal:
        wrong = wrong_rows(content, refusal.rows, COLUMNS)
        found |= {"refusal": refusal, "wrong": wrong, "seen": _signed(content)}
        found["can_correct"] = any(is_wrong for row in wrong for _column, _cell, is_wrong in row.cells)
        return _page(request, location, RosterFileForm(), status=refusal.status, **found)
    found |= {"plan": plan, "counts": _counts(plan), "changes": _changes(plan)}
    found["seen"] = _signed(content)
    return _page(request, location, RosterFileForm(), **found)


def _signed(content: bytes) -> str:
    return signing.dumps(content.decode("latin-1"), salt=SALT, compress=True)


def _second_press(request: StaffRequest, location: Location) -> HttpResponse:
    """Look at the file again with the cells that were corrected, or save it."""
    try:
        content = signing.loads(request.POST["seen"], salt=SALT, max_age=KEPT).encode("latin-1")
    except signing.BadSignature:
        gone = Refusal(gettext("Choose the file again; too much time has passed."))
        return _page(request, location, RosterFileForm(), refusal=gone, status=gone.status)
    name = request.POST.get("name", "")[:100]
    if cells := _corrections(request.POST):
        return _shown(request, location, corrected(content, cells), name=name)
    return _save(request, location, content)


def _corrections(posted: QueryDict) -> dict[tuple[int, int], str]:
    """What was typed into wrong cells, by row and column."""
    found = ((CELL.fullmatch(name), text) for name, text in posted.items())
    cells = {(int(name[1]), int(name[2])): str(text)[:MOST_TYPED] for name, text in found if name}
    return {place: text for place, text in cells.items() if place[1] < len(COLUMNS)}


def _save(request: StaffRequest, location: Location, content: bytes) -> HttpResponse:
    try:
        created, changed = import_roster(content=content, by=request.user, at=timezone.now())
    except FileNotUsable:
        return _shown(request, location, content)
    except Refusal as refusal:
        return _page(request, location, RosterFileForm(), refusal=refusal, status=refusal.status)
    words = {"created": created, "changed": changed}
    messages.success(request, gettext("Saved: %(created)s new shifts, %(changed)s changed.") % words)
    dates = [cells[0][:10] for cells in cells_by_row(content).values() if cells]
    return redirect(address(location, _first_week(dates)))


def _first_week(dates: list[str]) -> date:
    """The first of the dates that can be read, else today."""
    found = []
    for typed in dates:
        try:
            found.append(date.fromisoformat(typed.strip()))
        except ValueError:
            continue
    return min(found, default=timezone.localdate())


def _counts(plan: ImportPlan) -> list[tuple[str, int, int, int]]:
    """By agency how many shifts are new, changed and as before; interpreters have none."""
    new, changed, same = (
        Counter(row.row.agency for row in rows)
        for rows in (plan.created, [row for _shift, row in plan.changed], plan.same)
    )
    return [(code, new[code], changed[code], same[code]) for code in sorted({*new, *changed, *same})]


def _changes(plan: ImportPlan) -> list[tuple[RosterRow, tuple[str, str] | None]]:
    """The rows that change something, each with the hours before, in the order of the file; the first hundred."""
    rows: list[tuple[RosterRow, tuple[str, str] | None]] = [(row.row, None) for row in plan.created]
    rows += [(row.row, hours_of(shift)) for shift, row in plan.changed]
    return sorted(rows, key=lambda one: one[0].number)[:SHOWN]


def _page(
    request: StaffRequest, location: Location, form: RosterFileForm, *, status: int = 200, **found: Any
) -> HttpResponse:
    context = {"location": location, "site": location.site, "form": form, "columns": COLUMNS} | found
    context["monday"] = timezone.localdate()
    return render(request, "bookings/week/import.html", context, status=status)
