"""The party's own checklist, behind the link and the paper code: all agencies' steps, the note, hide and delete."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from agencies.languages import LANGUAGES
from agencies.refusals import Refusal
from bookings.models import Link
from bookings.newcomer.access import FORM_METHODS, newcomer_page, site_of
from bookings.newcomer.pages import QUIET, gone, page
from bookings.summons.compose import phrases_are_checked
from checklists.models import Part
from checklists.steps.hide import delete_checklist, hide_checklist, show_checklist
from checklists.steps.note import write_note
from checklists.steps.sheet import is_draft, parts_of_chain, sheet_of, template_in_force


@newcomer_page(paper_code=True, methods=FORM_METHODS)
def own_checklist(request: HttpRequest, token: str, link: Link, language: str) -> HttpResponse:
    """What each office has done, how far it has come, what is next; on POST write the note, hide, show or delete.

    Pressed for another language, it keeps the note as it was typed.
    """
    is_switched = request.POST.get("switch", "") in LANGUAGES
    language = request.POST["switch"] if is_switched else language
    with override(language):
        parts = parts_of_chain(link.chain_id)
        if not parts or template_in_force(parts[0], on=timezone.localdate()) is None:
            return gone(language)
        if request.method != "POST" or is_switched:
            return _page(parts, request, language, link, token=token)
        try:
            return _do(request, parts[0], language, token=token)
        except Refusal as refusal:
            return _page(parts, request, language, link, token=token, refusal=refusal)


def _do(request: HttpRequest, part: Part, language: str, *, token: str) -> HttpResponse:
    """Do what the pressed button says, nothing for an unknown one, and show the list again. Raises Refusal."""
    button = request.POST.get("do", "")
    if verb := VERBS.get(button):
        verb(request, part, timezone.now())
    saved = "&saved=1" if button == "write" else ""
    address = reverse("checklists:own-checklist", args=[token])
    return HttpResponseRedirect(f"{address}?language={language}{saved}", headers=QUIET)


VERBS: dict[str, Callable[[HttpRequest, Part, datetime], object]] = {
    "hide": lambda _request, part, at: hide_checklist(part=part, at=at),
    "show": lambda _request, part, at: show_checklist(part=part, at=at),
    "delete": lambda _request, part, at: delete_checklist(part=part, at=at),
    "write": lambda request, part, at: write_note(
        party_id=part.party_id,
        text=request.POST.get("text", ""),
        seen=request.POST.get("seen", ""),
        by=None,
        at=at,
    ),
}


def _page(
    parts: list[Part],
    request: HttpRequest,
    language: str,
    link: Link,
    *,
    token: str,
    refusal: Refusal | None = None,
) -> HttpResponse:
    sheet = sheet_of(parts, on=timezone.localdate())
    if sheet is None:
        return gone(language)
    return page(
        "checklists/steps/newcomer_checklist.html",
        language,
        status=refusal.status if refusal else 200,
        token=token,
        help_site=site_of(link),
        sheet=sheet,
        owner=parts[0].owner,
        is_draft=is_draft(sheet) or not phrases_are_checked(language),
        refusal=refusal,
        typed=request.POST.get("text", sheet.note.text if sheet.note else ""),
        seen=sheet.note_version if refusal else request.POST.get("seen", sheet.note_version),
        is_saved=refusal is None and "saved" in request.GET,
    )
