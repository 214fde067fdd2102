"""A page that takes a file, which all others refuse; it is kept in memory and no larger than any body."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect


def takes_file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the view's form carry files. Its token is checked as everywhere, but after the body may be read so."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def with_file(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [MemoryFileUploadHandler(request)]
        return protected(request, *args, **kwargs)

    return with_file
