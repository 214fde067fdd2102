"""Asks for the sign-in where one is required, and keeps the form that was posted without one."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from agencies.unsent_work.keep import keep, last_user, remember_user
from agencies.web.requests import StaffRequest


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's, which also notes who works in the browser and keeps what was typed."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = cast(HttpResponse, self.get_response(request))
        if request.user.is_authenticated:
            remember_user(request, response, user=request.user)
        return response

    def handle_no_permission(  # type: ignore[override]  # what htmx follows is no redirect to Django
        self, request: StaffRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        """Redirect to the sign-in; htmx is told to load it as a page, not to swap it in."""
        if request.method in {"GET", "HEAD"}:
            return leave(request, to=redirect_to_login(_page_of(request)))
        keep(request, user=last_user(request), at=timezone.now())
        return leave(request, to=redirect_to_login(reverse("agencies:unsent-work")))


def leave(request: StaffRequest, *, to: HttpResponse) -> HttpResponse:
    """The redirect, as htmx takes it if the request came from htmx."""
    return HttpResponseClientRedirect(to["Location"]) if request.htmx else to


def _page_of(request: StaffRequest) -> str:
    """The address of the page that the request came from or asks for."""
    return (request.htmx and request.htmx.current_url_abs_path) or request.get_full_path()
