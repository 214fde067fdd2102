"""Register parties and read them."""

import uuid
from collections.abc import Mapping
from functools import cached_property
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
from agencies.models import Housing, Municipality, Sex, Site, User
from agencies.spoken import interpreted_as
from agencies.web.api import ApiView
from agencies.web.codes import CodeField, agency_field, language_field
from agencies.web.entity_tags import with_tag
from agencies.web.problem_schema import problems
from agencies.web.requests import ApiRequest
from bookings.models import LegalBasis, Newcomer, Party
from bookings.parties.cross import open_elsewhere
from bookings.parties.duplicates import PossibleDuplicate, TypedParty, possible_duplicates, told
from bookings.parties.members import Member
from bookings.parties.narrowing import Narrowing
from bookings.parties.queries import LONGEST_SEARCH, day_ahead, listed_parties, parties
from bookings.parties.register import Particulars, register_party, registration_of
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


class ChoiceOrNone(serializers.ChoiceField):
    """Null when nothing is stated; the model keeps an empty string then."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=choices, required=False, allow_null=True, **kwargs)

    def to_representation(self, value: str) -> Any:
        return value or None


class OwnLanguage(CodeField):
    """The language of one adult's letter; null when it is the party's, for which the model keeps an empty string."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(LANGUAGES, required=False, allow_null=True, allow_blank=True, **kwargs)

    def to_representation(self, value: str) -> Any:
        return value or None


class WarningSerializer(serializers.Serializer[Any]):
    """What somebody should know who registers or reads a party; `reference`: the party that it leads to."""

    type = serializers.CharField()
    detail = serializers.CharField()
    reference = serializers.CharField()


class MemberSerializer(serializers.ModelSerializer[Newcomer]):
    given_name = serializers.CharField(allow_blank=True)
    family_name = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="Empty or left out for who has one name only: a given name.",
    )
    sex = ChoiceOrNone(Sex.choices)
    letter_language = OwnLanguage()

    class Meta:
        model = Newcomer
        fields = ("given_name", "family_name", "birth_date", "sex", "letter_language")


class TypedMemberSerializer(MemberSerializer):
    """A member as its own agency writes and reads it."""

    own_meetings = serializers.ListField(
        child=agency_field(),
        required=False,
        help_text="Agencies by which an adult asks to be met alone, at another time than the others",
    )

    own_phone = OptionalText(help_text="An adult's own; messages to that adult go there alone.")
    own_email = OptionalText(help_text="An adult's own")

    class Meta(MemberSerializer.Meta):
        fields = (*MemberSerializer.Meta.fields, "own_meetings", "own_phone", "own_email")  # type: ignore[assignment]  # more


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
    members = TypedMemberSerializer(many=True)
    phone = OptionalText()
    email = OptionalText()
    address = OptionalText(help_text="Without it the letter must be handed over.")
    housing_kind = ChoiceOrNone(Housing.choices, help_text="Steers which documents are asked for.")
    housing = OptionalText(help_text="In words.")
    decided_on = serializers.DateField(required=False, allow_null=True)
    is_quota = serializers.BooleanField(required=False)
    case_reference = OptionalText()
    is_protected = serializers.BooleanField(
        required=False, help_text="Protected identity: from now on an alias stands for each of them."
    )
    step_free = serializers.BooleanField(required=False)
    extra_time = serializers.BooleanField(required=False)
    caseworker_sex = ChoiceOrNone(Sex.choices)
    interpreter_sex = ChoiceOrNone(Sex.choices)
    override_reason = OptionalText()
    switched: "serializers.Field[Any, Any, Any, Any]" = serializers.DictField(
        child=serializers.BooleanField(), required=False, help_text='Stops against the rule: {"AF": false}'
    )


class RegisteredMemberSerializer(TypedMemberSerializer):
    class Meta(TypedMemberSerializer.Meta):
        fields = ("key", *TypedMemberSerializer.Meta.fields)  # type: ignore[assignment]  # one more than there


