"""The newcomer's link: asking for it tells and changes nothing, the press of its button opens the day."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.languages import LANGUAGES
from agencies.read_log.notes import current_notes
from agencies.refusals import Refusal
from bookings.links.paper_code import verify_code
from bookings.links.tokens import CODE_LENGTH, hash_of_code
from bookings.models import Link
from bookings.newcomer.calendar_file import calendar_file
from bookings.newcomer.code_views import keep_code
from bookings.newcomer.pages import QUIET, enter_link, gone, page
from bookings.references import as_printed
from bookings.summons.compose import compose_page


# The press changes nothing that could be forged, and a browser that sends no referrer passes no CSRF check.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same first screen whatever the token; on its press the day, its calendar file, or that it is gone."""
    if request.method != "POST":
        return _first_screen(request, code=_scanned(request.GET.get("k", "")))
    code = _scanned(request.POST.get("k", ""))
    language = request.POST.get("language", "")
    if language not in LANGUAGES:
        return _first_screen(request, code=code, status=422)
    link = enter_link(token, code=hash_of_code(code) if code else "")
    if link is None:
        return gone(language)
    answer = _day(link, token, language, as_calendar="calendar" in request.POST)
    return _keep_scanned(answer, link, token, code) if code else answer


def _scanned(typed: str) -> str:
    """The paper code that the letter's QR code brought, if it could be one."""
    code = as_printed(typed)
    return code if len(code) == CODE_LENGTH else ""


def _keep_scanned(answer: HttpResponse, link: Link, token: str, code: str) -> HttpResponse:
    """A wrong code opens the day as if there were none; the next page that needs it asks."""
    try:
        return keep_code(answer, token, verify_code(link=link, typed=code, at=timezone.now()))
    except Refusal as refusal:
        current_notes().refused = refusal.kind
        return answer


def _day(link: Link, token: str, language: str, *, as_calendar: bool) -> HttpResponse:
    summons = link.chain.summonses.select_related("chain").latest("version")
    letter = compose_page(summons, link, language=language)
    if not as_calendar:
        return page("bookings/newcomer/day.html", language, page=letter, token=token)
    return HttpResponse(
        calendar_file(letter, made_at=summons.made_at),
        content_type="text/calendar; charset=utf-8",
        headers=QUIET | {"Content-Disposition": 'attachment; filename="motesplats.ics"'},
    )


def _first_screen(request: HttpRequest, *, code: str, status: int = 200) -> HttpResponse:
    spoken = get_language_from_request(request)
    return page("bookings/newcomer/open.html", spoken, status=status, languages=LANGUAGES.values(), code=code)
