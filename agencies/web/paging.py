"""Paging of the API's lists by `limit` and `offset`."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.views import APIView

MOST_ROWS = 200
LAST_OFFSET = 2**31 - 1


class PageSerializer(serializers.Serializer[Any]):
    """Which rows of a list."""

    limit = serializers.IntegerField(required=False, min_value=1, max_value=MOST_ROWS)
    offset = serializers.IntegerField(required=False, min_value=0, max_value=LAST_OFFSET)


class ApiPagination(LimitOffsetPagination):
    """`limit` and `offset`; at most 200 rows. Raises ValidationError for what is no number or out of bounds."""

    max_limit = MOST_ROWS

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        PageSerializer(data=request.query_params.dict()).is_valid(raise_exception=True)
        return super().paginate_queryset(queryset, request, view)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """The two parameters in the OpenAPI document, which drf-spectacular asks for by this name."""
        limit = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": self.default_limit}
        offset = {"type": "integer", "minimum": 0, "maximum": LAST_OFFSET, "default": 0}
        return [
            _parameter("limit", "How many rows at most.", limit),
            _parameter("offset", "After how many rows to begin.", offset),
        ]


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
