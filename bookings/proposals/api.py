"""Propose days, or say why there is none."""

from datetime import datetime, timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.clock import local
from agencies.models import Site, SiteDay
from agencies.refusals import Refusal
from agencies.web.api import ApiView
from agencies.web.problem_schema import problems
from bookings.models import Chain, Party, Track
from bookings.parties.queries import profile_of
from bookings.proposals.hints import sentence_for
from bookings.proposals.opaque import opaque
from bookings.proposals.propose import Answer, Hint, Option, propose
from bookings.proposals.signed import read_proposal

MOST_CHOICES = 10
# How far from a day that was just taken its alternatives are looked for.
BEFORE, AFTER = timedelta(days=14), timedelta(days=28)


class ProposalSearchSerializer(serializers.Serializer):
    """Whose day is looked for, where and when. A booked party's proposals are for moving its day."""

    party = serializers.CharField(help_text="The party's reference")
    site = serializers.SlugRelatedField(slug_field="code", queryset=Site.objects.all())
    track = serializers.IntegerField()
    to = serializers.DateField()
    limit = serializers.IntegerField(min_value=1, max_value=MOST_CHOICES, default=3)
    meeting = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="The agency whose meeting alone is to move"
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        return super().get_fields() | {"from": serializers.DateField()}

    def validate_track(self, number: int) -> Track:
        if track := Track.objects.filter(number=number).first():
            return track
        raise serializers.ValidationError(_("There is no such track."))


class MeetingSerializer(serializers.Serializer):
    """`desk` and `interpreter` are the same for the same one all through a site day, and say no more."""

    agency = serializers.CharField()
    municipality = serializers.CharField(allow_null=True, help_text="Its code, when the agency is KOM")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    desk = serializers.CharField()
    interpreter = serializers.CharField(allow_null=True)


class ProposalSerializer(serializers.Serializer):
    id = serializers.CharField()
    date = serializers.DateField()
    waiting_minutes = serializers.IntegerField()
    meetings = MeetingSerializer(many=True)


class SingleHintSerializer(serializers.Serializer):
    kind = serializers.CharField()
    agency = serializers.CharField(allow_null=True)
    date = serializers.DateField(allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    detail = serializers.CharField()


class HintSerializer(SingleHintSerializer):
    """Something that would help; `also` is needed at the same time."""

    also = SingleHintSerializer(allow_null=True)


class ProposalResultSerializer(serializers.Serializer):
    """`why_not` has hints exactly when there is no proposal."""

    proposals = ProposalSerializer(many=True)
    why_not = HintSerializer(many=True)


class ProposalSearch(ApiView):
    @extend_schema(
        operation_id="propose",
        request=ProposalSearchSerializer,
        responses={200: ProposalResultSerializer, **problems(400, 401, 403, 404, 415, 422)},
    )
    def post(self, request: Request) -> Response:
        """The best days first, or why there is none and what would help. Nothing is held."""
        asked, at = self.validated(ProposalSearchSerializer), timezone.now()
        party = get_object_or_404(Party, reference=asked["party"])
        moving = booked_chain(party, at=at)
        answer = propose(
            profile=profile_of(party),
            site=asked["site"],
            track=asked["track"],
            first=asked["from"],
            last=asked["to"],
            at=at,
            limit=asked["limit"],
            moving=moving,
            meeting=_movable(asked["meeting"], moving),
        )
        return Response(serialized_answer(answer))


def booked_chain(party: Party, *, at: datetime) -> Chain | None:
    """The party's day that is still to come or under way."""
    return party.chains.filter(state=Chain.State.BOOKED, site_day__closes_at__gt=at).first()


def alternatives(party: Party, note: str, *, at: datetime, moving: Chain | None = None) -> dict[str, Any]:
    """Fresh proposals in place of one that was taken."""
    wanted = read_proposal(note)
    site_day = wanted and SiteDay.objects.select_related("location__site").filter(pk=wanted.site_day).first()
    if not (wanted and site_day):
        return serialized_answer(Answer((), (Hint("closed"),)))
    try:
        answer = propose(
            profile=profile_of(party),
            site=site_day.location.site,
            track=Track.objects.get(number=wanted.track),
            first=max(local(at).date(), site_day.date - BEFORE),
            last=site_day.date + AFTER,
            at=at,
            moving=moving,
            meeting=wanted.meeting,
        )
    except Refusal:  # the site has closed meanwhile, or the legal basis has ended
        answer = Answer((), (Hint("closed"),))
    return serialized_answer(answer)


def serialized_answer(answer: Answer) -> dict[str, Any]:
    """The answer as the API tells it."""
    return ProposalResultSerializer(
        {
            "proposals": [_proposal(option) for option in answer.options],
            "why_not": [_hint(hint) for hint in answer.why_not],
        }
    ).data


def _movable(agency: str, moving: Chain | None) -> str:
    if agency and not (moving and moving.meetings.filter(agency__code=agency).exists()):
        raise serializers.ValidationError(
            {"meeting": [_("There is no booked meeting with that agency to move.")]}
        )
    return agency


def _proposal(option: Option) -> dict[str, Any]:
    proposal = option.proposal
    return {
        "id": proposal.sign(),
        "date": option.site_day.date,
        "waiting_minutes": proposal.waiting_minutes,
        "meetings": [
            {
                "agency": offer.code,
                "municipality": getattr(option.agencies[offer.code].municipality, "code", None),
                "starts_at": offer.starts_at,
                "ends_at": offer.ends_at,
                "desk": opaque(proposal.site_day, offer.desk),
                "interpreter": proposal.interpreter and opaque(proposal.site_day, proposal.interpreter),
            }
            for offer in proposal.offers
        ],
    }


def _hint(hint: Hint) -> dict[str, Any]:
    return {
        "kind": hint.kind,
        "agency": hint.agency,
        "date": hint.day,
        "starts_at": hint.starts_at,
        "ends_at": hint.ends_at,
        "detail": sentence_for(hint, language=get_language()),
        "also": hint.also and _hint(hint.also),
    }
