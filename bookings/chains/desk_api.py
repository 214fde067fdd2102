"""Check a party in at a desk, record how it came, undo that."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from agencies.web.api import ApiView
from agencies.web.entity_tags import IF_MATCH, seen_by
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from bookings.chains.answers import REFUSED, chain_or_visit
from bookings.chains.check_in import check_in, record_attendance, undo_attendance
from bookings.chains.preconditions import if_match
from bookings.chains.serializers import CHAIN_OR_VISIT
from bookings.models import AttendanceEvent
from bookings.visits.queries import is_seen


def meeting_field() -> serializers.CharField:
    """Which of the chain's meetings."""
    return serializers.CharField(
        max_length=8,
        help_text="The agency's code; where it has several meetings of the chain with a number: AF:2",
    )


class CheckInSerializer(serializers.Serializer[Any]):
    agency = meeting_field()


class AttendanceSerializer(serializers.Serializer[Any]):
    """How the party came; `undone` takes back what was recorded last, which `undoes` names."""

    agency = meeting_field()
    kind = serializers.ChoiceField(choices=AttendanceEvent.Kind.choices)
    undoes = serializers.ChoiceField(
        choices=[kind for kind in AttendanceEvent.Kind.choices if kind[0] != AttendanceEvent.Kind.UNDONE],
        required=False,
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["kind"] == AttendanceEvent.Kind.UNDONE) != ("undoes" in attrs):
            raise serializers.ValidationError({"undoes": [_("What is undone is named, and nothing else.")]})
        return attrs


class AtDesk(ApiView):
    """A verb at a desk of the chain, for its owner and for the agency that is met."""

    body: type[serializers.Serializer[Any]]

    def post(self, request: ApiRequest, reference: str) -> Response:
        if not is_seen(reference):
            raise Http404
        said = self.validated(self.body) | {"by": request.user, "at": timezone.now()}
        with if_match():
            self.call_verb(reference=reference, seen=seen_by(request), **said)
        return chain_or_visit(self, reference, said["agency"])

    def call_verb(self, **said: Any) -> None:
        raise NotImplementedError


class CheckInAtDesk(AtDesk):
    body = CheckInSerializer

    @extend_schema(
        operation_id="check_in",
        description="Say that the party is at the agency's desk; a second time changes nothing. "
        "It is possible on the day alone, and opens the party's names to that agency until midnight.",
        parameters=[IF_MATCH],
        request=CheckInSerializer,
        responses={200: CHAIN_OR_VISIT, **REFUSED, **problems(409, 412)},
    )
    def post(self, request: ApiRequest, reference: str) -> Response:
        return super().post(request, reference)

    def call_verb(self, **said: Any) -> None:
        check_in(**said)


class RecordAttendance(AtDesk):
    body = AttendanceSerializer

    @extend_schema(
        operation_id="record_attendance",
        description="Record how the party comes to the agency's desk, or undo what was recorded last; a second time "
        "changes nothing. `began` is the check-in; undoing it shuts the names that it opened.",
        parameters=[IF_MATCH],
        request=AttendanceSerializer,
        responses={200: CHAIN_OR_VISIT, **REFUSED, **problems(409, 412)},
    )
    def post(self, request: ApiRequest, reference: str) -> Response:
        return super().post(request, reference)

    def call_verb(self, **said: Any) -> None:
        undoes = said.pop("undoes", None)
        if undoes:
            undo_attendance(**said | {"kind": undoes})
        else:
            record_attendance(**said)
