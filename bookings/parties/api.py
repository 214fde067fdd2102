"""Register parties and read them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from agencies.languages import LANGUAGES
from agencies.models import Municipality, Sex, User
from agencies.spoken import interpreted_as
from agencies.web.api import ApiView
from agencies.web.codes import CodeField, language_field
from agencies.web.entity_tags import with_tag
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from bookings.models import LegalBasis, Newcomer, Party
from bookings.parties.cross import open_elsewhere
from bookings.parties.queries import LONGEST_SEARCH, day_ahead, listed_parties, parties
from bookings.parties.register import Member, Particulars, register_party
from interpreters.pool.queries import languages_in_pool

REGISTRATIONS = uuid.UUID("5b0d2a0e-6a0c-4f4b-8a53-1f2f4a8f4c11")
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="The same key with the same body again gives the same party; with another body it is refused.",
)


class OptionalText(serializers.CharField):
    """May be left out, empty or null, with the same meaning."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_null=True, allow_blank=True, **kwargs)


class SexOrNone(serializers.ChoiceField):
    """Null when it is not stated; the model keeps an empty string then."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Sex.choices, required=False, allow_null=True, **kwargs)

    def to_representation(self, value: str) -> Any:
        return value or None


class OwnLanguage(CodeField):
    """The language of one adult's letter; null when it is the party's, for which the model keeps an empty string."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(LANGUAGES, required=False, allow_null=True, allow_blank=True, **kwargs)

    def to_representation(self, value: str) -> Any:
        return value or None


class WarningSerializer(serializers.Serializer[Any]):
    """Something to know of the party; `reference`: of the party that it is about."""

    type = serializers.CharField()
    detail = serializers.CharField()
    reference = serializers.CharField()


class MemberSerializer(serializers.ModelSerializer[Newcomer]):
    given_name = serializers.CharField(allow_blank=True)
    family_name = serializers.CharField(allow_blank=True)
    sex = SexOrNone()
    letter_language = OwnLanguage()

    class Meta:
        model = Newcomer
        fields = ("given_name", "family_name", "birth_date", "sex", "letter_language")


class PartySerializer(serializers.Serializer[Any]):
    """A household: its people, where it lives, what it needs."""

    language = language_field(help_text="Of the letter")
    interpreter_language = OptionalText(help_text="ISO 639-3; the letter's unless told")
    needs_interpreter = serializers.BooleanField(
        required=False,
        allow_null=True,
        help_text="Unless told: yes with `interpreter_language`, else unless the letter is in Swedish or English",
    )
    municipality = serializers.SlugRelatedField(slug_field="code", queryset=Municipality.objects.all())
    legal_basis: "serializers.SlugRelatedField[LegalBasis]" = serializers.SlugRelatedField(
        slug_field="code", queryset=LegalBasis.objects.all()
    )
    members = MemberSerializer(many=True)
    phone = OptionalText()
    email = OptionalText()
    address = OptionalText(help_text="Without it the letter must be handed over.")
    housing = OptionalText()
    decided_on = serializers.DateField(required=False, allow_null=True)
    is_quota = serializers.BooleanField(required=False)
    case_reference = OptionalText()
    is_protected = serializers.BooleanField(
        required=False, help_text="Protected identity: from now on an alias stands for each of them."
    )
    step_free = serializers.BooleanField(required=False)
    extra_time = serializers.BooleanField(required=False)
    caseworker_sex = SexOrNone()
    interpreter_sex = SexOrNone()
    override_reason = OptionalText()
    switched: "serializers.Field[Any, Any, Any, Any]" = serializers.DictField(
        child=serializers.BooleanField(), required=False, help_text='Stops against the rule: {"AF": false}'
    )


