"""The parties that other agencies have summoned to yours, and of each what has been opened to you."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.web.api import ApiView
from agencies.web.codes import agency_field, language_field
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from bookings.models import Chain, ExpectedParty, Meeting, Understanding
from bookings.parties.api import MemberSerializer
from bookings.proposals.serializers import BookedMeetingSerializer, Manner, meeting_data
from bookings.visits.queries import meetings_beside, names_of, tell_manners, the_one_named, visits
from bookings.visits.understood import mark_understanding


class VisitFilterSerializer(serializers.Serializer[Any]):
    date = serializers.DateField(required=False, help_text="One day's visits only")


class AgesSerializer(serializers.Serializer[Any]):
    """How many are of which age on the day."""

    infants = serializers.IntegerField(help_text="0–5 years")
    children = serializers.IntegerField(help_text="6–17 years")
    adults = serializers.IntegerField(help_text="18–64 years")
    seniors = serializers.IntegerField(help_text="65 years and older")


class VisitListSerializer(serializers.ListSerializer[ExpectedParty]):
    """Reads how the visits of a page are held, all at once."""

    def to_representation(self, data: Any) -> Any:
        rows = list(data)
        tell_manners(rows)
        return super().to_representation(rows)


class VisitSerializer(serializers.Serializer[ExpectedParty]):
    """That a party comes to your agency, and what it needs; never who it is."""

    reference = serializers.CharField(source="chain_reference")
    party = serializers.CharField(source="party_reference")
    state = serializers.ChoiceField(choices=Chain.State.choices)
    date = serializers.DateField()
    site = serializers.CharField(source="site_day.location.site.code")
    language = language_field()
    interpreter_language = serializers.CharField(help_text="ISO 639-3; empty where the identity is protected")
    needs_interpreter = serializers.BooleanField()
    outside_interpreter = serializers.ChoiceField(choices=Chain.Outside.choices, allow_blank=True)
    size = serializers.IntegerField()
    ages = AgesSerializer(source="*")
    step_free = serializers.BooleanField()
    extra_time = serializers.BooleanField()
    meeting = serializers.SerializerMethodField()

    class Meta:
        list_serializer_class = VisitListSerializer

    @extend_schema_field(BookedMeetingSerializer)
    def get_meeting(self, visit: ExpectedParty) -> dict[str, Any]:
        manner = Manner(visit.form or Meeting.Form.ON_SITE, visit.together, visit.group)
        data = meeting_data(
            visit,
            site_day=visit.site_day_id,
            interpreter=visit.interpreter,
            adult=visit.adult,
            manner=manner,
        )
        return BookedMeetingSerializer(data).data


class OtherMeetingSerializer(serializers.Serializer[Meeting]):
    agency = agency_field(source="agency.code")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class OpenedVisitSerializer(VisitSerializer):
    """With the names and the day's other meetings, where they have been opened to your agency; else empty."""

    members = serializers.SerializerMethodField()
    other_meetings = serializers.SerializerMethodField()

    @extend_schema_field(MemberSerializer(many=True))
    def get_members(self, visit: ExpectedParty) -> list[dict[str, Any]]:
        serializer = MemberSerializer()
        return [serializer.to_representation(member) for member in names_of(visit)]

    @extend_schema_field(OtherMeetingSerializer(many=True))
    def get_other_meetings(self, visit: ExpectedParty) -> list[dict[str, Any]]:
        serializer = OtherMeetingSerializer()
        return [serializer.to_representation(meeting) for meeting in meetings_beside(visit)]


class VisitList(ApiView):
    @extend_schema(
        operation_id="visits",
        parameters=[VisitFilterSerializer],
        responses={200: VisitSerializer(many=True), **problems(422)},
    )
    def get(self, request: Request) -> Response:
        """The parties that your agency expects at your sites, in time order."""
        rows = visits()
        if date := self.validated_query(VisitFilterSerializer).get("date"):
            rows = rows.filter(date=date)
        return self.page_of(rows, VisitSerializer)


class MarkSerializer(serializers.Serializer[Any]):
    """How well you understood each other at your own agency's meeting, through the interpreter."""

    meeting = serializers.CharField(
        required=False, max_length=8, help_text="The agency's code, with a number where it has several: AF:2"
    )
    degree = serializers.ChoiceField(choices=Understanding.Degree.choices)
    why = serializers.ChoiceField(choices=Understanding.Why.choices, required=False, allow_blank=True)


class MarkVisit(ApiView):
    @extend_schema(
        operation_id="mark_understanding",
        request=MarkSerializer,
        responses={200: MarkSerializer, **problems(400, 403, 404, 409, 413, 415, 422)},
    )
    def post(self, request: ApiRequest, reference: str) -> Response:
        """Say how well you understood each other; counted by language, form and agreement, never by interpreter."""
        said = self.validated(MarkSerializer)
        visit = the_one_named(said.pop("meeting", ""), visits().filter(chain_reference=reference))
        if visit is None:
            raise Http404
        mark = mark_understanding(visit=visit, **said, by=request.user, at=timezone.now())
        return Response({"meeting": visit.key, "degree": mark.degree, "why": mark.why})
