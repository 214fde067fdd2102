"""Writes the read log before the response is sent: who was shown, and refused attempts."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from structlog.contextvars import get_contextvars

from agencies.middleware import what_is_shown
from agencies.read_log.log import LogNotWritten, flush_notes, log_attempt
from agencies.read_log.notes import Notes, current_notes, taking_notes
from agencies.secrecy.context import Viewer, acting_as, viewer_of
from agencies.web.problems import unavailable

log = logging.getLogger(__name__)

REFUSED = {403: "not-allowed", 404: "not-found"}
MAX_ROUTE, MAX_REQUEST_ID = 100, 36  # lengths of the columns


class ReadLogMiddleware:
    """Takes notes of who is shown; if the request's transaction was rolled back, writes them in one of its own.

    Answers 503 if the read log cannot be written.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with taking_notes() as notes:
            response = self.get_response(request)
            try:
                _write_rest(request, response, notes)
            except LogNotWritten:
                log.exception("The read log could not be written.")
                return unavailable()
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> None:
        """Note the route, the purpose (`read_for`) and the id of the request."""
        notes, match = current_notes(), request.resolver_match
        assert match is not None  # resolved before views are processed
        notes.route = (match.url_name or match.route)[:MAX_ROUTE]
        notes.why = getattr(getattr(view, "view_class", view), "why", "")
        notes.request = get_contextvars().get("request_id", "")[:MAX_REQUEST_ID]


def _write_rest(request: HttpRequest, response: HttpResponse, notes: Notes) -> None:
    """Write the notes that are not written yet, unless an error (5xx) showed nobody, and the refused attempt."""
    shown = notes.unwritten and response.status_code < 500
    reason = notes.refused or REFUSED.get(response.status_code, "")
    if not shown and not (reason and notes.route):
        return
    at = timezone.now()
    with acting_as(viewer_of(request.user) if request.user.is_authenticated else Viewer(link=notes.link)):
        if shown:
            flush_notes(what=what_is_shown(response), at=at)
        if reason:
            match = request.resolver_match
            asked = match.kwargs.get("reference", "") if match else ""
            log_attempt(route=notes.route, asked=asked, reason=reason, at=at)
