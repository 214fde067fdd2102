"""A tertial report as a PDF and as a CSV file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.refusals import Refusal
from agencies.web.csv_file import csv_file
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import for_roles
from motesplats.followup.tertial.find import READERS, found_or_404
from motesplats.followup.tertial.pages import rows_of
from motesplats.followup.tertial.paper import tertial_pdf


@require_safe
@for_roles(*READERS)
def tertial_paper(request: StaffRequest, site: str, year: int, tertial: int) -> HttpResponse:
    """The report on paper."""
    document = found_or_404(request, site, year, tertial, today=timezone.localdate()).document
    require_within_both("exports", request, request.user)
    try:
        pdf = tertial_pdf(document, at=timezone.now())
    except Refusal as refusal:
        context = {"document": document, "refusal": refusal}
        return render(request, "motesplats/followup/tertial/submit.html", context, status=refusal.status)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="tertial-{site}-{year}-{tertial}.pdf"'
    return answer


@require_safe
@for_roles(*READERS)
def tertial_file(request: StaffRequest, site: str, year: int, tertial: int) -> HttpResponse:
    """The report as rows."""
    document = found_or_404(request, site, year, tertial, today=timezone.localdate()).document
    require_within_both("exports", request, request.user)
    return csv_file(f"tertial-{site}-{year}-{tertial}", rows_of(document))
