"""Limits of what a request may carry; nothing is uploaded, so no file is taken."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import Resolver404, resolve

from motesplats.edge.errors import too_large


class BodyLimitMiddleware:
    """Answers 413 by what the request says of its length, before anything of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        usual = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length.isdecimal() and int(length) > usual and int(length) > most_bytes(request.path_info):
            return too_large(request)
        return self.get_response(request)


def most_bytes(path: str) -> int:
    """How large a body the page at the path says that it takes, as `takes_file`; 0 if it says nothing."""
    try:
        return int(getattr(resolve(path).func, "most_bytes", 0))
    except Resolver404:
        return 0


class NoFiles(FileUploadHandler):
    """Refuses a form's file before it is kept anywhere."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise MultiPartParserError("No page takes files.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        raise NotImplementedError

    def file_complete(self, file_size: int) -> None:
        raise NotImplementedError


def with_length(application: WSGIApplication) -> WSGIApplication:
    """The application, told the length of a body that comes in chunks: Django takes such a body for empty."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            body = environ["wsgi.input"].read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
            environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return application(environ, start_response)

    return answer
