"""Register a party: the household, its people, its needs."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.languages import LANGUAGES
from agencies.models import AgencyCode, Municipality, Resource, Role, User
from agencies.refusals import Refusal
from agencies.validators import clean_phone, validate_birth_date
from bookings.attendance.eligibility import require_adult, require_valid_basis
from bookings.models import Event, LegalBasis, Newcomer, Party, StopChoice
from bookings.models.references import insert_referenced
from bookings.parties.protect import protect_party

MOST_MEMBERS = 20
NOT_COLUMNS = {"switched", "is_protected"}
NOT_TYPED = {"reference", "resource", "owner", "registered_by", "municipality", "legal_basis"}


class NotUsable(Refusal):
    """Something typed cannot be used; `errors` says what, field by field and member by member."""

    kind = "not-usable"


class OverrideNotAllowed(Refusal):
    kind = "override-not-allowed"
    field = "override_reason"


class NoAgency(Refusal):
    kind = "no-agency"


@dataclass(frozen=True, slots=True)
class Member:
    """A person as typed."""

    given_name: str
    family_name: str
    birth_date: date
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What may be said of a party beside its people; all may be left out."""

    decided_on: date | None = None
    is_quota: bool = False
    case_reference: str = ""
    housing: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    step_free: bool = False
    extra_time: bool = False
    caseworker_sex: str = ""
    interpreter_sex: str = ""
    override_reason: str = ""
    is_protected: bool = False
    switched: Mapping[str, bool] = field(default_factory=dict)


def register_party(
    *,
    language: str,
    municipality: Municipality,
    legal_basis: LegalBasis,
    members: Sequence[Member],
    particulars: Particulars,
    by: User,
    at: datetime,
    registration: uuid.UUID | None = None,
) -> Party:
    """Register the household for the user's agency; the same form twice gives the same party.

    Raises NotUsable, UnaccompaniedMinor, LegalBasisNotValid, OverrideNotAllowed or NoAgency.
    """
    if registration and (earlier := _registered(registration)):
        return earlier
    today = local(at).date()
    _require_summoner(by)
    party = Party(
        owner=by.agency,
        language=language,
        municipality=municipality,
        legal_basis=legal_basis,
        registered_at=at,
        registered_by=by,
        registration=registration or uuid.uuid4(),
        **{name: getattr(particulars, name) for name in Particulars.__slots__ if name not in NOT_COLUMNS},
    )
    newcomers = [Newcomer(party=party, **_fields(member)) for member in members]
    _require_usable(party, newcomers, particulars.switched, today=today)
    require_adult([member.birth_date for member in members], day=today)
    _require_basis(party, by=by, today=today)
    with transaction.atomic():
        party.resource = Resource.objects.create(kind=Resource.Kind.PARTY)
        insert_referenced(party)
        Newcomer.objects.bulk_create(newcomers)
        StopChoice.objects.bulk_create(
            StopChoice(party=party, agency_code=code, is_on=is_on)
            for code, is_on in particulars.switched.items()
        )
        _remember(party, by=by, at=at)
        if particulars.is_protected:
            protect_party(party=party, reason=_("At registration."), by=by, at=at)
    return party


def _registered(registration: uuid.UUID) -> Party | None:
    """The party of an earlier press; a press that is still under way is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [registration.int % 2**63])
    return Party.objects.filter(registration=registration).first()


def _fields(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in Member.__slots__}


def _require_summoner(by: User) -> None:
    if by.agency is None:
        raise NoAgency(_("Only somebody who works for an agency registers parties."))


def _require_usable(
    party: Party, newcomers: Sequence[Newcomer], switched: Mapping[str, bool], *, today: date
) -> None:
    """Collect everything that is wrong at once, so that it can be shown beside each field."""
    errors: dict[str, Any] = _errors(lambda: _clean_party(party))
    if not 1 <= len(newcomers) <= MOST_MEMBERS:
        errors["members"] = [_("A party has between 1 and %(most)s members.") % {"most": MOST_MEMBERS}]
    elif any(found := [_member_errors(newcomer, today=today) for newcomer in newcomers]):
        errors["members"] = found
    if unknown := set(switched) - set(AgencyCode.values):
        errors["switched"] = [_("There is no agency %(code)s.") % {"code": ", ".join(sorted(unknown))}]
    if errors:
        raise NotUsable(_("Some of this cannot be used. Look at the marked fields."), errors=errors)


def _clean_party(party: Party) -> None:
    if party.language not in LANGUAGES:
        raise ValidationError({"language": _("We have no letters in that language.")})
    try:
        party.phone = clean_phone(party.phone)
    except ValidationError as error:
        raise ValidationError({"phone": error.messages}) from None
    party.clean_fields(exclude=NOT_TYPED)


def _member_errors(newcomer: Newcomer, *, today: date) -> dict[str, list[str]]:
    def check_birth() -> None:
        try:
            validate_birth_date(newcomer.birth_date, today=today)
        except ValidationError as error:
            raise ValidationError({"birth_date": error.messages}) from None

    return _errors(lambda: newcomer.clean_fields(exclude=["party"])) | _errors(check_birth)


def _errors(check: Callable[[], None]) -> dict[str, list[str]]:
    try:
        check()
    except ValidationError as error:
        return {name: list(messages) for name, messages in error.message_dict.items()}
    return {}


def _require_basis(party: Party, *, by: User, today: date) -> None:
    """The ground holds today, unless a coordinator says why it need not."""
    if not party.override_reason:
        require_valid_basis(party.legal_basis, day=today)
    elif by.role != Role.COORDINATOR:
        raise OverrideNotAllowed(_("Only a coordinator may override a legal basis."))


def _remember(party: Party, *, by: User, at: datetime) -> None:
    Event.objects.create(party=party, kind=Event.Kind.REGISTERED, at=at, by=by)
    if party.override_reason:
        Event.objects.create(
            party=party, kind=Event.Kind.OVERRIDDEN, at=at, by=by, facts={"reason": party.override_reason}
        )
