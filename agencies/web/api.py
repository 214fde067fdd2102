"""The base of every view of the API: sign-in, permission, paging, reading of input."""

from typing import Any

from django.db.models import QuerySet
from django.http import JsonResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from rest_framework.exceptions import AuthenticationFailed, ParseError
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView
from structlog.contextvars import bind_contextvars

from agencies.refusals import Refusal
from agencies.secrecy.context import enter, viewer_of
from agencies.web.limits import require_within_address, require_within_both
from agencies.web.paging import ApiPagination
from agencies.web.requests import ApiRequest
from agencies.web.roles import AGENCY_ROLES, NotForYourRole, has_role


class IsAgencyStaffOrReadOnly(BasePermission):
    """Everybody signed in may read what row level security shows; only staff of an agency may write."""

    def has_permission(self, request: ApiRequest, view: APIView) -> bool:  # type: ignore[override]  # IsAuthenticated comes first
        if request.method not in SAFE_METHODS and not has_role(
            request.user, *AGENCY_ROLES, of_an_agency=True
        ):
            raise NotForYourRole(_("Only somebody who works with newcomers at an agency does this."))
        return True


class ApiView(GenericAPIView[Any]):
    """A view for whoever is signed in by token or session; its responses are never cached."""

    permission_classes: tuple[type[BasePermission], ...] = (IsAuthenticated, IsAgencyStaffOrReadOnly)
    pagination_class: type[ApiPagination] | None = ApiPagination

    def perform_authentication(self, request: Request) -> None:
        """Authenticate, then set the viewer that row level security reads. Raises TooMany."""
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            require_within_address("wrong-token", request)
            raise
        if request.user.is_authenticated:
            require_within_both("api", request, request.user)
            bind_contextvars(user=request.user.pk)
            enter(viewer_of(request.user))

    def options(self, request: Request, *args: Any, **kwargs: Any) -> JsonResponse:  # type: ignore[override]
        """What the address does; the schema describes its input."""
        return JsonResponse({"methods": self.allowed_methods})

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def validated(self, serializer_class: type[Serializer[Any]]) -> dict[str, Any]:
        """The validated body. Raises ParseError and ValidationError."""
        try:
            return _validated(serializer_class, self.request.data)
        except RecursionError:  # JSON nested too deeply
            raise ParseError from None

    def validated_query(self, serializer_class: type[Serializer[Any]]) -> dict[str, Any]:
        """The validated query parameters; one that is there and empty is no value. Raises ValidationError."""
        return _validated(serializer_class, self.request.query_params.dict())

    def page_of(self, rows: QuerySet[Any], serializer_class: type[Serializer[Any]]) -> Response:
        """One page of the rows, serialized."""
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.serialized(serializer_class, page, many=True))

    def serialized(self, serializer_class: type[Serializer[Any]], row: Any, *, many: bool = False) -> Any:
        """The row, or with `many` the rows, serialized for this request; its moment is `at` in the context."""
        context = {"request": self.request, "at": timezone.now()}
        return serializer_class(row, many=many, context=context).data

    def created(self, body: Any, *, at: str) -> Response:
        """The answer with status 201 to what has made something, which stands at this address."""
        return Response(body, status=201, headers={"Location": at})

    def problem_extras(self, refusal: Refusal) -> dict[str, Any]:
        """Further members of the problem details for this refusal; views override it."""
        return {}


def _validated(serializer_class: type[Serializer[Any]], data: Any) -> dict[str, Any]:
    serializer = serializer_class(data=data)
    serializer.is_valid(raise_exception=True)
    validated: dict[str, Any] = serializer.validated_data
    return validated
