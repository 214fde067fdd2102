"""What all pages of the newcomer share: response headers, language, and the answers of every link."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request

from agencies.languages import LANGUAGES
from agencies.refusals import Refusal
from bookings.links.paper_code import CodeClosed

# Not stored, not told to other sites, not indexed by search engines.
QUIET = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


def language_of(request: HttpRequest) -> str:
    """The language that the page before was in, otherwise what the phone asks for."""
    chosen = request.POST.get("language") or request.GET.get("language")
    return chosen if chosen in LANGUAGES else get_language_from_request(request)


def page(template: str, language: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The template rendered in the language, with the quiet headers."""
    spoken = LANGUAGES[language]
    body = render_to_string(template, context | {"language": spoken})
    return HttpResponse(body, status=status, headers=QUIET | {"Content-Language": spoken.html_lang})


def gone(language: str) -> HttpResponse:
    """404, the same for a link that never was, has ended or belongs to a cancelled day."""
    return page("bookings/newcomer/gone.html", language, status=404)


def code_page(
    request: HttpRequest, token: str, *, onward: str, refusal: Refusal | None = None
) -> HttpResponse:
    """The page that asks for the paper code, the same whatever the token.

    `onward` is the last part of the path to go on to. A POST that was not carried out is answered 422.
    """
    status = 422 if request.method == "POST" else 200
    return page(
        "bookings/newcomer/code.html",
        language_of(request),
        status=refusal.status if refusal else status,
        token=token,
        onward=onward,
        typed=request.POST.get("code", ""),
        refusal=refusal,
        is_closed=isinstance(refusal, CodeClosed),
    )
