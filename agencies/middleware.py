"""Ends expired sessions, asks for the second factor, and opens each request's transaction for its viewer."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from structlog.contextvars import bind_contextvars

from agencies.codes import codes_read_once
from agencies.models import Reading
from agencies.read_log.log import LogNotWritten, flush_notes
from agencies.secrecy.context import NOBODY, acting_as, enter, viewer_of
from agencies.secrecy.sealing import KeyMissing
from agencies.sign_in.second_factor import has_second_factor
from agencies.sign_in.session_age import is_expired, record_use
from agencies.web.limits import TooMany, told_to_wait

log = logging.getLogger(__name__)

WHAT_BY_MEDIA_TYPE = {
    "text/html": Reading.What.PAGE,
    "application/pdf": Reading.What.PDF,
    "application/json": Reading.What.API,
    "application/problem+json": Reading.What.API,
}


class SignInMiddleware:
    """Ends expired sessions, and lets a session without second factor open only the pages that lead to one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and is_expired(request.session, at=timezone.now()):
            logout(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Redirect pages to the second factor; views without required sign-in (the API) get an anonymous user."""
        if request.user.is_authenticated:
            bind_contextvars(user=request.user.pk)
            if not getattr(view, "is_no_use", False):
                record_use(request.session, at=timezone.now())
        lacks_factor = request.user.is_authenticated and not has_second_factor(request, request.user)
        if not lacks_factor or getattr(view, "before_second_factor", False):
            return None
        if getattr(view, "login_required", True):
            return redirect("mfa_index")
        request.user = AnonymousUser()
        return None


class LimitMiddleware:
    """Answers a page that was asked for too often with 429 and when to try again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TooMany):
            return None
        again = request.get_full_path() if request.method == "GET" else ""
        context = {"refusal": exception, "again": again}
        return told_to_wait(render(request, "429.html", context, status=exception.status), exception)


class SecrecyMiddleware:
    """Opens the request's transaction and sets its viewer; responses render inside it, errors roll it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            with acting_as(NOBODY), codes_read_once():
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

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Roll back; a sealed text whose key is gone is answered like a log that cannot be written."""
        transaction.set_rollback(True)
        if isinstance(exception, KeyMissing):
            log.error("A sealed text cannot be opened with the keys of this installation.")
            return HttpResponse(status=503)
        return None


def what_is_shown(response: HttpResponse) -> Reading.What:
    """What the response shows people on: a page, a PDF, the API or a file."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0]
    return WHAT_BY_MEDIA_TYPE.get(media_type, Reading.What.FILE)
