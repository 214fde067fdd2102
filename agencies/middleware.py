"""Whose session still counts, and one transaction round each request, acting for whoever has signed in."""

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

from agencies.models import Reading
from agencies.read_log.log import LogNotWritten, flush_notes
from agencies.secrecy.context import NOBODY, acting_as, enter, viewer_of
from agencies.sign_in.second_factor import has_second_factor

log = logging.getLogger(__name__)

SHAPES = {
    "text/html": Reading.What.PAGE,
    "application/pdf": Reading.What.PDF,
    "application/json": Reading.What.API,
    "application/problem+json": Reading.What.API,
}
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
NOTED_EACH = timedelta(minutes=1)  # a session is written once a minute, not with every request


class SignInMiddleware:
    """A session ends when it has rested or lasted too long; before its second factor it is let in nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and is_over(request.session, at=timezone.now()):
            logout(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Pages lead to the second factor; what asks for no sign-in, like the API, sees nobody."""
        waits = request.user.is_authenticated and not has_second_factor(request, request.user)
        if not waits or getattr(view, "before_second_factor", False):
            return None
        if getattr(view, "login_required", True):
            return redirect("mfa_index")
        request.user = AnonymousUser()
        return None


def is_over(session: SessionBase, *, at: datetime) -> bool:
    """Whether the session has rested or lasted too long; one that has not is seen now."""
    now = at.timestamp()
    began, seen = session.get("began_at", now), session.get("seen_at", 0)
    if seen and (now - seen > IDLE.total_seconds() or now - began > LONGEST.total_seconds()):
        return True
    if now - seen >= NOTED_EACH.total_seconds():
        session.update({"began_at": began, "seen_at": now})
    return False


class SecrecyMiddleware:
    """Open the request's transaction and name its viewer; answers render inside it, errors roll it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            with acting_as(NOBODY):
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                elif not connection.needs_rollback:
                    flush_notes(what=shown_as(response), at=timezone.now())
        except LogNotWritten:
            log.exception("The read log could not be written.")
            return HttpResponse(status=503)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> None:
        """A view that asks for no sign-in says itself whom it acts for: the API by token, a newcomer's link."""
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            enter(viewer_of(request.user))

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        transaction.set_rollback(True)


def shown_as(response: HttpResponse) -> Reading.What:
    """In what shape people are shown by the answer."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    return SHAPES.get(media_type, Reading.What.FILE)
