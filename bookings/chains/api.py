"""Book a party's day, move it, cancel it, check in."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import (
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.models import User
from agencies.refusals import Refusal
from agencies.web.api import ApiView
from agencies.web.codes import agency_field
from agencies.web.problem_schema import ProblemSerializer, problems
from agencies.web.requests import ApiRequest
from bookings.chains.book import AlreadyBooked, book_chain, cancel_chain, move_chain
from bookings.chains.check_in import check_in
from bookings.chains.placement import SlotTaken
from bookings.links.tokens import address_of
from bookings.models import Chain, Party
from bookings.parties.queries import chains, listed_chains, reachable_parties
from bookings.proposals.api import HintSerializer, ProposalSerializer, serialized_alternatives
from bookings.proposals.serializers import BookedMeetingSerializer, meeting_data
from bookings.summons.adults import adults_by_number
from bookings.visits.api import OpenedVisitSerializer
from bookings.visits.queries import is_seen, visits

REFUSED = problems(400, 403, 404, 413, 415, 422)


class BookingSerializer(serializers.Serializer[Any]):
    party = serializers.CharField(help_text="The party's reference")
    proposal = serializers.CharField(help_text="The proposal's id")


class MoveSerializer(serializers.Serializer[Any]):
    proposal = serializers.CharField(help_text="The id of a proposal made for the booked party")


class CancellationSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField()


class CheckInSerializer(serializers.Serializer[Any]):
    agency = agency_field()


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
    state = serializers.ChoiceField(choices=Chain.State.choices)
    date = serializers.DateField(source="site_day.date")
    site = serializers.CharField(source="site_day.location.site.code")
    track = serializers.IntegerField(source="track.number")
    waiting_minutes = serializers.IntegerField()
    cancel_reason = serializers.CharField()
    meetings = serializers.SerializerMethodField()
    summons = serializers.SerializerMethodField()

    @extend_schema_field(BookedMeetingSerializer(many=True))
    def get_meetings(self, chain: Chain) -> list[dict[str, Any]]:
        serializer, day = BookedMeetingSerializer(), chain.site_day_id
        return [
            serializer.to_representation(meeting_data(meeting, site_day=day, interpreter=chain.interpreter))
            for meeting in chain.meetings.all()
        ]

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
    """`already-booked` comes with the party's chain, `slot-taken` with fresh proposals or why there are none."""

    chain = ChainSerializer(required=False)
    proposals = ProposalSerializer(many=True, required=False)
    why_not = HintSerializer(many=True, required=False)


class ChainList(ApiView):
    @extend_schema(operation_id="chains", responses={200: ChainSerializer(many=True), **problems(422)})
    def get(self, request: Request) -> Response:
        """Your agency's chains at your sites, the latest booked first, without parties of protected identity."""
        return self.page_of(listed_chains().filter(party__is_protected=False), ChainSerializer)

    @extend_schema(
        operation_id="book_chain",
        request=BookingSerializer,
        responses={201: ChainSerializer, **REFUSED, **problems(409, shape=ConflictSerializer)},
    )
    def post(self, request: ApiRequest) -> Response:
        """Book a proposed day for the party; the joint summons is in the answer."""
        booking = self.validated(BookingSerializer)
        party = get_object_or_404(reachable_parties(), reference=booking["party"])
        chain = book_chain(party=party, proposal=booking["proposal"], by=request.user, at=timezone.now())
        body = self.serialized(ChainSerializer, chains().get(pk=chain.pk))
        return self.created(body, at=reverse("api:api-chain", args=[chain.reference], request=request))

    def problem_extras(self, refusal: Refusal) -> dict[str, Any]:
        match refusal:
            case AlreadyBooked():
                return {"chain": self.serialized(ChainSerializer, chains().get(pk=refusal.chain.pk))}
            case SlotTaken():
                booking = self.validated(BookingSerializer)
                party = Party.objects.get(reference=booking["party"])
                return serialized_alternatives(party, booking["proposal"], at=timezone.now())
        return {}


