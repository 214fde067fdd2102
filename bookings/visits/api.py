"""Visits: the parties that other agencies have summoned to yours, and of each what has been opened to you."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.web.api import ApiView
from agencies.web.problem_schema import problems
from bookings.models import ExpectedParty, Meeting
from bookings.parties.api import MemberSerializer
from bookings.proposals.api import MeetingSerializer
from bookings.proposals.opaque import opaque
from bookings.visits.queries import meetings_beside, names_of, visits


class VisitedMeetingSerializer(MeetingSerializer):
    checked_in_at = serializers.DateTimeField(allow_null=True)


class VisitFilterSerializer(serializers.Serializer):
    date = serializers.DateField(required=False, help_text="One day's visits only")


class AgesSerializer(serializers.Serializer):
    """How many are of which age on the day."""

    infants = serializers.IntegerField(help_text="0–5 years")
    children = serializers.IntegerField(help_text="6–17 years")
    adults = serializers.IntegerField(help_text="18–64 years")
    seniors = serializers.IntegerField(help_text="65 years and older")


class VisitSerializer(serializers.Serializer):
    """That a party comes to your agency, and what it needs; never who it is."""

    reference = serializers.CharField(source="chain_reference")
    party = serializers.CharField(source="party_reference")
    state = serializers.CharField()
    date = serializers.DateField()
    site = serializers.CharField(source="site_day.location.site.code")
    language = serializers.CharField()
    size = serializers.IntegerField()
    ages = AgesSerializer(source="*")
    step_free = serializers.BooleanField()
    extra_time = serializers.BooleanField()
    meeting = serializers.SerializerMethodField()

    @extend_schema_field(VisitedMeetingSerializer)
    def get_meeting(self, visit: ExpectedParty) -> dict[str, Any]:
        interpreter = visit.interpreter
        return VisitedMeetingSerializer(
            {
                "agency": visit.agency.code,
                "municipality": getattr(visit.agency.municipality, "code", None),
                "starts_at": visit.starts_at,
                "ends_at": visit.ends_at,
                "desk": opaque(visit.site_day_id, visit.caseworker.resource_id),
                "interpreter": interpreter and opaque(visit.site_day_id, interpreter.resource_id),
                "checked_in_at": visit.checked_in_at,
            }
        ).data


class OtherMeetingSerializer(serializers.Serializer):
    agency = serializers.CharField(source="agency.code")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class OpenedVisitSerializer(VisitSerializer):
    """With the names and the day's other meetings, where they have been opened to your agency; else empty."""

    members = serializers.SerializerMethodField()
    other_meetings = serializers.SerializerMethodField()

    @extend_schema_field(MemberSerializer(many=True))
    def get_members(self, visit: ExpectedParty) -> list[dict[str, Any]]:
        return MemberSerializer(names_of(visit), many=True).data

    @extend_schema_field(OtherMeetingSerializer(many=True))
    def get_other_meetings(self, visit: ExpectedParty) -> list[dict[str, Any]]:
        others: list[Meeting] = meetings_beside(visit)
        return OtherMeetingSerializer(others, many=True).data


class VisitList(ApiView):
    @extend_schema(
        operation_id="visits",
        parameters=[VisitFilterSerializer],
        responses={200: VisitSerializer(many=True), **problems(401, 422)},
    )
    def get(self, request: Request) -> Response:
        """The parties that your agency expects at your sites, in time order."""
        rows = visits()
        if date := self.validated_query(VisitFilterSerializer).get("date"):
            rows = rows.filter(date=date)
        return self.page_of(rows, VisitSerializer)
