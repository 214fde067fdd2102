"""Compresses pages and JSON, for phones on a slow network."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/", "application/json", "application/problem+json")


class CompressionMiddleware(GZipMiddleware):
    """Django's gzip, with up to 100 random bytes: the length tells little of a secret beside reflected text.

    An answer with an ETag stays as it is: Django would make the tag weak, and `If-Match` needs the strong one.
    """

    max_random_bytes = 100

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if response.has_header("ETag") or not kind.startswith(COMPRESSED):
            return response
        return super().process_response(request, response)
