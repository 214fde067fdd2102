"""The newcomer's link: without a session a GET shows nothing personal and reads nothing, a POST opens the day."""

from csp.constants import SELF
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from agencies.languages import LANGUAGES
from agencies.read_log.notes import current_notes
from agencies.refusals import Refusal
from bookings.answers.queries import own_answers
from bookings.links.paper_code import tries_left, verify_code
from bookings.links.tokens import CODE_LENGTH
from bookings.models import Link, LinkParty
from bookings.newcomer.access import (
    FORM_METHODS,
    SAFE_METHODS,
    closed_link,
    enter_link,
    hash_of_typed,
    is_past,
    language_in,
    newcomer_page,
    no_day,
    site_of,
)
from bookings.newcomer.calendar_file import calendar_file, cancelled_file
from bookings.newcomer.day import day_page, has_code, newest
from bookings.newcomer.day_state import is_today, load_today, map_query
from bookings.newcomer.limit import count_wrong, is_limited
from bookings.newcomer.pages import QUIET, language_of, page, phone_language, see, too_many_tries
from bookings.newcomer.session import begin_session, end_session, keep, open_session, send_cookie
from bookings.newcomer.spoken_elsewhere import other_languages
from bookings.newcomer.survey import NO_FACES, has_answered
from bookings.newcomer.ticks import ticked
from bookings.parties.identities import may_be_messaged
from bookings.references import as_printed


@newcomer_page(paper_code=False, methods=FORM_METHODS)
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The day, if this phone has opened it; otherwise the same first screen whatever the token. POST opens it."""
    if request.method == "POST":
        return _open(request, token)
    if "k" in request.GET:
        return _code_into_fragment(request, token)
    session = open_session(request, token, at=timezone.now())
    return _first_screen(request) if session is None else _day(request, token, session)


@newcomer_page(paper_code=False, methods=SAFE_METHODS)
def day_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The day as a calendar file; of a cancelled day, the file that takes it out again."""
    session = open_session(request, token, at=timezone.now())
    if session is None:
        return _first_screen(request)
    language = language_in(request, session)
    link = enter_link(token, code_hash=session["code"])
    if link and _is_protected(link):
        # A calendar is often shared, and copied to other people's machines.
        return see(reverse("bookings:open-link", args=[token]))
    if link:
        made_at = newest(link, session).made_at
        return _as_file(calendar_file(day_page(link, session, language), made_at=made_at))
    closed = closed_link(token)
    if closed is None or closed.is_over:
        return no_day(request, token, language)
    return _as_file(cancelled_file(closed))


@newcomer_page(paper_code=False, methods=("POST",))
def close_day(request: HttpRequest, token: str) -> HttpResponse:
    """Close what this phone has open of the link; the next look begins at the first screen, and needs the code."""
    answer = see(
        f"{reverse('bookings:open-link', args=[token])}?{urlencode({'language': language_of(request)})}"
    )
    end_session(request, answer, token)
    return answer


def _open(request: HttpRequest, token: str) -> HttpResponse:
    language, code = request.POST.get("language", ""), _scanned_code(request.POST.get("k", ""))
    if language not in LANGUAGES:
        return _first_screen(request, status=422)
    if is_limited(request):
        return too_many_tries(language)
    link = enter_link(token, code_hash=hash_of_typed(token, code) if code else "")
    if link is None and closed_link(token) is None:
        return no_day(request, token, language)
    session = begin_session(request, token, code_hash="", language=language, at=timezone.now())
    if link and code:
        _keep_scanned_code(request, session, link, code)
    return send_cookie(see(reverse("bookings:open-link", args=[token])), token, session)


def _scanned_code(text: str) -> str:
    """The paper code that the letter's QR code brought, or "" if it cannot be one."""
    code = as_printed(text)
    return code if len(code) == CODE_LENGTH else ""


def _keep_scanned_code(request: HttpRequest, session: SessionBase, link: Link, code: str) -> None:
    """Keep the right code; a wrong one opens the day all the same, and the next page that needs it asks."""
    try:
        keep(session, {"code": verify_code(link=link, typed=code, at=timezone.now())})
    except Refusal as refusal:
        current_notes().refused = refusal.kind
        count_wrong(request)
        keep(session, {"asked": {"typed": "", "left": tries_left(refusal)}})


def _code_into_fragment(request: HttpRequest, token: str) -> HttpResponse:
    """Letters of before had the code in the address: move it where history and servers do not see it."""
    code = _scanned_code(request.GET["k"])
    return see(reverse("bookings:open-link", args=[token]) + (f"#{code}" if code else ""))


def _day(request: HttpRequest, token: str, session: SessionBase) -> HttpResponse:
    """The day before it comes, on the day itself with now and next, or afterwards with what was done."""
    language, at = language_in(request, session), timezone.now()
    link = enter_link(token, code_hash=session["code"])
    if link is None:
        return no_day(request, token, language)
    knows_code, past = has_code(link, session), is_past(link, at=at)
    letter = day_page(link, session, language)
    shows_record = is_today(link, at=at) or (past and knows_code)
    answer = page(
        f"bookings/newcomer/{'after' if past else 'day'}.html",
        language,
        page=letter,
        token=token,
        help_site=site_of(link),
        has_code=knows_code,
        today=load_today(link, letter, at=at) if shows_record else None,
        has_answered=past and has_answered(link),
        typed=NO_FACES,
        ticked=ticked(request, token, keys=[document.key for document in letter.documents]),
        map_query=map_query(letter.place),
        answers=own_answers(link),
        is_protected=letter.is_protected,
        valid_until=link.valid_until,
        code_is_closed=session.get("asked", {}).get("left") == 0,
    )
    if letter.is_read_aloud:
        answer._csp_update = {"media-src": [SELF]}  # type: ignore[attr-defined]  # noqa: SLF001  as `csp_update` does
    return answer


def _is_protected(link: Link) -> bool:
    return not may_be_messaged(LinkParty.objects.get(chain=link.chain_id))


def _as_file(content: bytes) -> HttpResponse:
    disposition = {"Content-Disposition": 'attachment; filename="motesplats.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=QUIET | disposition)


def _first_screen(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    chosen = request.GET.get("language", "")
    spoken = chosen if chosen in LANGUAGES else phone_language(request)
    return page("bookings/newcomer/open.html", spoken, status=status, other_languages=other_languages())
