"""Problem details in the OpenAPI document; `agencies.web.problems` writes them."""

from functools import cache
from typing import Any

from rest_framework.serializers import CharField, DictField, IntegerField, JSONField, Serializer

MEDIA_TYPE = "application/problem+json"
# Any request may be asked to sign in, for another format, to come back later.
ANYWHERE = (401, 406, 429, 503)


class ViolationSerializer(Serializer[Any]):
    """What is wrong with one part of the body: a JSON pointer (RFC 6901) as a fragment, and a sentence."""

    pointer = CharField()
    detail = CharField()


class ProblemSerializer(Serializer[Any]):
    """RFC 9457. `errors` has messages by field, for `members` a list for each; `violations` has them by pointer."""

    type = CharField()
    title = CharField()
    status = IntegerField()
    detail = CharField()
    errors = DictField(child=JSONField())  # type: ignore[assignment]  # RFC member named as a property of DRF
    violations = ViolationSerializer(many=True)
    instance = CharField(required=False)


def problems(
    *statuses: int, shape: type[Serializer[Any]] = ProblemSerializer
) -> dict[tuple[int, str], type[Serializer[Any]]]:
    """The `responses` of extend_schema for these statuses, with this shape of body, and for those of any request."""
    usual = {(status, MEDIA_TYPE): _of_status(ProblemSerializer, status) for status in ANYWHERE}
    return usual | {(status, MEDIA_TYPE): _of_status(shape, status) for status in statuses}


@cache
def _of_status(shape: type[Serializer[Any]], status: int) -> type[Serializer[Any]]:
    """The shape under a name of its own, whose members `agencies.web.schema` narrows to the status."""
    name = shape.__name__.removesuffix("Serializer") + f"{status}Serializer"
    return type(name, (shape,), {"__doc__": shape.__doc__, "__module__": shape.__module__})
