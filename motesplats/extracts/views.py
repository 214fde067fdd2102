"""Pages of an extract: ask for it, wait for it, fetch it as JSON or PDF."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.dispatches.outbox import Delivery, delivery_of
from agencies.models import Reading
from agencies.read_log.log import log_reading
from agencies.refusals import Refusal
from agencies.web.limits import require_within_both
from agencies.web.requests import StaffRequest
from agencies.web.roles import AGENCY_ROLES, for_roles
from bookings.extracts.wishes import open_wishes, settle_wish
from bookings.models import Chain, Extract, Newcomer
from bookings.models.expected import at_hand
from motesplats.extracts.ask import KIND, ask_extract


@require_POST
def ask(request: StaffRequest, key: UUID) -> HttpResponse:
    """Ask for an extract of what the user's agency holds about the person."""
    newcomer = get_object_or_404(Newcomer, at_hand("party_id"), key=key)
    require_within_both("extracts", request, request.user)
    try:
        extract = ask_extract(newcomer=newcomer, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return render(request, "motesplats/extracts/page.html", {"refusal": refusal}, status=refusal.status)
    return redirect("extracts:extract", extract.key)


@for_roles(*AGENCY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def wish_list(request: StaffRequest) -> HttpResponse:
    """What people have asked of the user's agency; POST settles one that has been answered in another way."""
    if request.method == "POST":
        wish = get_object_or_404(open_wishes(), pk=_key(request.POST.get("wish", "")))
        settle_wish(wish=wish, by=request.user, at=timezone.now())
        return redirect("extracts:extract-wishes")
    wishes = list(open_wishes())
    booked = Chain.objects.filter(reference__in=[wish.chain_reference for wish in wishes])
    own = set(booked.filter(party__owner=request.user.agency_id).values_list("reference", flat=True))
    return render(request, "motesplats/extracts/wishes.html", {"wishes": wishes, "own": own})


def _key(typed: str) -> int:
    """The key that a form brought; 0, which no row has, if it is none."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


@require_safe
def extract_page(request: StaffRequest, key: UUID) -> HttpResponse:
    """The state of the extract; the page polls until it is ready."""
    extract = get_object_or_404(Extract.objects.defer("content", "pdf"), key=key)
    template = "motesplats/extracts/_extract_state.html" if request.htmx else "motesplats/extracts/page.html"
    delivery = delivery_of(kind=KIND, subject=extract.pk, at=timezone.now())
    context = {
        "extract": extract,
        "delivery": delivery,
        "waits": extract.state != Extract.State.READY and delivery != Delivery.FAILED,
    }
    return render(request, template, context)


@require_safe
def extract_json(request: StaffRequest, key: UUID) -> HttpResponse:
    """The extract as JSON."""
    extract = _ready(key)
    content = {
        "agency": str(extract.agency),
        "made_at": extract.made_at,
        "language": extract.language,
        "held": extract.content,
    }
    require_within_both("exports", request, request.user)
    return _fetched(JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2}), "json")


@require_safe
def extract_pdf(request: StaffRequest, key: UUID) -> HttpResponse:
    """The extract as PDF, for the person."""
    require_within_both("exports", request, request.user)
    return _fetched(HttpResponse(bytes(_ready(key).pdf or b""), content_type="application/pdf"), "pdf")


def _ready(key: UUID) -> Extract:
    """The finished extract, written to the read log. Raises Http404."""
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
