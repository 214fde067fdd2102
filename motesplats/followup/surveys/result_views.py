"""The pages and files of what surveys say."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.web.csv_file import csv_file
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.followup.surveys.faces import QUESTIONS, faces_told, label_of, last_month_told, rows_of_faces
from motesplats.followup.surveys.queries import LEADERS, rounds_of
from motesplats.followup.surveys.results import results_beside, rows_of
from motesplats.models import SurveyRound


@require_safe
@for_roles(*LEADERS)
def survey_results(request: StaffRequest, row: int) -> HttpResponse:
    """A round beside the others of the same survey and place."""
    one = _round(request, row)
    results = results_beside(one, today=timezone.localdate())
    return render(request, "motesplats/followup/surveys/results.html", {"round": one, "results": results})


@require_safe
@for_roles(*LEADERS)
def survey_results_file(request: StaffRequest, row: int) -> HttpResponse:
    """The same as CSV."""
    one = _round(request, row)
    require_within_both("exports", request, request.user)
    return csv_file(f"survey-{one.instrument_id}", rows_of(results_beside(one, today=timezone.localdate())))


@require_safe
@for_roles(*LEADERS)
def survey_faces(request: StaffRequest) -> HttpResponse:
    """What newcomers answered after their day."""
    today = timezone.localdate()
    context = {
        "rows": faces_told(today=today),
        "questions": [label_of(question) for question in QUESTIONS],
        "until": last_month_told(today),
    }
    return render(request, "motesplats/followup/surveys/faces.html", context)


@require_safe
@for_roles(*LEADERS)
def survey_faces_file(request: StaffRequest) -> HttpResponse:
    """The same as CSV."""
    require_within_both("exports", request, request.user)
    return csv_file("survey-faces", rows_of_faces(faces_told(today=timezone.localdate())))


def _round(request: StaffRequest, row: int) -> SurveyRound:
    return get_object_or_404(rounds_of(request.user), pk=row)
