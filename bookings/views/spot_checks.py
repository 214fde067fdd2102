"""The manager's monthly spot check of the read log, as a page and as a file."""

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.hours import local
from agencies.models import Reading, Role, SpotCheck
from agencies.refusals import Refusal
from agencies.spot_checking import last_month, sample_of, sign_reading
from bookings.readings import party_references


@require_http_methods(["GET", "HEAD", "POST"])
def spot_check(request: HttpRequest) -> HttpResponse:
    """The sample, each reading with its form; a refused one keeps what was typed."""
    month, sample = _sample(request)
    refused: dict[str, Any] = {}
    if request.method == "POST":
        reading = _chosen(request, sample)
        typed = {name: request.POST.get(name, "") for name in ("verdict", "initials")}
        try:
            sign_reading(reading=reading, **typed, by=request.user, at=timezone.now())
            return redirect("spot-check")
        except Refusal as refusal:
            refused = {"reading": reading, "typed": typed, "refusal": refusal}
    context = {
        "month": month,
        "rows": _with_references(sample),
        "signed": sum(bool(reading.spot_checks.all()) for reading in sample),
        "verdicts": SpotCheck.Verdict.choices,
        "refused": refused,
    }
    return render(request, "bookings/spot_check.html", context, status=422 if refused else 200)


@require_safe
def spot_check_file(request: HttpRequest) -> HttpResponse:
    """The same sample with what has been signed, as CSV."""
    month, sample = _sample(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="spot-check-{month:%Y-%m}.csv"'
    headings = [_("When"), _("Who"), _("Role"), _("Party"), _("Person"), _("What"), _("Address"), _("Why")]
    writer = csv.writer(answer)
    writer.writerow([*headings, _("Signed")])
    writer.writerows(_line(*row) for row in _with_references(sample))
    return answer


def _sample(request: HttpRequest) -> tuple[date, list[Reading]]:
    """Last month's sample, for the manager of an agency."""
    if request.user.role != Role.MANAGER or request.user.agency is None:
        raise PermissionDenied
    month = last_month(at=timezone.now())
    return month, list(sample_of(agency=request.user.agency, month=month))


def _chosen(request: HttpRequest, sample: list[Reading]) -> Reading:
    asked = request.POST.get("reading", "")
    for reading in sample:
        if str(reading.pk) == asked:
            return reading
    raise Http404


def _with_references(sample: list[Reading]) -> list[tuple[Reading, str]]:
    """Each reading with the reference of the person's party."""
    references = party_references(reading.person for reading in sample)
    return [(reading, references.get(reading.person, "")) for reading in sample]


def _line(reading: Reading, reference: str) -> Iterator[str]:
    yield f"{local(reading.at):%Y-%m-%d %H:%M}"
    yield from (str(reading.user), reading.get_role_display(), reference, reading.short_person)
    yield from (reading.get_what_display(), reading.route, reading.get_why_display())
    yield "; ".join(
        f"{check.get_verdict_display()} {check.initials} {local(check.at):%Y-%m-%d}"
        for check in reading.spot_checks.all()
    )
