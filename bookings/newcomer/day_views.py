"""The newcomer's link: a GET shows nothing personal and reads nothing, a POST opens the day."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_from_request

from agencies.languages import LANGUAGES
from agencies.read_log.notes import current_notes
from agencies.refusals import Refusal
from bookings.links.paper_code import verify_code
from bookings.links.tokens import CODE_LENGTH
from bookings.models import Link
from bookings.newcomer.access import FORM_METHODS, enter_link, hash_of_typed, keep_code, newcomer_page
from bookings.newcomer.calendar_file import calendar_file
from bookings.newcomer.pages import QUIET, gone, page
from bookings.parties.identities import may_be_messaged
from bookings.references import as_printed
from bookings.summons.compose import compose_page


@newcomer_page(paper_code=False, methods=FORM_METHODS)
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same first screen whatever the token; on POST the day, its calendar file, or the 404 page."""
    if request.method != "POST":
        return _first_screen(request, code=_scanned_code(request.GET.get("k", "")))
    code = _scanned_code(request.POST.get("k", ""))
    language = request.POST.get("language", "")
    if language not in LANGUAGES:
        return _first_screen(request, code=code, status=422)
    link = enter_link(token, code_hash=hash_of_typed(token, code) if code else "")
    if link is None:
        return gone(language)
    answer = _day(link, token, language, as_calendar="calendar" in request.POST)
    return _keep_scanned_code(answer, link, token, code) if code else answer


def _scanned_code(text: str) -> str:
    """The paper code that the letter's QR code brought, or "" if it cannot be one."""
    code = as_printed(text)
    return code if len(code) == CODE_LENGTH else ""


def _keep_scanned_code(answer: HttpResponse, link: Link, token: str, code: str) -> HttpResponse:
    """Keep the right code; a wrong one opens the day all the same, and the next page that needs it asks."""
    try:
        return keep_code(answer, token, verify_code(link=link, typed=code, at=timezone.now()))
    except Refusal as refusal:
        current_notes().refused = refusal.kind
        return answer


def _day(link: Link, token: str, language: str, *, as_calendar: bool) -> HttpResponse:
    summons = link.chain.summonses.select_related("chain").latest("version")
    letter = compose_page(summons, link, language=language)
    # A calendar is often shared, and copied to other people's machines.
    is_protected = not may_be_messaged(link.chain.party)
    if is_protected or not as_calendar:
        return page(
            "bookings/newcomer/day.html", language, page=letter, token=token, is_protected=is_protected
        )
    return HttpResponse(
        calendar_file(letter, made_at=summons.made_at),
        content_type="text/calendar; charset=utf-8",
        headers=QUIET | {"Content-Disposition": 'attachment; filename="motesplats.ics"'},
    )


def _first_screen(request: HttpRequest, *, code: str, status: int = 200) -> HttpResponse:
    spoken = get_language_from_request(request)
    return page("bookings/newcomer/open.html", spoken, status=status, languages=LANGUAGES.values(), code=code)
