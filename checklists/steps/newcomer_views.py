"""The party's own checklist, behind the link and the paper code: all of it in one language, to hide or delete."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.refusals import Refusal
from bookings.newcomer.code_views import require_code
from bookings.newcomer.pages import gone, language_of, page
from checklists.models import Part
from checklists.steps.sheet import is_draft, parts_of_chain, sheet_of
from checklists.steps.tick import delete_checklist, hide_checklist, show_checklist, write_note


# Only a phone that keeps the paper code gets here, and no other site can make it send that.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_checklist(request: HttpRequest, token: str) -> HttpResponse:
    """What each office has done, how far it has come, what is next; the note; hide, show and delete."""
    link = require_code(request, token)
    if isinstance(link, HttpResponse):
        return link
    language = language_of(request)
    with override(language):
        parts = parts_of_chain(link.chain_id)
        refusal = _do(request, parts[0]) if request.method == "POST" and parts else None
        return _page(parts, request, language, token=token, refusal=refusal)


def _do(request: HttpRequest, part: Part) -> Refusal | None:
    verb = VERBS.get(request.POST.get("do", ""))
    try:
        if verb:
            verb(request, part, timezone.now())
    except Refusal as refusal:
        return refusal
    return None


VERBS: dict[str, Callable[[HttpRequest, Part, datetime], object]] = {
    "hide": lambda _request, part, at: hide_checklist(part=part, at=at),
    "show": lambda _request, part, at: show_checklist(part=part, at=at),
    "delete": lambda _request, part, at: delete_checklist(part=part, at=at),
    "write": lambda request, part, at: write_note(
        party_id=part.party_id, text=request.POST.get("text", ""), by=None, at=at
    ),
}


def _page(
    parts: list[Part], request: HttpRequest, language: str, *, token: str, refusal: Refusal | None
) -> HttpResponse:
    sheet = sheet_of(parts, on=timezone.localdate()) if parts else None
    if sheet is None:
        return gone(language)
    return page(
        "checklists/steps/newcomer_checklist.html",
        language,
        status=refusal.status if refusal else 200,
        token=token,
        sheet=sheet,
        owner=parts[0].owner,
        is_draft=is_draft(sheet),
        refusal=refusal,
        typed=request.POST.get("text") if refusal else (sheet.note.text if sheet.note else ""),
        is_saved=request.POST.get("do") == "write" and refusal is None,
    )
