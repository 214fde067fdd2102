"""What every page of the newcomer's has in common: it is quiet outwards, in one language, for one link."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request

from agencies.languages import LANGUAGES
from agencies.secrecy.context import Viewer, enter
from bookings.links.tokens import hash_of
from bookings.models import Chain, Link

QUIET = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


def enter_link(token: str, *, code: str = "") -> Link | None:
    """The link behind the token, once the walls let its holder through; `code` is the paper code's hash."""
    enter(Viewer(link=hash_of(token), code=code))
    there = Link.objects.exclude(chain__state=Chain.State.CANCELLED)
    return there.select_related("chain").filter(token_hash=hash_of(token)).first()


def language_of(request: HttpRequest) -> str:
    """The language that the page before was in, otherwise what the phone asks for."""
    said = request.POST.get("language") or request.GET.get("language")
    return said if said in LANGUAGES else get_language_from_request(request)


def page(template: str, language: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page that says nothing about its reader to anybody else."""
    spoken = LANGUAGES[language]
    body = render_to_string(template, context | {"language": spoken})
    return HttpResponse(body, status=status, headers=QUIET | {"Content-Language": spoken.html_lang})


def gone(language: str) -> HttpResponse:
    """The same for a link that never was, has ended or belongs to a cancelled day."""
    return page("bookings/newcomer/gone.html", language, status=404)
