"""Round each request: who was shown is written down before the bytes leave, and so is who was refused."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from structlog.contextvars import get_contextvars

from agencies.middleware import shown_as
from agencies.read_log.log import LogNotWritten, flush_notes, log_attempt
from agencies.read_log.notes import Notes, current_notes, taking_notes
from agencies.secrecy.context import Viewer, acting_as, viewer_of
from agencies.web.problems import unavailable

log = logging.getLogger(__name__)

REFUSED = {403: "not-allowed", 404: "not-found"}
LONGEST_ROUTE, LONGEST_ID = 100, 36


class ReadLogMiddleware:
    """Takes the notes; the request's own transaction writes them down, or if it was rolled back, one after it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with taking_notes() as notes:
            response = self.get_response(request)
            try:
                _write_rest(request, response, notes)
            except LogNotWritten:
                log.exception("The read log could not be written.")
                return unavailable(request)
        return unavailable(request) if response.status_code == 503 else response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> None:
        """Say where and what for this request reads; a view without a `why` is casework."""
        notes, match = current_notes(), request.resolver_match
        notes.route = (match.url_name or match.route)[:LONGEST_ROUTE]
        notes.why = getattr(getattr(view, "view_class", view), "why", "")
        notes.request = get_contextvars().get("request_id", "")[:LONGEST_ID]


def _write_rest(request: HttpRequest, response: HttpResponse, notes: Notes) -> None:
    """What a rollback has taken with it, and the refusal itself; an error of ours shows nobody."""
    shown = notes.unwritten and response.status_code < 500
    reason = notes.refused or REFUSED.get(response.status_code, "")
    if not shown and not (reason and notes.route):
        return
    at = timezone.now()
    with acting_as(viewer_of(request.user) if request.user.is_authenticated else Viewer(link=notes.link)):
        if shown:
            flush_notes(what=shown_as(response), at=at)
        if reason:
            asked = request.resolver_match.kwargs.get("reference", "")
            log_attempt(route=notes.route, asked=asked, reason=reason, at=at)
