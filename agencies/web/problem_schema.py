"""The shape of problem details in the API's description; `motesplats.problems` writes them."""

from rest_framework.serializers import CharField, DictField, IntegerField, JSONField, Serializer

MEDIA_TYPE = "application/problem+json"


class ProblemSerializer(Serializer):
    """RFC 9457. `errors` has messages for each field; for `members`, a list for each of them."""

    type = CharField()
    title = CharField()
    status = IntegerField()
    detail = CharField()
    errors = DictField(child=JSONField())
    instance = CharField(required=False)


def problems(
    *statuses: int, shape: type[Serializer] = ProblemSerializer
) -> dict[tuple[int, str], type[Serializer]]:
    """The refusals among an address's answers."""
    return {(status, MEDIA_TYPE): shape for status in statuses}
