"""Problem details in the OpenAPI document; `agencies.web.problems` writes them."""

from typing import Any

from rest_framework.serializers import CharField, DictField, IntegerField, JSONField, Serializer

MEDIA_TYPE = "application/problem+json"


class ProblemSerializer(Serializer[Any]):
    """RFC 9457. `errors` has messages for each field; for `members`, a list for each of them."""

    type = CharField()
    title = CharField()
    status = IntegerField()
    detail = CharField()
    errors = DictField(child=JSONField())  # type: ignore[assignment]  # RFC member named as a property of DRF
    instance = CharField(required=False)


def problems(
    *statuses: int, shape: type[Serializer[Any]] = ProblemSerializer
) -> dict[tuple[int, str], type[Serializer[Any]]]:
    """The `responses` of extend_schema for these statuses, and for 429; `shape` describes their body."""
    return {(status, MEDIA_TYPE): shape for status in statuses} | {(429, MEDIA_TYPE): ProblemSerializer}
