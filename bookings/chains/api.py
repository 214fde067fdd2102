"""Book a party's day, move it, cancel it, check in."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
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
from agencies.web.entity_tags import IF_MATCH, PreconditionFailed, seen_by, with_tag
from agencies.web.problem_schema import ProblemSerializer, problems
from agencies.web.requests import ApiRequest
from bookings.attendance.keys import adult_of
from bookings.chains.book import AlreadyBooked, ProposalUsed, book_chain, cancel_chain, move_chain
from bookings.chains.check_in import check_in, record_attendance, tag_of_visit, undo_attendance
from bookings.chains.outside import confirm_outside_interpreter, unconfirm_outside_interpreter
from bookings.chains.placement import SlotTaken
from bookings.chains.preconditions import if_match
from bookings.chains.versions import MovedMeanwhile, Seen, tag_of
from bookings.links.tokens import address_of
from bookings.models import AttendanceEvent, Chain, Party
from bookings.parties.names import full_name
from bookings.parties.queries import chains, keys_of, listed_chains, reachable_parties
from bookings.proposals.api import HintSerializer, ProposalSerializer, serialized_alternatives
from bookings.proposals.serializers import (
    BookedMeetingSerializer,
    LeftOutSerializer,
    PauseSerializer,
    meeting_data,
)
from bookings.proposals.timeline import pauses_of
from bookings.summons.adults import adults_by_number
from bookings.visits.api import OpenedVisitSerializer
from bookings.visits.queries import is_seen, the_one_named, visits


def meeting_field() -> serializers.CharField:
    """Which of the chain's meetings."""
    return serializers.CharField(
        max_length=8,
        help_text="The agency's code; where it has several meetings of the chain with a number: AF:2",
    )


REFUSED = problems(400, 403, 404, 413, 415, 422)


class BookingSerializer(serializers.Serializer[Any]):
    party = serializers.CharField(help_text="The party's reference")
    proposal = serializers.CharField(help_text="The proposal's id")


class MoveSerializer(serializers.Serializer[Any]):
    proposal = serializers.CharField(help_text="The id of a proposal made for the booked party")


class CancellationSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField()


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
        return str(chain.state_at(timezone.now()))

    @extend_schema_field(BookedMeetingSerializer(many=True))
    def get_meetings(self, chain: Chain) -> list[dict[str, Any]]:
        serializer, meetings = BookedMeetingSerializer(), list(chain.meetings.all())
        where: dict[str, Any] = {"site_day": chain.site_day_id, "interpreter": chain.interpreter}
        return [
            serializer.to_representation(meeting_data(meeting, **where, adult=adult_of(key)))
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
        return _chain_or_visit(self, reference, request.query_params.get("meeting", ""))


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
        return _chain_response(self, chain)

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


class OutsideInterpreterSerializer(serializers.Serializer[Any]):
    confirmed = serializers.BooleanField(help_text="False takes the confirmation back")


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


class AtDesk(ApiView):
    """A verb at a desk of the chain, for its owner and for the agency that is met."""

    body: type[serializers.Serializer[Any]]

    def post(self, request: ApiRequest, reference: str) -> Response:
        if not is_seen(reference):
            raise Http404
        said = self.validated(self.body) | {"by": request.user, "at": timezone.now()}
        with if_match():
            self.call_verb(reference=reference, seen=seen_by(request), **said)
        return _chain_or_visit(self, reference, said["agency"])

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


def _chain_response(view: ApiView, chain: Chain) -> Response:
    chain = chains().get(pk=chain.pk)
    return with_tag(Response(view.serialized(ChainSerializer, chain)), tag_of(chain))


def _chain_or_visit(view: ApiView, reference: str, named: str = "") -> Response:
    """Your own chain, or your visit of another agency's chain."""
    if chain := chains().filter(reference=reference).first():
        return with_tag(Response(view.serialized(ChainSerializer, chain)), tag_of(chain))
    if visit := the_one_named(named, visits().filter(chain_reference=reference)):
        return with_tag(Response(view.serialized(OpenedVisitSerializer, visit)), tag_of_visit(visit))
    raise Http404


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
