"""Propose days, or say why there is none."""

from datetime import datetime, timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from agencies.clock import local
from agencies.models import Site, SiteDay
from agencies.refusals import Refusal
from agencies.web.api import ApiView
from agencies.web.codes import CodeField, agency_field
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from bookings.attendance.eligibility import require_own_site
from bookings.attendance.keys import address_of, keys_named
from bookings.models import Chain, Party, Track
from bookings.parties.queries import meetings_by_key, profile_of, reachable_parties
from bookings.proposals.acts import with_acts
from bookings.proposals.answer import MARKS, Answer, Hint, Option
from bookings.proposals.hints import KINDS, sentence_for
from bookings.proposals.propose import propose
from bookings.proposals.serializers import (
    LeftOutSerializer,
    MeetingSerializer,
    PauseSerializer,
    offer_data,
)
from bookings.proposals.signed import read_proposal

MOST_CHOICES = 10
# How far from a day that was just taken alternatives are searched.
BEFORE, AFTER = timedelta(days=14), timedelta(days=28)
NO_DAY = Answer((), (Hint("closed"),))


class ProposalSearchSerializer(serializers.Serializer[Any]):
    """Whose day is looked for, where and when. A booked party's proposals are for moving its day."""

    party = serializers.CharField(help_text="The party's reference")
    site = serializers.SlugRelatedField(slug_field="code", queryset=Site.objects.all())
    track = serializers.IntegerField()
    to = serializers.DateField()
    limit = serializers.IntegerField(min_value=1, max_value=MOST_CHOICES, default=3)
    after = serializers.DateField(
        required=False, help_text="The days after this one in order of time, none left out"
    )
    without = serializers.ListField(
        child=agency_field(),
        required=False,
        default=list,
        help_text="Agencies not to be met, which the rules let staff turn off; that is kept when the day is booked",
    )
    meeting = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        help_text="The agency whose meeting alone is to move; of several the one, such as AF:2",
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {"from": serializers.DateField()}

    def validate_track(self, number: int) -> Track:
        if track := Track.objects.filter(number=number).first():
            return track
        raise serializers.ValidationError(_("There is no such track."))


class ProposalSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    date = serializers.DateField()
    marks = serializers.ListField(child=serializers.ChoiceField(choices=MARKS))
    waiting_minutes = serializers.IntegerField()
    outside_interpreter = serializers.BooleanField(
        help_text="None of ours interprets the language then; one is ordered outside"
    )
    meetings = MeetingSerializer(many=True)
    pauses = PauseSerializer(many=True)
    left_out = LeftOutSerializer(many=True)


class ChangeSerializer(serializers.Serializer[Any]):
    """Fields of the search, with the values that find a day."""

    to = serializers.DateField(required=False)
    site = serializers.CharField(required=False)
    without = serializers.ListField(child=agency_field(), required=False)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"from": serializers.DateField(required=False)} | super().get_fields()


