"""What all pages of the newcomer share: response headers, language, and the answers of every link."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation.trans_real import parse_accept_lang_header

from agencies.languages import LANGUAGES, understood
from agencies.refusals import Refusal
from bookings.links.paper_code import CodeClosed
from bookings.newcomer.limit import wait_seconds

# Not stored, not told to other sites, not indexed by search engines.
QUIET = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
TOO_MANY = 429


def language_of(request: HttpRequest, default: str = "") -> str:
    """The language that was chosen, otherwise `default` (what the link was opened in), otherwise the phone's."""
    chosen = request.POST.get("language") or request.GET.get("language") or default
    return chosen if chosen in LANGUAGES else phone_language(request)


def phone_language(request: HttpRequest) -> str:
    """The first language that the phone asks for and we have, Swedish if none."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    return next((code for tag, _quality in asked if (code := understood(tag))), "sv")


def page(template: str, language: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The template rendered in the language, with the quiet headers and a way to the other languages.

    `help_site` is the site whose telephone number stands at the edge; without it the page leads to all numbers.
    """
    spoken = LANGUAGES[language]
    shared = {"languages": LANGUAGES.values(), "national_phone": settings.HELP_PHONE}
    body = render_to_string(template, shared | context | {"language": spoken})
    return HttpResponse(body, status=status, headers=QUIET | {"Content-Language": spoken.html_lang})


def said_beside(refusal: Refusal | None, *fields: str) -> dict[str, str]:
    """What is wrong with each of a form's fields, by its name; empty where nothing is."""
    errors = refusal.errors if refusal else {}
    return {name: str(next(iter(errors.get(name, ())), "")) for name in fields}


def see(address: str) -> HttpResponseRedirect:
    """Go on and fetch the address, so that Back and reload never send a form again."""
    return HttpResponseRedirect(address, headers=QUIET)


def gone(language: str) -> HttpResponse:
    """404, the same for a link that never was and for one that a newer letter has replaced."""
    return page("bookings/newcomer/gone.html", language, status=404)


def error_page(status: int, language: str) -> HttpResponse:
    """What goes wrong below the newcomer's addresses, in words; asks neither database nor Redis."""
    return page("bookings/newcomer/error.html", language, status=status, code=status)


def too_many_tries(language: str) -> HttpResponse:
    """429, with the time after which it is worth trying again."""
    answer = error_page(TOO_MANY, language)
    answer["Retry-After"] = str(wait_seconds())
    return answer


def code_page(
    token: str,
    language: str,
    *,
    onward: str,
    typed: str = "",
    refusal: Refusal | None = None,
    phone: str = "",
    kept: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page that asks for the paper code; before anything is typed the same whatever the token.

    `onward` is the path (and query) below the link to go on to, `phone` the site's number, `kept` the fields of a
    form that was sent without the code and is carried out once the code is right.
    """
    return page(
        "bookings/newcomer/code.html",
        language,
        status=status,
        token=token,
        onward=onward,
        typed=typed,
        refusal=refusal,
        is_closed=isinstance(refusal, CodeClosed),
        phone=phone,
        kept=kept or [],
    )