class RegisteredPartySerializer(PartySerializer):
    """A registered party, with its reference, its booked chain and what is missing."""

    reference = serializers.CharField()
    registered_at = serializers.DateTimeField()
    switched = serializers.SerializerMethodField()
    chain = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()

    def to_representation(self, party: Party) -> dict[str, Any]:
        """The case reference, too, would tell whoever knows the agency's own system who it is."""
        shown: dict[str, Any] = super().to_representation(party)
        return shown | ({"case_reference": ""} if party.is_protected else {})

    def get_switched(self, party: Party) -> dict[str, bool]:
        return {choice.agency_code: choice.is_on for choice in party.stop_choices.all()}

    def get_chain(self, party: Party) -> str | None:
        chain = day_ahead(party, at=timezone.now())
        return chain.reference if chain else None

    @extend_schema_field(WarningSerializer(many=True))
    def get_warnings(self, party: Party) -> list[dict[str, str]]:
        found = []
        if not party.address:
            found.append(("no-address", _("There is no postal address. Hand the letter over yourself.")))
        if self._has_no_interpreter(party):
            found.append(
                ("interpreter-ordered-outside", _("None of ours interprets that. Order one outside."))
            )
        return [{"type": kind, "detail": detail, "reference": party.reference} for kind, detail in found]

    def _has_no_interpreter(self, party: Party) -> bool:
        """Whether nobody in the pool of the user's sites serves the party; one query for a page of parties."""
        if not party.needs_interpreter:
            return False
        pool = self.context.setdefault("pool", None)
        if pool is None:
            pool = self.context["pool"] = languages_in_pool(self.context["request"].user.sites.all())
        wanted = set(interpreted_as(party.interpreter_language))
        return not any(language in wanted and party.interpreter_sex in ("", sex) for language, sex in pool)


class PartySearchSerializer(serializers.Serializer[Any]):
    search = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=LONGEST_SEARCH,
        help_text="The beginnings of names or references.",
    )


class PartyList(ApiView):
    @extend_schema(
        operation_id="parties",
        parameters=[PartySearchSerializer],
        responses={200: RegisteredPartySerializer(many=True), **problems(422)},
    )
    def get(self, request: Request) -> Response:
        """Your agency's parties at your sites, newest first, without protected identities.

        One elsewhere opens by its reference, with a reason; one that is protected is asked for by its reference.
        """
        found = listed_parties(**self.validated_query(PartySearchSerializer)).filter(is_protected=False)
        return self.page_of(found, RegisteredPartySerializer)

    @extend_schema(
        operation_id="register_party",
        parameters=[IDEMPOTENCY_KEY],
        request=PartySerializer,
        responses={201: RegisteredPartySerializer, **problems(400, 403, 413, 415, 422)},
    )
    def post(self, request: ApiRequest) -> Response:
        """Register a party; `warnings` tells what you should know of it."""
        party = register_party(
            **_verb_arguments(self.validated(PartySerializer)),
            by=request.user,
            at=timezone.now(),
            registration=_registration(request.headers.get("Idempotency-Key"), user=request.user),
        )
        party = parties().get(pk=party.pk)
        body = self.serialized(RegisteredPartySerializer, party)
        address = reverse("api:api-party", args=[party.reference], request=request)
        return with_tag(self.created(body, at=address), str(party.version))


class PartyDetail(ApiView):
    @extend_schema(operation_id="party", responses={200: RegisteredPartySerializer, **problems(404)})
    def get(self, request: Request, reference: str) -> Response:
        """One party."""
        party = get_object_or_404(parties(), reference=reference)
        return with_tag(Response(self.serialized(RegisteredPartySerializer, party)), str(party.version))


class OpeningReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(help_text="Why you need it; the party's history keeps it")


class OpenParty(ApiView):
    @extend_schema(
        operation_id="open_party",
        request=OpeningReasonSerializer,
        responses={200: RegisteredPartySerializer, **problems(400, 403, 404, 413, 415, 422)},
    )
    def post(self, request: ApiRequest, reference: str) -> Response:
        """Open a party of your agency at another site until midnight, by its reference or that of its chain."""
        reason = self.validated(OpeningReasonSerializer)["reason"]
        party = open_elsewhere(reference=reference, reason=reason, by=request.user, at=timezone.now())
        return Response(self.serialized(RegisteredPartySerializer, parties().get(pk=party.pk)))


def _verb_arguments(validated: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments of `register_party`; a field that is null counts as left out."""
    stated = {name: value for name, value in validated.items() if value is not None}
    members = [
        Member(
            **(
                member
                | {"sex": member.get("sex") or "", "letter_language": member.get("letter_language") or ""}
            )
        )
        for member in stated.pop("members")
    ]
    required = {name: stated.pop(name) for name in ("language", "municipality", "legal_basis")}
    return required | {"members": members, "particulars": Particulars(**stated)}


def _registration(key: str | None, *, user: User) -> uuid.UUID | None:
    """The registration of an idempotency key; of another user's key it is another one."""
    return uuid.uuid5(REGISTRATIONS, f"{user.pk}:{key}") if key else None
