"""The party's own checklist, behind the link and the paper code: all agencies' steps, the note, hide and delete."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override

from agencies.refusals import Refusal
from bookings.models import Link
from bookings.newcomer.access import FORM_METHODS, newcomer_page
from bookings.newcomer.pages import gone, page
from checklists.models import Part
from checklists.steps.hide import delete_checklist, hide_checklist, show_checklist
from checklists.steps.note import write_note
from checklists.steps.sheet import is_draft, parts_of_chain, sheet_of


@newcomer_page(paper_code=True, methods=FORM_METHODS)
def own_checklist(request: HttpRequest, token: str, link: Link, language: str) -> HttpResponse:
    """What each office has done, how far it has come, what is next; on POST write the note, hide, show or delete."""
    with override(language):
        parts = parts_of_chain(link.chain_id)
        refusal = _do(request, parts[0]) if request.method == "POST" and parts else None
        return _page(parts, request, language, token=token, refusal=refusal)


def _do(request: HttpRequest, part: Part) -> Refusal | None:
    """Do what the pressed button says, nothing for an unknown one; the refusal if there is one."""
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
