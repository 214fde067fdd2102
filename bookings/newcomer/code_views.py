"""The page that takes the paper code."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import override

from agencies.languages import LANGUAGES
from agencies.read_log.notes import current_notes
from agencies.refusals import Refusal
from bookings.links.paper_code import refusal_after, tries_left, verify_code
from bookings.models import Link
from bookings.newcomer.access import (
    FORM_METHODS,
    enter_link,
    hash_of_typed,
    language_in,
    newcomer_page,
    no_day,
)
from bookings.newcomer.kept import START, form_of, page_behind, still_kept
from bookings.newcomer.limit import count_wrong, is_limited
from bookings.newcomer.pages import code_page, language_of, see, too_many_tries
from bookings.newcomer.session import begin_session, keep, open_session, send_cookie
from bookings.references import as_printed

Fields = list[tuple[str, str]]


@newcomer_page(paper_code=False, methods=FORM_METHODS)
def type_code(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the paper code; with the right one, go on to the page, or carry out the form, that needed it."""
    if request.method != "POST":
        return _ask(request, token)
    language, typed = language_of(request), request.POST.get("code", "")
    if is_limited(request):
        return too_many_tries(language)
    link = enter_link(token, code_hash=hash_of_typed(token, as_printed(typed)))
    if link is None:
        return no_day(request, token, language)
    switched = request.POST.get("switch", "")
    if switched in LANGUAGES:
        return _ask_again(request, token, link, switched, refusal=None)
    try:
        with override(language):
            code_hash = verify_code(link=link, typed=typed, at=timezone.now())
    except Refusal as refusal:
        current_notes().refused = refusal.kind
        count_wrong(request)
        return _ask_again(request, token, link, language, refusal=refusal)
    return _go_on(request, token, language, code_hash)


def _ask(request: HttpRequest, token: str) -> HttpResponse:
    """The page as it was left: with what was typed last and why it was refused, if the phone's session knows."""
    session = open_session(request, token, at=timezone.now())
    language = language_in(request, session)
    asked: dict[str, Any] = session.get("asked", {}) if session else {}
    onward = request.GET.get("onward", START)
    if not asked:
        return code_page(token, language, onward=onward)
    link = enter_link(token)
    if link is None:
        return no_day(request, token, language)
    with override(language):
        refusal = None if asked["left"] is None else refusal_after(left=asked["left"])
    return code_page(
        token, language, onward=onward, typed=asked["typed"], refusal=refusal, phone=_phone(link)
    )


def _ask_again(
    request: HttpRequest, token: str, link: Link, language: str, *, refusal: Refusal | None
) -> HttpResponse:
    """Lead back to the page; with a form that waits, answer at once, because no session keeps a form."""
    onward, typed, kept = (
        request.POST.get("onward", START),
        request.POST.get("code", ""),
        still_kept(request.POST),
    )
    if kept:
        return code_page(
            token,
            language,
            onward=onward,
            typed=typed,
            refusal=refusal,
            phone=_phone(link),
            kept=kept,
            status=refusal.status if refusal else 200,
        )
    asked = {"typed": typed[:40], "left": None if refusal is None else tries_left(refusal)}
    session = _session(request, token, language)
    keep(session, {"asked": asked, "language": language})
    query = urlencode({"onward": onward, "language": language})
    return send_cookie(see(f"{reverse('bookings:type-code', args=[token])}?{query}"), token, session)


def _session(request: HttpRequest, token: str, language: str) -> SessionBase:
    """The phone's session, or a new one that has seen no code."""
    at = timezone.now()
    return open_session(request, token, at=at) or begin_session(
        request, token, code_hash="", language=language, at=at
    )


def _go_on(request: HttpRequest, token: str, language: str, code_hash: str) -> HttpResponse:
    session = begin_session(request, token, code_hash=code_hash, language=language, at=timezone.now())
    kept: Fields = still_kept(request.POST)
    address, query, match = page_behind(token, request.POST.get("onward", ""))
    if not kept:
        answer: HttpResponse = see(f"{address}?{f'{query}&' if query else ''}language={language}")
    else:
        current_notes().route = match.url_name or ""
        request.path = request.path_info = address
        request.GET, request.POST = QueryDict(query), form_of(kept)  # type: ignore[assignment]  # of the same class
        answer = match.func(request, *match.args, **match.kwargs)
    return send_cookie(answer, token, session)


def _phone(link: Link) -> str:
    return link.chain.site_day.location.site.phone