class RegisteredPartySerializer(PartySerializer):
    """A registered party, with its reference, its booked chain and what is missing."""

    members = RegisteredMemberSerializer(many=True)
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
            found.append(
                ("no-postal-address", _("There is no postal address. Hand the letter over yourself."))
            )
        if self._has_no_interpreter(party):
            found.append(
                ("interpreter-ordered-outside", _("None of ours interprets that. Order one outside."))
            )
        return [{"type": kind, "detail": detail, "reference": party.reference} for kind, detail in found]

    def _has_no_interpreter(self, party: Party) -> bool:
        """Whether nobody in the pool of the user's sites serves the party."""
        if not party.needs_interpreter:
            return False
        wanted = set(interpreted_as(party.interpreter_language))
        return not any(
            language in wanted and party.interpreter_sex in ("", sex) for language, sex in self._pool
        )

    @cached_property
    def _pool(self) -> list[tuple[str, str]]:
        """The languages of the interpreters at the user's sites, with their sex; read once for a page of parties."""
        return list(languages_in_pool(self.context["request"].user.sites.all()))


class PartySearchSerializer(serializers.Serializer[Any]):
    search = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=LONGEST_SEARCH,
        help_text="Beginnings of names, references or your own case reference; a telephone number or a birth date.",
    )
    site = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Site.objects.all(),
        required=False,
        help_text="With a day there; or without a day, registered by somebody who works there",
    )
    mine = serializers.BooleanField(required=False, default=False, help_text="Only those you have registered")
    booked = serializers.BooleanField(
        required=False, allow_null=True, default=None, help_text="With a day ahead, or without one"
    )
    date = serializers.DateField(required=False, help_text="With a day on this date")


class PartyList(ApiView):
    @extend_schema(
        operation_id="parties",
        parameters=[PartySearchSerializer],
        responses={200: RegisteredPartySerializer(many=True), **problems(422)},
    )
    def get(self, request: ApiRequest) -> Response:
        """Your agency's parties at your sites, newest first, without protected identities.

        One elsewhere opens by its reference, with a reason; one that is protected is asked for by its reference.
        """
        query = self.validated_query(PartySearchSerializer)
        found = listed_parties(
            search=query["search"], narrowed=_narrowing(query, request.user), at=timezone.now()
        )
        found = found.filter(is_protected=False)
        return self.page_of(found, RegisteredPartySerializer)

    @extend_schema(
        operation_id="register_party",
        parameters=[IDEMPOTENCY_KEY],
        request=PartySerializer,
        responses={201: RegisteredPartySerializer, **problems(400, 403, 413, 415, 422)},
    )
    def post(self, request: ApiRequest) -> Response:
        """Register a party; `warnings` tells what you should know of it."""
        arguments = _verb_arguments(self.validated(PartySerializer))
        registration = _registration(request.headers.get("Idempotency-Key"), user=request.user)
        warnings = _duplicate_warnings(arguments, registration, by=request.user)
        party = register_party(**arguments, by=request.user, at=timezone.now(), registration=registration)
        party = parties().get(pk=party.pk)
        body = self.serialized(RegisteredPartySerializer, party)
        body["warnings"] += warnings
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


def _narrowing(query: Mapping[str, Any], user: User) -> Narrowing:
    site = query.get("site")
    return Narrowing(
        site=site.code if site else "",
        registered_by=user.pk if query["mine"] else None,
        booked=query["booked"],
        day=query.get("date"),
    )


def _verb_arguments(validated: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments of `register_party`; a field that is null counts as left out."""
    stated = _stated(validated)
    blank = {"family_name": "", "sex": "", "letter_language": ""}
    members = [Member(**(blank | _stated(member))) for member in stated.pop("members")]
    required = {name: stated.pop(name) for name in ("language", "municipality", "legal_basis")}
    return required | {"members": members, "particulars": Particulars(**stated)}


def _stated(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _duplicate_warnings(
    arguments: Mapping[str, Any], registration: uuid.UUID | None, *, by: User
) -> list[dict[str, str]]:
    """A warning for each party that may be the same, as it was before this one is registered."""
    said = arguments["particulars"]
    entry = TypedParty(arguments["members"], said.phone, said.case_reference)
    own = registration and registration_of(registration, by)
    return [
        {"type": PossibleDuplicate.kind, "detail": told([reference]), "reference": reference}
        for reference in possible_duplicates(entry, apart_from=own)
    ]


def _registration(key: str | None, *, user: User) -> uuid.UUID | None:
    """The registration of an idempotency key; of another user's key it is another one."""
    return uuid.uuid5(REGISTRATIONS, f"{user.pk}:{key}") if key else None
