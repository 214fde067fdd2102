"""What every view of the API has in common."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from agencies.models import Role
from agencies.refusals import Refusal
from agencies.secrecy.context import enter, viewer_of

WRITERS = {Role.CASEWORKER, Role.COORDINATOR, Role.MANAGER}


class NotForYourRole(Refusal):
    kind = "not-for-your-role"
    status = 403


class MayWrite(BasePermission):
    """Everybody reads what the walls let through; only those who act for an agency change anything."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        if request.method not in SAFE_METHODS and (user.agency_id is None or user.role not in WRITERS):
            raise NotForYourRole(_("Only somebody who works with newcomers at an agency does this."))
        return True


class Pages(LimitOffsetPagination):
    max_limit = 200


class ApiView(GenericAPIView):
    """A view that acts for whoever signed in, by token or session, and whose answers nobody stores."""

    permission_classes = (IsAuthenticated, MayWrite)
    pagination_class = Pages

    def perform_authentication(self, request: Request) -> None:
        """Tell the database for whom the request acts."""
        super().perform_authentication(request)
        if request.user.is_authenticated:
            enter(viewer_of(request.user))

    def finalize_response(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().finalize_response(*args, **kwargs)
        add_never_cache_headers(response)
        return response

    def validated(self, shape: type[Serializer]) -> dict[str, Any]:
        """What the body says, its types checked."""
        try:
            return self._read(shape, self.request.data)
        except RecursionError:  # brackets within brackets without end
            raise ParseError from None

    def validated_query(self, shape: type[Serializer]) -> dict[str, Any]:
        """What the address says after its question mark, its types checked."""
        return self._read(shape, self.request.query_params)

    def page_of(self, rows: QuerySet[Any], shape: type[Serializer]) -> Response:
        """One page of the rows."""
        return self.get_paginated_response(self.serialized(shape, self.paginate_queryset(rows), many=True))

    def serialized(self, shape: type[Serializer], row: Any, *, many: bool = False) -> Any:
        """The row as the API tells it."""
        return shape(row, many=many, context={"request": self.request}).data

    def problem_extras(self, refusal: Refusal) -> dict[str, Any]:
        """What the problem details of this refusal say beyond its message."""
        return {}

    def _read(self, shape: type[Serializer], data: Any) -> dict[str, Any]:
        found = shape(data=data)
        found.is_valid(raise_exception=True)
        return found.validated_data
