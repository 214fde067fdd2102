"""The manager's monthly spot check of the read log, as a page and as a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.clock import local
from agencies.models import Reading, Role, SpotCheck
from agencies.read_log.spot_checks import last_month, sample_of, sign_reading
from agencies.refusals import Refusal
from agencies.web.csv_file import csv_file
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from bookings.readings.queries import party_references


@dataclass(slots=True)
class Row:
    """A reading of the sample with the party's reference, and the form's values and errors if it was refused."""

    reading: Reading
    reference: str
    verdict: str = ""
    initials: str = ""
    errors: Mapping[str, list[str]] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.MANAGER, of_an_agency=True)
def spot_check(request: StaffRequest) -> HttpResponse:
    """Last month's sample, each reading with its form; POST signs one reading."""
    month, rows = _sample(request)
    status = 200
    if request.method == "POST":
        row = _chosen(request, rows)
        row.verdict, row.initials = request.POST.get("verdict", ""), request.POST.get("initials", "")
        try:
            sign_reading(
                reading=row.reading,
                verdict=row.verdict,
                initials=row.initials,
                by=request.user,
                at=timezone.now(),
            )
            return redirect("bookings:spot-check")
        except Refusal as refusal:
            row.errors, status = refusal.errors, refusal.status
    context = {
        "month": month,
        "rows": rows,
        "signed": sum(bool(row.reading.spot_checks.all()) for row in rows),
        "verdicts": SpotCheck.Verdict.choices,
    }
    return render(request, "bookings/readings/spot_check.html", context, status=status)


@require_safe
@for_roles(Role.MANAGER, of_an_agency=True)
def spot_check_file(request: StaffRequest) -> HttpResponse:
    """The sample and its signatures as CSV."""
    require_within_both("exports", request, request.user)
    month, rows = _sample(request)
    headings = [_("When"), _("Who"), _("Role"), _("Party"), _("Person"), _("What"), _("Address"), _("Why")]
    return csv_file(f"spot-check-{month:%Y-%m}", [[*headings, _("Signed")], *map(_line, rows)])


def _sample(request: StaffRequest) -> tuple[date, list[Row]]:
    """Last month's sample of the readings of the manager's agency."""
    month, agency = last_month(at=timezone.now()), request.user.agency
    assert agency is not None, "for_roles lets nobody without an agency in"
    sample = list(sample_of(agency=agency, month=month))
    references = party_references(reading.person for reading in sample)
    return month, [Row(reading, references.get(reading.person, "")) for reading in sample]


def _chosen(request: StaffRequest, rows: list[Row]) -> Row:
    asked = request.POST.get("reading", "")
    for row in rows:
        if str(row.reading.pk) == asked:
            return row
    raise Http404


def _line(row: Row) -> Iterator[str]:
    reading = row.reading
    yield f"{local(reading.at):%Y-%m-%d %H:%M}"
    yield from (str(reading.user), reading.get_role_display(), row.reference, reading.short_person)
    yield from (reading.get_what_display(), reading.route, reading.get_why_display())
    yield "; ".join(
        f"{check.get_verdict_display()} {check.initials} {local(check.at):%Y-%m-%d}"
        for check in reading.spot_checks.all()
    )
