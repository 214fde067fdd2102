"""One line of the log for each request; it names the route, never the address, and the user's key, never a name."""

from collections.abc import Callable
from time import perf_counter
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

from agencies.web.client_address import client_address

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}

log = structlog.get_logger(__name__)


class RequestLogMiddleware:
    """Gives the request an id, which stands in every line that it causes, and logs how it was answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        clear_contextvars()
        bind_contextvars(request_id=str(uuid4()), ip=client_address(request))
        began = perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method if request.method in METHODS else "another",
            route=match.route if match else "",
            status=response.status_code,
            milliseconds=round((perf_counter() - began) * 1000),
        )
        clear_contextvars()
        return response