class ChainDetail(ApiView):
    @extend_schema(operation_id="chain", responses={200: CHAIN_OR_VISIT, **problems(404)})
    def get(self, request: Request, reference: str) -> Response:
        """One chain; of another agency's chain only your own meeting, and what has been opened to you."""
        return Response(_chain_or_visit(self, reference))


class ChainVerb(ApiView):
    """Finds the chain, lets the subclass call its verb, answers with the changed chain."""

    body: type[serializers.Serializer[Any]]

    def post(self, request: ApiRequest, reference: str) -> Response:
        chain = get_object_or_404(chains(), reference=reference)
        self.call_verb(chain, self.validated(self.body), by=request.user, at=timezone.now())
        return Response(self.serialized(ChainSerializer, chains().get(pk=chain.pk)))

    def call_verb(self, chain: Chain, body: dict[str, Any], *, by: User, at: datetime) -> None:
        raise NotImplementedError


@extend_schema_view(
    post=extend_schema(
        operation_id="move_chain",
        description="Give the chain, or one of its meetings, another time; the summons gets a new version.",
        request=MoveSerializer,
        responses={200: ChainSerializer, **REFUSED, **problems(409, shape=ConflictSerializer)},
    )
)
class MoveChain(ChainVerb):
    body = MoveSerializer

    def call_verb(self, chain: Chain, body: dict[str, Any], *, by: User, at: datetime) -> None:
        move_chain(chain=chain, **body, by=by, at=at)

    def problem_extras(self, refusal: Refusal) -> dict[str, Any]:
        if not isinstance(refusal, SlotTaken):
            return {}
        chain = Chain.objects.select_related("party").get(reference=self.kwargs["reference"])
        return serialized_alternatives(
            chain.party, self.validated(MoveSerializer)["proposal"], at=timezone.now(), moving=chain
        )


@extend_schema_view(
    post=extend_schema(
        operation_id="cancel_chain",
        description="Cancel the day; what it held is free at once.",
        request=CancellationSerializer,
        responses={200: ChainSerializer, **REFUSED, **problems(409)},
    )
)
class CancelChain(ChainVerb):
    body = CancellationSerializer

    def call_verb(self, chain: Chain, body: dict[str, Any], *, by: User, at: datetime) -> None:
        cancel_chain(chain=chain, **body, by=by, at=at)


class CheckInAtDesk(ApiView):
    @extend_schema(
        operation_id="check_in",
        description="Say that the party is at the agency's desk; a second time changes nothing. "
        "On the day it opens the party's names to that agency, until midnight.",
        request=CheckInSerializer,
        responses={200: CHAIN_OR_VISIT, **REFUSED, **problems(409)},
    )
    def post(self, request: ApiRequest, reference: str) -> Response:
        if not is_seen(reference):
            raise Http404
        check_in(reference=reference, **self.validated(CheckInSerializer), by=request.user, at=timezone.now())
        return Response(_chain_or_visit(self, reference))


def _chain_or_visit(view: ApiView, reference: str) -> Any:
    """Your own chain, or your visit of another agency's chain."""
    if chain := chains().filter(reference=reference).first():
        return view.serialized(ChainSerializer, chain)
    if visit := visits().filter(chain_reference=reference).first():
        return view.serialized(OpenedVisitSerializer, visit)
    raise Http404


def _copies(chain: Chain, request: Request) -> Iterator[dict[str, Any]]:
    """Every adult's copy of the latest version, numbered as `summons.pdf?adult=` counts."""
    version = max(summons.version for summons in chain.summonses.all())
    pdf = reverse("api:api-summons", args=[chain.reference], request=request)
    for number, link in adults_by_number(chain.links.all()).items():
        yield {
            "adult": str(link.newcomer),
            "version": version,
            "pdf": f"{pdf}?adult={number}",
            "link": address_of(link),
        }
