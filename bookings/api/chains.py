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
from bookings.api.base import ApiView
from bookings.api.opaque import opaque
from bookings.api.problems import Problem, problems
from bookings.api.proposals import HintShape, MeetingShape, ProposalShape, alternatives
from bookings.api.visits import OpenedVisit
from bookings.booking import AlreadyBooked, SlotTaken, book_chain, cancel_chain, move_chain
from bookings.checking_in import check_in
from bookings.links import address_of
from bookings.models import Chain, Meeting, Party
from bookings.parties import chains
from bookings.visits import is_seen, visits

REFUSED = problems(400, 401, 403, 404, 415, 422)


class Booking(serializers.Serializer):
    party = serializers.CharField(help_text="The party's reference")
    proposal = serializers.CharField(help_text="The proposal's id")


class Move(serializers.Serializer):
    proposal = serializers.CharField(help_text="The id of a proposal made for the booked party")


class Cancellation(serializers.Serializer):
    reason = serializers.CharField()


class CheckIn(serializers.Serializer):
    agency = serializers.CharField()


class BookedMeeting(MeetingShape):
    checked_in_at = serializers.DateTimeField(allow_null=True)


class SummonsShape(serializers.Serializer):
    """An adult's own copy of the joint letter, and the adult's own link."""

    adult = serializers.CharField()
    version = serializers.IntegerField()
    pdf = serializers.URLField()
    link = serializers.URLField()


class ChainShape(serializers.Serializer):
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

    @extend_schema_field(BookedMeeting(many=True))
    def get_meetings(self, chain: Chain) -> list[dict[str, Any]]:
        return BookedMeeting([_meeting(chain, meeting) for meeting in chain.meetings.all()], many=True).data

    @extend_schema_field(SummonsShape(many=True))
    def get_summons(self, chain: Chain) -> list[dict[str, Any]]:
        return SummonsShape(list(_copies(chain, self.context["request"])), many=True).data


EitherShape = PolymorphicProxySerializer(
    component_name="ChainOrVisit", serializers=[ChainShape, OpenedVisit], resource_type_field_name=None
)


class Conflict(Problem):
    """`already-booked` comes with the party's chain, `slot-taken` with fresh proposals or why there are none."""

    chain = ChainShape(required=False)
    proposals = ProposalShape(many=True, required=False)
    why_not = HintShape(many=True, required=False)


class Chains(ApiView):
    @extend_schema(operation_id="chains", responses={200: ChainShape(many=True), **problems(401)})
    def get(self, request: Request) -> Response:
        """Your agency's chains, the latest booked first."""
        return self.page_of(chains(), ChainShape)

    @extend_schema(
        operation_id="book_chain",
        request=Booking,
        responses={201: ChainShape, **REFUSED, **problems(409, shape=Conflict)},
    )
    def post(self, request: Request) -> Response:
        """Book a proposed day for the party; the joint summons is in the answer."""
        asked = self.asked(Booking)
        party = get_object_or_404(Party, reference=asked["party"])
        chain = book_chain(party=party, proposal=asked["proposal"], by=request.user, at=timezone.now())
        return Response(self.shown(ChainShape, chains().get(pk=chain.pk)), status=201)

    def beside(self, refusal: Refusal) -> dict[str, Any]:
        match refusal:
            case AlreadyBooked():
                return {"chain": self.shown(ChainShape, chains().get(pk=refusal.chain.pk))}
            case SlotTaken():
                asked = self.asked(Booking)
                party = Party.objects.get(reference=asked["party"])
                return alternatives(party, asked["proposal"], at=timezone.now())
        return {}


class OneChain(ApiView):
    @extend_schema(operation_id="chain", responses={200: EitherShape, **problems(401, 404)})
    def get(self, request: Request, reference: str) -> Response:
        """One chain; of another agency's chain only your own meeting, and what has been opened to you."""
        return Response(_as_seen(self, reference))


class ChainVerb(ApiView):
    """Finds the chain, lets the subclass do its verb, answers with the chain as it is then."""

    asks: type[serializers.Serializer]

    def post(self, request: Request, reference: str) -> Response:
        chain = get_object_or_404(chains(), reference=reference)
        self.do(chain, by=request.user, at=timezone.now(), **self.asked(self.asks))
        return Response(self.shown(ChainShape, chains().get(pk=chain.pk)))

    def do(self, chain: Chain, *, by: User, at: datetime, **asked: Any) -> None:
        raise NotImplementedError


@extend_schema_view(
    post=extend_schema(
        operation_id="move_chain",
        description="Give the chain, or one of its meetings, another time; the summons gets a new version.",
        request=Move,
        responses={200: ChainShape, **REFUSED, **problems(409, shape=Conflict)},
    )
)
class MoveChain(ChainVerb):
    asks = Move

    def do(self, chain: Chain, *, proposal: str, by: User, at: datetime) -> None:
        move_chain(chain=chain, proposal=proposal, by=by, at=at)

    def beside(self, refusal: Refusal) -> dict[str, Any]:
        if not isinstance(refusal, SlotTaken):
            return {}
        chain = Chain.objects.select_related("party").get(reference=self.kwargs["reference"])
        return alternatives(chain.party, self.asked(Move)["proposal"], at=timezone.now(), moving=chain)


@extend_schema_view(
    post=extend_schema(
        operation_id="cancel_chain",
        description="Cancel the day; what it held is free at once.",
        request=Cancellation,
        responses={200: ChainShape, **REFUSED, **problems(409)},
    )
)
class CancelChain(ChainVerb):
    asks = Cancellation

    def do(self, chain: Chain, *, reason: str, by: User, at: datetime) -> None:
        cancel_chain(chain=chain, reason=reason, by=by, at=at)


class CheckInAtDesk(ApiView):
    @extend_schema(
        operation_id="check_in",
        description="Say that the party is at the agency's desk; a second time changes nothing. "
        "On the day it opens the party's names to that agency, until midnight.",
        request=CheckIn,
        responses={200: EitherShape, **REFUSED, **problems(409)},
    )
    def post(self, request: Request, reference: str) -> Response:
        if not is_seen(reference):
            raise Http404
        check_in(reference=reference, **self.asked(CheckIn), by=request.user, at=timezone.now())
        return Response(_as_seen(self, reference))


def _as_seen(view: ApiView, reference: str) -> Any:
    """Your own chain whole, or of another agency's chain your visit."""
    if chain := chains().filter(reference=reference).first():
        return view.shown(ChainShape, chain)
    if visit := visits().filter(chain_reference=reference).first():
        return view.shown(OpenedVisit, visit)
    raise Http404


def _meeting(chain: Chain, meeting: Meeting) -> dict[str, Any]:
    held, interpreter = meeting.caseworker.resource_id, chain.interpreter
    return {
        "agency": meeting.agency.code,
        "municipality": getattr(meeting.agency.municipality, "code", None),
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "desk": opaque(chain.site_day_id, held),
        "interpreter": interpreter and opaque(chain.site_day_id, interpreter.resource_id),
        "checked_in_at": meeting.checked_in_at,
    }


def _copies(chain: Chain, request: Request) -> Iterator[dict[str, Any]]:
    """Every adult's copy of the latest version, numbered as `summons.pdf?adult=` counts."""
    version = max(summons.version for summons in chain.summonses.all())
    pdf = reverse("api-summons", args=[chain.reference], request=request)
    for number, link in enumerate(chain.links.all(), start=1):
        yield {
            "adult": str(link.newcomer),
            "version": version,
            "pdf": f"{pdf}?adult={number}",
            "link": address_of(link),
        }
