"""Errors below the newcomer's addresses answer in the phone's language, and never with a page of the staff's."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from bookings.newcomer.pages import QUIET, error_page, language_of, phone_language

OURS = re.compile(r"/(?:[bd]|help|accessibility|privacy)(/|$)")


class NewcomerErrorsMiddleware:
    """Puts words for newcomers into every error that did not come from one of their pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        is_error = answer.status_code >= 400 and not (settings.DEBUG and answer.status_code == 500)
        if not OURS.match(request.path) or not is_error or "X-Robots-Tag" in answer.headers:
            return answer
        return _in_words(answer, language_of_request(request))


def language_of_request(request: HttpRequest) -> str:
    """As on every newcomer's page; of a body that cannot be read, only the phone is asked."""
    try:
        return language_of(request)
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return phone_language(request)


def _in_words(answer: HttpResponse, language: str) -> HttpResponse:
    """The same answer with other words, so that its other headers stay."""
    words = error_page(answer.status_code, language)
    answer.content = words.content
    for name in ("Content-Type", "Content-Language", *QUIET):
        answer.headers[name] = words.headers[name]
    answer.headers.pop("Content-Length", None)
    return answer
