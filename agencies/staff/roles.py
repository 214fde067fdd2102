"""Opens a view to whoever looks after staff."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from agencies.staff.appoint import appoints
from agencies.web.requests import StaffRequest

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[StaffRequest, Arguments], HttpResponse]


def for_appointers(view: View[Arguments]) -> View[Arguments]:
    """Open a view to those who appoint somebody; all others get the 403 page."""

    @wraps(view)
    def guarded(request: StaffRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        if not appoints(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
