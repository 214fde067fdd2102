"""The answers to what nothing else has answered: problem details in the API, else a page (Django's `handler400` …)."""

import sys
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views import defaults

from agencies.web.outages import is_outage
from agencies.web.problems import is_api, problem_of, unavailable
from motesplats.locale import staff_language


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return problem_of(request, exception) if is_api(request) else defaults.bad_request(request, exception)


def not_allowed(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return (
        problem_of(request, exception) if is_api(request) else defaults.permission_denied(request, exception)
    )


def not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    return problem_of(request, exception) if is_api(request) else defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while a service is away, else 500; Django calls it while it handles the exception."""
    exception = sys.exception()
    if is_outage(exception):
        return unavailable()
    if is_api(request) and isinstance(exception, Exception):
        return problem_of(request, exception)
    return defaults.server_error(request)


def too_large(request: HttpRequest) -> HttpResponse:
    """The 413 for a body above the limit, in the reader's language, which nobody has looked for so early."""
    with translation.override(language := staff_language(request)):
        if is_api(request):
            return problem_of(request, RequestDataTooBig())
        body = render_to_string("413.html")
    return HttpResponse(body, status=413, headers={"Content-Language": language})
