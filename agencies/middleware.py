"""One transaction round each request, acting for whoever has signed in."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from agencies.secrecy import NOBODY, acting_as, enter, viewer_of


class SecrecyMiddleware:
    """Open the request's transaction and name its viewer; answers render inside it, errors roll it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_as(NOBODY):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> None:
        """A view that asks for no sign-in says itself whom it acts for: the API by token, a newcomer's link."""
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            enter(viewer_of(request.user))

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        transaction.set_rollback(True)
