"""The results by year from imported figures, as a page and as files, and the import."""

from collections.abc import Callable, Iterator
from operator import attrgetter

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from agencies.models import Role
from agencies.web.csv_file import csv_file
from agencies.web.file_import import import_page
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from agencies.web.uploads import takes_file
from agencies.web.workbook import workbook_file
from motesplats.followup.history.figures_file import COLUMNS, FIELDS
from motesplats.followup.history.forms import FiguresFileForm
from motesplats.followup.history.import_figures import Imported, import_figures
from motesplats.followup.history.queries import imported_figures, replaced_figures
from motesplats.followup.history.results import YearlyResults, results_of
from motesplats.followup.history.table import ResultCell, columns, in_words, rows_of, total_of

READERS = (Role.COORDINATOR, Role.MANAGER, Role.SECRETARIAT)
FILES = {"csv": (csv_file, attrgetter("in_csv")), "xlsx": (workbook_file, attrgetter("in_workbook"))}


@require_safe
@for_roles(*READERS)
def results(request: StaffRequest) -> HttpResponse:
    """The years, and every imported figure as it was printed."""
    figures = list(imported_figures())
    found = results_of(figures)
    context = {
        "columns": columns(),
        "rows": rows_of(found),
        "total": total_of(found),
        "adds_up": found.total is None or found.total.number == found.sum,
        "figures": in_words(figures),
        "replaced": in_words(replaced_figures()),
    }
    return render(request, "motesplats/followup/history/results.html", context)


@require_safe
@for_roles(*READERS)
def results_file(request: StaffRequest, kind: str) -> HttpResponse:
    """The results table as CSV or workbook."""
    require_within_both("exports", request, request.user)
    write, in_file = FILES[kind]
    return write("results", _table(results_of(imported_figures()), in_file))


@require_safe
@for_roles(*READERS)
def imported_file(request: StaffRequest) -> HttpResponse:
    """Every imported figure in the columns in which it can be imported again."""
    require_within_both("exports", request, request.user)
    rows = ([getattr(one, field) for field in FIELDS] for one in imported_figures())
    return csv_file("imported-figures", [COLUMNS, *rows])


@takes_file
@for_roles(Role.SECRETARIAT)
@require_http_methods(["GET", "HEAD", "POST"])
def import_figures_page(request: StaffRequest) -> HttpResponse:
    """Choose a file; it is saved if all of it is right."""
    return import_page(
        request,
        "motesplats/followup/history/import.html",
        lambda values, content: said_words(
            import_figures(content=content, why=values["why"], by=request.user, at=timezone.now())
        ),
        columns=COLUMNS,
        back=reverse("followup:results"),
        form=FiguresFileForm,
    )


def said_words(done: Imported) -> str:
    """What is told after an import."""
    added = ngettext("%(number)s figure is new", "%(number)s figures are new", done.added)
    words = {
        "added": added % {"number": done.added},
        "replaced": done.replaced,
        "unchanged": done.unchanged,
    }
    return _("%(added)s, %(replaced)s replaced, %(unchanged)s stood here already.") % words


def _table(found: YearlyResults, in_file: Callable[[ResultCell], object]) -> Iterator[list[object]]:
    yield [_("Year"), _("Of what"), *columns()]
    for row in rows_of(found):
        yield [
            int(row.label) if row.label.isdigit() else row.label,
            row.scope,
            *(in_file(cell) for _label, cell in row.cells),
        ]
    yield [_("In all"), "", in_file(total_of(found)), *[""] * (len(columns()) - 1)]
