"""Correct a party over the API."""

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from agencies.web.entity_tags import IF_MATCH, seen_by, with_tag
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from bookings.chains.amend import amend_party
from bookings.chains.preconditions import if_match
from bookings.models import Party
from bookings.parties.amend import AMENDABLE, Correction, MemberAsAmended
from bookings.parties.api import (
    PartyDetail,
    PartySerializer,
    RegisteredPartySerializer,
    TypedMemberSerializer,
)
from bookings.parties.members import Member
from bookings.parties.queries import parties, reachable_parties

WITHOUT_TEXT = {"decided_on", "needs_interpreter"}  # None when they are emptied


class AmendedMemberSerializer(TypedMemberSerializer):
    key = serializers.UUIDField(
        required=False, allow_null=True, help_text="Of somebody who is a member; without it a person joins."
    )

    class Meta(TypedMemberSerializer.Meta):
        fields = ("key", *TypedMemberSerializer.Meta.fields)  # type: ignore[assignment]  # one more than there


class AmendmentSerializer(PartySerializer):
    """What is to be corrected; all else stays as it is."""

    members = AmendedMemberSerializer(
        many=True,
        required=False,
        help_text="All members as they are now; who is left out leaves the party. What is left out of a member that"
        " has a `key` stays as it was; what is null or empty is emptied.",
    )
    is_protected = None  # type: ignore[assignment]  # is begun and ended with a reason
    switched = None  # type: ignore[assignment]  # is chosen when a day is searched for

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """None is required. `partial` would leave fields out of members too."""
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if others := sorted(set(self.initial_data) - set(self.fields)):
            raise serializers.ValidationError({name: [_("This is not corrected here.")] for name in others})
        return attrs


class AmendedPartySerializer(RegisteredPartySerializer):
    """The party as it is now, and what the correction led to."""

    letter_version = serializers.IntegerField(
        allow_null=True, help_text="The letter's new version; null if no letter tells of what was changed."
    )
    must_move = serializers.BooleanField(help_text="Whether the booked day no longer fits the party.")


class CorrectParty(PartyDetail):
    @extend_schema(
        operation_id="correct_party",
        parameters=[IF_MATCH],
        request=AmendmentSerializer,
        responses={200: AmendedPartySerializer, **problems(400, 403, 404, 409, 412, 413, 415, 422)},
    )
    def patch(self, request: ApiRequest, reference: str) -> Response:
        """Correct a party; a letter that has gone out gets its next version, unless the day no longer fits."""
        party = get_object_or_404(reachable_parties(), reference=reference)
        with if_match():
            amended = amend_party(
                party=party,
                correction=_correction(self.validated(AmendmentSerializer)),
                by=request.user,
                at=timezone.now(),
                seen=seen_by(request),
            )
        party = parties().get(pk=party.pk)
        led_to = {
            "letter_version": amended.letter.version if amended.letter else None,
            "must_move": amended.must_move,
        }
        return with_tag(Response(_shown(self, party) | led_to), str(party.version))


def _shown(view: PartyDetail, party: Party) -> dict[str, Any]:
    shown: dict[str, Any] = view.serialized(RegisteredPartySerializer, party)
    return shown


def _correction(validated: Mapping[str, Any]) -> Correction:
    """A field that is null is emptied."""
    values = {name: value for name, value in validated.items() if name in AMENDABLE}
    emptied = {
        name: "" if value is None and name not in WITHOUT_TEXT else value for name, value in values.items()
    }
    members = validated.get("members")
    return Correction(emptied, None if members is None else [_member(dict(one)) for one in members])


def _member(typed: dict[str, Any]) -> MemberAsAmended:
    """What is left out of a member stays as it was: an older client does not know every field."""
    key = typed.pop("key", None)
    unsaid = set(Member.__slots__) - set(typed)
    stated = {name: value for name, value in typed.items() if value is not None}
    return MemberAsAmended(key, Member(**{"family_name": ""} | stated), unsaid)
