"""A page that takes a file, which all others refuse; it is kept in memory and no larger than any body."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, overload

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]


@overload
def takes_file(view: View) -> View: ...
@overload
def takes_file(*, most_bytes: int) -> Callable[[View], View]: ...
def takes_file(view: View | None = None, *, most_bytes: int = 0) -> View | Callable[[View], View]:
    """Let the view's form carry files. Its token is checked as everywhere, but after the body may be read so.

    With `most_bytes` its body may be that large, where it is more than other bodies may be.
    """
    if view is None:
        return partial(_with_file, most_bytes=most_bytes)
    return _with_file(view, most_bytes=most_bytes)


def _with_file(view: View, *, most_bytes: int) -> View:
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def with_file(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [MemoryFileUploadHandler(request)]
        return protected(request, *args, **kwargs)

    with_file.most_bytes = most_bytes  # type: ignore[attr-defined]  # for the limit of bodies
    return with_file
