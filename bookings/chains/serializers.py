"""A chain as the API shows it, and what a refused booking comes with."""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse

from agencies.web.problem_schema import ProblemSerializer
from bookings.attendance.keys import adult_of
from bookings.links.tokens import address_of
from bookings.models import Chain
from bookings.parties.names import full_name
from bookings.parties.queries import keys_of
from bookings.proposals.api import HintSerializer, ProposalSerializer
from bookings.proposals.serializers import (
    BookedMeetingSerializer,
    LeftOutSerializer,
    PauseSerializer,
    manner_in,
    meeting_data,
)
from bookings.proposals.timeline import pauses_of
from bookings.summons.adults import adults_by_number
from bookings.visits.api import OpenedVisitSerializer


class SummonsSerializer(serializers.Serializer[Any]):
    """An adult's own copy of the joint letter, and the adult's own link."""

    adult = serializers.CharField()
    version = serializers.IntegerField()
    pdf = serializers.URLField()
    link = serializers.URLField()


class ChainSerializer(serializers.Serializer[Chain]):
    """A party's day."""

    reference = serializers.CharField()
    party = serializers.CharField(source="party.reference")
    state = serializers.SerializerMethodField()
    date = serializers.DateField(source="site_day.date")
    site = serializers.CharField(source="site_day.location.site.code")
    track = serializers.IntegerField(source="track.number")
    waiting_minutes = serializers.IntegerField()
    outside_interpreter = serializers.ChoiceField(
        choices=Chain.Outside.choices, allow_blank=True, help_text="Empty when none is ordered outside"
    )
    cancel_reason = serializers.CharField()
    meetings = serializers.SerializerMethodField()
    pauses = serializers.SerializerMethodField()
    left_out = LeftOutSerializer(many=True)
    must_move = serializers.BooleanField(
        help_text="Whether the party was corrected since, so that the day no longer fits."
    )
    summons = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=Chain.State.choices))
    def get_state(self, chain: Chain) -> str:
        return str(chain.state_at(self.context["at"]))

    @extend_schema_field(BookedMeetingSerializer(many=True))
    def get_meetings(self, chain: Chain) -> list[dict[str, Any]]:
        serializer, meetings = BookedMeetingSerializer(), list(chain.meetings.all())
        where: dict[str, Any] = {"site_day": chain.site_day_id, "interpreter": chain.interpreter}
        return [
            serializer.to_representation(
                meeting_data(meeting, **where, adult=adult_of(key), manner=manner_in(meeting, meetings))
            )
            for key, meeting in zip(keys_of(chain, meetings), meetings, strict=True)
        ]

    @extend_schema_field(PauseSerializer(many=True))
    def get_pauses(self, chain: Chain) -> list[dict[str, Any]]:
        return [PauseSerializer().to_representation(pause) for pause in pauses_of(chain)]

    @extend_schema_field(SummonsSerializer(many=True))
    def get_summons(self, chain: Chain) -> list[dict[str, Any]]:
        serializer = SummonsSerializer()
        return [serializer.to_representation(copy) for copy in _copies(chain, self.context["request"])]


CHAIN_OR_VISIT = PolymorphicProxySerializer(
    component_name="ChainOrVisit",
    serializers=[ChainSerializer, OpenedVisitSerializer],
    resource_type_field_name=None,
)


class ConflictSerializer(ProblemSerializer):
    """`already-booked`, `proposal-used` and a 412 come with the chain as it is.

    `slot-taken`, `moved-meanwhile` and `proposal-used` come with fresh proposals, or why there are none.
    """

    chain = ChainSerializer(required=False)
    proposals = ProposalSerializer(many=True, required=False)
    why_not = HintSerializer(many=True, required=False)


def _copies(chain: Chain, request: Request) -> Iterator[dict[str, Any]]:
    """Every adult's copy of the latest version, numbered as `summons.pdf?adult=` counts."""
    version = max((summons.version for summons in chain.summonses.all()), default=0)
    adults = adults_by_number(chain.links.all())
    people = [link.newcomer for link in adults.values()]
    pdf = reverse("api:api-summons", args=[chain.reference], request=request)
    for number, link in adults.items():
        yield {
            "adult": full_name(link.newcomer, people),
            "version": version,
            "pdf": f"{pdf}?adult={number}",
            "link": address_of(link),
        }
