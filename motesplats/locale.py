"""The staff read Swedish or English; newcomers' pages set their own language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class StaffLocaleMiddleware:
    """Activate the language that the user asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(staff_language(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


def staff_language(request: HttpRequest) -> str:
    """The language of the cookie, else what the browser asks for, among the staff's two."""
    asked = translation.get_language_from_request(request)
    return asked if asked in settings.STAFF_LANGUAGES else settings.LANGUAGE_CODE
