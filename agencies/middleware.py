"""Ends expired sessions, asks for the second factor, and opens each request's transaction for its viewer."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from structlog.contextvars import bind_contextvars

from agencies.models import Reading
from agencies.read_log.log import LogNotWritten, flush_notes
from agencies.secrecy.context import NOBODY, acting_as, enter, viewer_of
from agencies.sign_in.second_factor import has_second_factor

log = logging.getLogger(__name__)

WHAT_BY_MEDIA_TYPE = {
    "text/html": Reading.What.PAGE,
    "application/pdf": Reading.What.PDF,
    "application/json": Reading.What.API,
    "application/problem+json": Reading.What.API,
}
MAX_IDLE, MAX_AGE = timedelta(minutes=30), timedelta(hours=12)
RECORD_EVERY = timedelta(minutes=1)  # so that not every request writes the session


class SignInMiddleware:
    """Ends expired sessions, and lets a session without second factor open only the pages that lead to one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            at = timezone.now()
            if is_expired(request.session, at=at):
                logout(request)
            else:
                record_use(request.session, at=at)
                bind_contextvars(user=request.user.pk)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Redirect pages to the second factor; views without required sign-in (the API) get an anonymous user."""
        lacks_factor = request.user.is_authenticated and not has_second_factor(request, request.user)
        if not lacks_factor or getattr(view, "before_second_factor", False):
            return None
        if getattr(view, "login_required", True):
            return redirect("mfa_index")
        request.user = AnonymousUser()
        return None


def is_expired(session: SessionBase, *, at: datetime) -> bool:
    """Whether the session has been idle or has lasted too long; one that has never been used is not."""
    now = at.timestamp()
    began, seen = session.get("began_at", now), session.get("seen_at", 0)
    return bool(seen) and (now - seen > MAX_IDLE.total_seconds() or now - began > MAX_AGE.total_seconds())


def record_use(session: SessionBase, *, at: datetime) -> None:
    """Record in the session when it began and was last used; at most once a minute."""
    now = at.timestamp()
    if now - session.get("seen_at", 0) >= RECORD_EVERY.total_seconds():
        session.update({"began_at": session.get("began_at", now), "seen_at": now})


class SecrecyMiddleware:
    """Opens the request's transaction and sets its viewer; responses render inside it, errors roll it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            with acting_as(NOBODY):
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                elif not connection.needs_rollback:
                    flush_notes(what=what_is_shown(response), at=timezone.now())
        except LogNotWritten:
            log.exception("The read log could not be written.")
            return HttpResponse(status=503)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> None:
        """Set the signed-in user as viewer; views without required sign-in (API, newcomers' pages) set their own."""
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            enter(viewer_of(request.user))

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        transaction.set_rollback(True)


def what_is_shown(response: HttpResponse) -> Reading.What:
    """What the response shows people on: a page, a PDF, the API or a file."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    return WHAT_BY_MEDIA_TYPE.get(media_type, Reading.What.FILE)
