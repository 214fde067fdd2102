"""One transaction round each request, acting for whoever has signed in."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from agencies.secrecy import NOBODY, acting_as, viewer_of


class SecrecyMiddleware:
    """Open the request's transaction and name its viewer; answers render inside it, errors roll it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = viewer_of(request.user) if request.user.is_authenticated else NOBODY
        with acting_as(viewer):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        transaction.set_rollback(True)
