"""Book a party's day, move it, cancel it, confirm its interpreter."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.models import User
from agencies.refusals import Refusal
from agencies.web.api import ApiView
from agencies.web.entity_tags import IF_MATCH, PreconditionFailed, seen_by, with_tag
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from bookings.chains.answers import REFUSED, chain_as_it_is, chain_or_visit
from bookings.chains.book import AlreadyBooked, ProposalUsed, book_chain, cancel_chain, move_chain
from bookings.chains.outside import confirm_outside_interpreter, unconfirm_outside_interpreter
from bookings.chains.placement import SlotTaken
from bookings.chains.preconditions import if_match
from bookings.chains.serializers import CHAIN_OR_VISIT, ChainSerializer, ConflictSerializer
from bookings.chains.versions import MovedMeanwhile, Seen, tag_of
from bookings.models import Chain, Party
from bookings.parties.queries import chains, listed_chains, reachable_parties
from bookings.proposals.api import serialized_alternatives


class BookingSerializer(serializers.Serializer[Any]):
    party = serializers.CharField(help_text="The party's reference")
    proposal = serializers.CharField(help_text="The proposal's id")


class MoveSerializer(serializers.Serializer[Any]):
    proposal = serializers.CharField(help_text="The id of a proposal made for the booked party")


class CancellationSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField()


class OutsideInterpreterSerializer(serializers.Serializer[Any]):
    confirmed = serializers.BooleanField(help_text="False takes the confirmation back")


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
        chain = chains().get(pk=chain.pk)
        address = reverse("api:api-chain", args=[chain.reference], request=request)
        return with_tag(self.created(self.serialized(ChainSerializer, chain), at=address), tag_of(chain))

    def problem_extras(self, refusal: Refusal) -> dict[str, Any]:
        match refusal:
            case AlreadyBooked():
                return {"chain": self.serialized(ChainSerializer, chains().get(pk=refusal.chain.pk))}
            case ProposalUsed(chain=Chain() as used):
                chain = self.serialized(ChainSerializer, chains().get(pk=used.pk))
                return {"chain": chain} | self._alternatives()
            case SlotTaken() | ProposalUsed():
                return self._alternatives()
        return {}

    def _alternatives(self) -> dict[str, Any]:
        booking = self.validated(BookingSerializer)
        party = Party.objects.get(reference=booking["party"])
        return serialized_alternatives(party, booking["proposal"], at=timezone.now())


class ChainDetail(ApiView):
    @extend_schema(operation_id="chain", responses={200: CHAIN_OR_VISIT, **problems(404)})
    def get(self, request: Request, reference: str) -> Response:
        """One chain; of another agency's chain only your own meeting, and what has been opened to you.

        `meeting`, such as AF:2, says which of yours, where an adult is met alone; else the first.
        """
        return chain_or_visit(self, reference, request.query_params.get("meeting", ""))


class ChainVerb(ApiView):
    """Finds the chain, lets the subclass call its verb, answers with the changed chain."""

    body: type[serializers.Serializer[Any]]

    def post(self, request: ApiRequest, reference: str) -> Response:
        chain = get_object_or_404(chains(), reference=reference)
        with if_match():
            self.call_verb(
                chain,
                self.validated(self.body),
                by=request.user,
                at=timezone.now(),
                seen=seen_by(request),
            )
        return chain_as_it_is(self, chain)

    def call_verb(self, chain: Chain, body: dict[str, Any], *, by: User, at: datetime, seen: Seen) -> None:
        raise NotImplementedError

    def problem_extras(self, refusal: Refusal) -> dict[str, Any]:
        if not isinstance(refusal, PreconditionFailed):
            return {}
        return {"chain": self.serialized(ChainSerializer, chains().get(reference=self.kwargs["reference"]))}


@extend_schema_view(
    post=extend_schema(
        operation_id="move_chain",
        description="Give the chain, or one of its meetings, another time; the summons gets a new version.",
        parameters=[IF_MATCH],
        request=MoveSerializer,
        responses={200: ChainSerializer, **REFUSED, **problems(409, 412, shape=ConflictSerializer)},
    )
)
class MoveChain(ChainVerb):
    body = MoveSerializer

    def call_verb(self, chain: Chain, body: dict[str, Any], *, by: User, at: datetime, seen: Seen) -> None:
        move_chain(chain=chain, **body, by=by, at=at, seen=seen)

    def problem_extras(self, refusal: Refusal) -> dict[str, Any]:
        if not isinstance(refusal, SlotTaken | MovedMeanwhile):
            return super().problem_extras(refusal)
        chain = Chain.objects.select_related("party").get(reference=self.kwargs["reference"])
        return serialized_alternatives(
            chain.party, self.validated(MoveSerializer)["proposal"], at=timezone.now(), moving=chain
        )


@extend_schema_view(
    post=extend_schema(
        operation_id="cancel_chain",
        description="Cancel the day; what it held is free at once.",
        parameters=[IF_MATCH],
        request=CancellationSerializer,
        responses={
            200: ChainSerializer,
            **REFUSED,
            **problems(409),
            **problems(412, shape=ConflictSerializer),
        },
    )
)
class CancelChain(ChainVerb):
    body = CancellationSerializer

    def call_verb(self, chain: Chain, body: dict[str, Any], *, by: User, at: datetime, seen: Seen) -> None:
        cancel_chain(chain=chain, **body, by=by, at=at, seen=seen)


@extend_schema_view(
    post=extend_schema(
        operation_id="confirm_outside_interpreter",
        description="Say that the interpreter ordered outside is booked, or take that back; the letter gets a version.",
        parameters=[IF_MATCH],
        request=OutsideInterpreterSerializer,
        responses={
            200: ChainSerializer,
            **REFUSED,
            **problems(409),
            **problems(412, shape=ConflictSerializer),
        },
    )
)
class OutsideInterpreter(ChainVerb):
    body = OutsideInterpreterSerializer

    def call_verb(self, chain: Chain, body: dict[str, Any], *, by: User, at: datetime, seen: Seen) -> None:
        verb = confirm_outside_interpreter if body["confirmed"] else unconfirm_outside_interpreter
        verb(chain=chain, by=by, at=at, seen=seen)
