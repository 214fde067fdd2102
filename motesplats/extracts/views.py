"""An extract in the browser: asked for on the person's page, waited for, fetched as a file or as a PDF."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.models import Reading
from agencies.read_log.log import log_reading
from agencies.refusals import Refusal
from bookings.extracts.sources import ask_extract
from bookings.models import Extract, Newcomer


@require_POST
def ask(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask for what the user's agency holds about the person."""
    newcomer = get_object_or_404(Newcomer, key=key)
    try:
        extract = ask_extract(newcomer=newcomer, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return render(request, "motesplats/extracts/page.html", {"refusal": refusal}, status=refusal.status)
    return redirect("extracts:extract", extract.key)


@require_safe
def extract_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far it has come; the page asks again by itself until it is ready."""
    extract = get_object_or_404(Extract.objects.defer("content", "pdf"), key=key)
    template = "motesplats/extracts/_extract_state.html" if request.htmx else "motesplats/extracts/page.html"
    return render(request, template, {"extract": extract})


@require_safe
def extract_json(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is held, for a program."""
    extract = _ready(key)
    content = {
        "agency": str(extract.agency),
        "made_at": extract.made_at,
        "language": extract.language,
        "held": extract.content,
    }
    return _fetched(JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2}), "json")


@require_safe
def extract_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is held, to be read by the person."""
    return _fetched(HttpResponse(bytes(_ready(key).pdf), content_type="application/pdf"), "pdf")


def _ready(key: UUID) -> Extract:
    """The extract, once it is made; who fetches it has read of the person."""
    made = Extract.objects.select_related("agency__municipality", "newcomer").exclude(made_at=None)
    extract = get_object_or_404(made, key=key)
    log_reading(
        people=[extract.newcomer.key],
        what=Reading.What.EXPORT,
        why=Reading.Why.EXPORT,
        at=timezone.now(),
    )
    return extract


def _fetched(answer: HttpResponse, ending: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="extract.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
