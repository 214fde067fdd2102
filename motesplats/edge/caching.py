"""Keeps what people are shown out of every cache, the browser's own history included."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class NoStoreMiddleware:
    """Adds `no-store` to every answer that is not for everybody; static files are answered before this."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        said = response.headers.get("Cache-Control", "")
        if "no-store" not in said and not said.startswith("public"):
            response.headers["Cache-Control"] = f"{said}, no-store".removeprefix(", ")
        return response
