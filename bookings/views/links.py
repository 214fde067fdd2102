"""The newcomer's link: asking for it tells and changes nothing, the press of its button opens the day."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from agencies.languages import LANGUAGES
from agencies.secrecy import Viewer, enter
from bookings.calendar import calendar_file
from bookings.composing import compose_page
from bookings.links import hash_of
from bookings.models import Chain, Link

QUIET = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


# The press changes nothing that could be forged, and a browser that sends no referrer passes no CSRF check.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same first screen whatever the token; on its press the day, its calendar file, or that it is gone."""
    if request.method != "POST":
        return _first_screen(request)
    language = request.POST.get("language", "")
    if language not in LANGUAGES:
        return _first_screen(request, status=422)
    if link := _enter(token):
        return _day(link, language, as_calendar="calendar" in request.POST)
    return _page("gone", language, status=404)


def _enter(token: str) -> Link | None:
    """The link behind the token, once the walls let its holder through."""
    enter(Viewer(link=hash_of(token)))
    there = Link.objects.exclude(chain__state=Chain.State.CANCELLED)
    return there.select_related("chain").filter(token_hash=hash_of(token)).first()


def _day(link: Link, language: str, *, as_calendar: bool) -> HttpResponse:
    summons = link.chain.summonses.select_related("chain").latest("version")
    page = compose_page(summons, link, language=language)
    if not as_calendar:
        return _page("day", language, page=page)
    return HttpResponse(
        calendar_file(page, made_at=summons.made_at),
        content_type="text/calendar; charset=utf-8",
        headers=QUIET | {"Content-Disposition": 'attachment; filename="motesplats.ics"'},
    )


def _first_screen(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    return _page("open", get_language_from_request(request), status=status, languages=LANGUAGES.values())


def _page(name: str, language: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page that says nothing about its reader to anybody else."""
    spoken = LANGUAGES[language]
    body = render_to_string(f"newcomer/{name}.html", context | {"language": spoken})
    return HttpResponse(body, status=status, headers=QUIET | {"Content-Language": spoken.html_lang})
