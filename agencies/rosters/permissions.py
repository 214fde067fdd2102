"""Who may write rosters over the API; the verbs ask again, for the site and the people."""

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.views import APIView

from agencies.models import Role
from agencies.web.requests import ApiRequest
from agencies.web.roles import require_role


class CoordinatorsWrite(BasePermission):
    """Everybody signed in may read; coordinators write."""

    roles: tuple[Role, ...] = (Role.COORDINATOR,)

    def has_permission(self, request: ApiRequest, view: APIView) -> bool:  # type: ignore[override]  # IsAuthenticated comes first
        if request.method not in SAFE_METHODS:
            message = _("Coordinators and managers edit rosters, you read them.")
            require_role(request.user, *self.roles, message=message)
        return True


class EditorsWrite(CoordinatorsWrite):
    """Coordinators and managers write."""

    roles = (Role.COORDINATOR, Role.MANAGER)
