"""Which roles may open a view or call a verb."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.web.requests import StaffRequest

AGENCY_ROLES = (
    Role.CASEWORKER,
    Role.COORDINATOR,
    Role.MANAGER,
)  # they meet newcomers, and managers appoint them
DESK_OVERVIEW_ROLES = (Role.COORDINATOR, Role.HOST)  # they see all desks of their sites

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[StaffRequest, Arguments], HttpResponse]


class NotForYourRole(Refusal):
    """The user's role does not allow what was asked for."""

    kind = "not-for-your-role"
    status = 403


def for_roles(
    *roles: Role, of_an_agency: bool = False, hidden: bool = False
) -> Callable[[View[Arguments]], View[Arguments]]:
    """Open a view to these roles only; `of_an_agency` also asks for an agency.

    All others get the 403 page, or with `hidden`, where the page's existence is a secret, the 404 page.
    """

    def decorate(view: View[Arguments]) -> View[Arguments]:
        @wraps(view)
        def guarded(
            request: StaffRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
        ) -> HttpResponse:
            if not has_role(request.user, *roles, of_an_agency=of_an_agency):
                raise Http404 if hidden else PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def has_role(user: User, *roles: Role, of_an_agency: bool = False) -> bool:
    """Whether the user has one of the roles and, if asked for, an agency."""
    return user.role in roles and not (of_an_agency and user.agency_id is None)


def require_role(user: User, *roles: Role, message: str) -> None:
    """Raise NotForYourRole with the message unless the user has one of the roles."""
    if not has_role(user, *roles):
        raise NotForYourRole(message)