class SingleHintSerializer(serializers.Serializer[Any]):
    kind = CodeField(KINDS)
    agency = agency_field(allow_null=True)
    date = serializers.DateField(allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    type = CodeField(KINDS, help_text="The same as `kind`")
    detail = serializers.CharField()
    change = ChangeSerializer(
        allow_null=True,
        help_text="What finds the day in a search that is else the same; null where the search alone does not help",
    )


class HintSerializer(SingleHintSerializer):
    """Something that would help; `also` is needed at the same time."""

    also = SingleHintSerializer(allow_null=True)


class ProposalResultSerializer(serializers.Serializer[Any]):
    """The proposals in order of time; `why_not` has hints exactly when there is none.

    `more_after`: as `after` of the next search it gives the days that are not shown; null: all are.
    """

    proposals = ProposalSerializer(many=True)
    why_not = HintSerializer(many=True)
    more_after = serializers.DateField(allow_null=True)


class ProposalSearch(ApiView):
    @extend_schema(
        operation_id="propose",
        request=ProposalSearchSerializer,
        responses={200: ProposalResultSerializer, **problems(400, 403, 404, 413, 415, 422)},
    )
    def post(self, request: ApiRequest) -> Response:
        """The best days and the earliest, or why there is none and what would help. Nothing is held."""
        search, at = self.validated(ProposalSearchSerializer), timezone.now()
        party = get_object_or_404(reachable_parties(), reference=search["party"])
        moving = booked_chain(party, at=at)
        require_own_site(search["site"], by=request.user, moving=moving)
        asked: dict[str, Any] = {
            "profile": profile_of(party),
            "site": search["site"],
            "track": search["track"],
            "first": search["from"],
            "last": search["to"],
            "at": at,
            "limit": search["limit"],
            "moving": moving,
            "meeting": _movable(search["meeting"], moving),
            "without": tuple(search["without"]),
        }
        answer = propose(**asked, after=search.get("after"))
        return Response(serialized_answer(with_acts(answer, by=request.user, **asked)))


def booked_chain(party: Party, *, at: datetime) -> Chain | None:
    """The party's booked chain, unless its day has passed."""
    return party.chains.filter(state=Chain.State.BOOKED, site_day__closes_at__gt=at).first()


def serialized_alternatives(
    party: Party, signed_proposal: str, *, at: datetime, moving: Chain | None = None
) -> dict[str, Any]:
    """Fresh proposals in place of one that was taken, or why there are none."""
    proposal = read_proposal(signed_proposal)
    site_days = SiteDay.objects.select_related("location__site")
    site_day = site_days.filter(pk=proposal.site_day).first() if proposal else None
    if not (proposal and site_day):
        return serialized_answer(NO_DAY)
    try:
        answer = propose(
            profile=profile_of(party),
            site=site_day.location.site,
            track=Track.objects.get(number=proposal.track),
            first=max(local(at).date(), site_day.date - BEFORE),
            last=site_day.date + AFTER,
            at=at,
            moving=moving,
            meeting=proposal.meeting,
            without=proposal.without,
        )
    except Refusal:  # the site has closed meanwhile, or the legal basis has ended
        answer = NO_DAY
    return serialized_answer(answer)


def serialized_answer(answer: Answer) -> dict[str, Any]:
    """The proposals, or the hints, as the API answers them."""
    result = {
        "proposals": [_proposal_data(option) for option in answer.options],
        "why_not": [_hint_data(hint) for hint in answer.why_not],
        "more_after": answer.more_after,
    }
    return ProposalResultSerializer(result).data


def _movable(named: str, moving: Chain | None) -> str:
    """The key of the meeting that is meant and may move, or an empty string."""
    if not named:
        return ""
    booked = meetings_by_key(moving) if moving else {}
    keys = keys_named(named, booked)
    if len(keys) == 1:
        return keys[0]
    message = _("There is no booked meeting with that agency to move.")
    if keys:
        choices = " / ".join(address_of(key, booked) for key in keys)
        message = _("This chain has several meetings with that agency. Say which: %(choices)s.") % {
            "choices": choices
        }
    raise serializers.ValidationError({"meeting": [message]})


def _proposal_data(option: Option) -> dict[str, Any]:
    proposal = option.proposal
    return {
        "id": proposal.sign(),
        "date": option.site_day.date,
        "marks": option.marks,
        "waiting_minutes": proposal.waiting_minutes,
        "outside_interpreter": proposal.outside,
        "meetings": [offer_data(offer, proposal, option.agencies[offer.code]) for offer in proposal.offers],
        "pauses": option.pauses,
        "left_out": option.left_out,
    }


def _hint_data(hint: Hint) -> dict[str, Any]:
    return {
        "kind": hint.kind,
        "type": hint.kind,
        "change": hint.change,
        "agency": hint.agency,
        "date": hint.day,
        "starts_at": hint.starts_at,
        "ends_at": hint.ends_at,
        "detail": sentence_for(hint, language=get_language()),
        "also": hint.also and _hint_data(hint.also),
    }
