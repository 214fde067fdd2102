"""Register a party, or only check whether it could be registered."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Municipality, Resource, Role, User
from agencies.refusals import Refusal
from agencies.spoken import WITHOUT_INTERPRETER, of_letter
from bookings.attendance.eligibility import (
    QUOTA_BASIS,
    require_adult_soon,
    require_quota_possible,
    require_summoning,
    require_valid_basis,
)
from bookings.attendance.profile import Profile
from bookings.events import record_event
from bookings.models import Event, LegalBasis, Newcomer, OwnContact, Party, StopChoice
from bookings.models.references import insert_referenced
from bookings.parties.masking import masked_birth
from bookings.parties.members import Member, new_member
from bookings.parties.protect import age_limits, protect_party
from bookings.parties.queries import own_meetings, profile_with
from bookings.parties.usable import errors_of
from bookings.waiting.join import Why, wait_for_day

MAY_OVERRIDE = {Role.COORDINATOR, Role.MANAGER}  # of the agency that summons: not each has a coordinator
NOT_COLUMNS = {
    "switched",
    "is_protected",
    "interpreter_language",
    "needs_interpreter",
}  # of the particulars: a table, what `protect_party` sets, and what the letter's language may stand for
ADDED_LATER = {
    "interpreter_language",
    "needs_interpreter",
    "letter_language",
    "own_meetings",
    "own_phone",
    "own_email",
}


class NotUsable(Refusal):
    """Something typed cannot be used; `errors` has messages by field, and for `members` by member and field."""

    kind = "not-usable"


class RegistrationReused(Refusal):
    """The key of this registration belongs to an earlier one with other content: `party`."""

    kind = "registration-reused"

    def __init__(self, party: Party) -> None:
        super().__init__(
            _("This has been registered already, with other content, as %(reference)s. Correct it there.")
            % {"reference": party.reference}
        )
        self.party = party


class OverrideNotAllowed(Refusal):
    kind = "override-not-allowed"
    field = "override_reason"


class NoAgency(Refusal):
    kind = "no-agency"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What else is known of a party; all of it is optional. `switched`: agencies met or not, against the rules.

    `interpreter_language`: ISO 639-3, the letter's language if empty. `needs_interpreter`: None as that says.
    """

    decided_on: date | None = None
    is_quota: bool = False
    case_reference: str = ""
    housing_kind: str = ""
    housing: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    step_free: bool = False
    extra_time: bool = False
    caseworker_sex: str = ""
    interpreter_language: str = ""
    needs_interpreter: bool | None = None
    interpreter_sex: str = ""
    override_reason: str = ""
    is_protected: bool = False
    switched: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedRegistration:
    """A party and its people, not saved yet, that passed every check of registering."""

    party: Party
    newcomers: Sequence[Newcomer]
    particulars: Particulars
    at: datetime

    def profile(self) -> Profile:
        """The same as `profile_of` gives once the party is registered, but for the reference."""
        births = [newcomer.birth_date for newcomer in self.newcomers]
        if self.particulars.is_protected:
            limits, today = set(age_limits()), local(self.at).date()
            births = [masked_birth(birth, limits=limits, today=today) for birth in births]
        eldest_first = sorted(range(len(births)), key=births.__getitem__)
        return profile_with(
            self.party,
            births=[births[n] for n in eldest_first],
            switched=self.particulars.switched,
            own=own_meetings([self.newcomers[n] for n in eldest_first]),
        )


def check_registration(
    *,
    language: str,
    municipality: Municipality,
    legal_basis: LegalBasis,
    members: Sequence[Member],
    particulars: Particulars,
    by: User,
    at: datetime,
) -> CheckedRegistration:
    """Everything that `register_party` checks; nothing is written.

    Raises NoAgency, SummonsNobody, NotUsable, UnaccompaniedMinor, QuotaNotPossible, LegalBasisNotValid or
    OverrideNotAllowed. A party of the section for quota refugees is of the quota, whether that was said or not.
    """
    if by.agency is None:
        raise NoAgency(_("Only somebody who works for an agency registers parties."))
    require_summoning(by)
    today = local(at).date()
    party = Party(
        owner=by.agency,
        language=language,
        municipality=municipality,
        legal_basis=legal_basis,
        registered_at=at,
        registered_by=by,
        registration=uuid.uuid4(),
        interpreter_language=particulars.interpreter_language or of_letter(language),
        needs_interpreter=is_interpreted(language, particulars.interpreter_language)
        if particulars.needs_interpreter is None
        else particulars.needs_interpreter,
        **{name: getattr(particulars, name) for name in Particulars.__slots__ if name not in NOT_COLUMNS},
    )
    party.is_quota = party.is_quota or legal_basis.code == QUOTA_BASIS
    newcomers = [new_member(party, member) for member in members]
    _require_usable(party, newcomers, particulars.switched, today=today)
    require_adult_soon([member.birth_date for member in members], day=today)
    require_quota_possible(legal_basis, is_quota=party.is_quota, by=by)
    require_basis(party, by=by, today=today)
    return CheckedRegistration(party, newcomers, particulars, at)


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
    """Register the household for the user's agency; the same user's same `registration` twice gives the same party.

    Raises RegistrationReused, or what `check_registration` raises; then nothing is written.
    """
    digest = _digest(language, municipality.code, legal_basis.code, members, particulars)
    registration = registration and registration_of(registration, by)
    if registration and (earlier := _registered(registration)):
        if earlier.registration_digest not in {"", digest}:
            raise RegistrationReused(earlier)
        return earlier
    checked = check_registration(
        language=language,
        municipality=municipality,
        legal_basis=legal_basis,
        members=members,
        particulars=particulars,
        by=by,
        at=at,
    )
    party = checked.party
    party.registration, party.registration_digest = registration or party.registration, digest
    with transaction.atomic():
        _write(party, checked.newcomers, particulars.switched)
        record_event(kind=Event.Kind.REGISTERED, party_id=party.pk, by=by, at=at)
        wait_for_day(party=party, site=municipality.site, why=Why.NO_DAY, by=by, at=at)
        if reason := party.override_reason:
            record_event(kind=Event.Kind.OVERRIDDEN, party_id=party.pk, by=by, at=at, reason=reason)
        if particulars.is_protected:
            protect_party(party=party, reason=_("At registration."), by=by, at=at)
    return party


def _write(party: Party, newcomers: Sequence[Newcomer], switched: Mapping[str, bool]) -> None:
    party.resource = Resource.objects.create(kind=Resource.Kind.PARTY)
    insert_referenced(party)
    Newcomer.objects.bulk_create(newcomers)
    OwnContact.objects.bulk_create(one.own_contact for one in newcomers if one.own_phone or one.own_email)
    StopChoice.objects.bulk_create(
        StopChoice(party=party, agency_code=code, is_on=is_on) for code, is_on in switched.items()
    )


def is_interpreted(language: str, interpreter_language: str) -> bool:
    """Where nobody says: a stated language is interpreted, the letter's unless every caseworker speaks it."""
    return bool(interpreter_language) or language not in WITHOUT_INTERPRETER


def registration_of(registration: uuid.UUID, by: User) -> uuid.UUID:
    """Another user's same key is another registration: nobody learns from it what others have registered."""
    return uuid.uuid5(registration, f"{by.agency_id}/{by.pk}")


def _registered(registration: uuid.UUID) -> Party | None:
    """The party that an earlier request registered; waits for one that has not committed yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [registration.int % 2**63])
    return Party.objects.filter(registration=registration).first()


def _digest(
    language: str,
    municipality: str,
    legal_basis: str,
    members: Sequence[Member],
    particulars: Particulars,
) -> str:
    """A keyed digest of everything typed, so that the same form is known again and nothing can be read from it."""
    typed = [language, municipality, legal_basis, [_stated(one) for one in members], _stated(particulars)]
    content = json.dumps(typed, default=str, sort_keys=True)
    return salted_hmac("bookings.registration", content, algorithm="sha256").hexdigest()


def _stated(typed: Member | Particulars) -> dict[str, Any]:
    """All fields but those that came later and nobody stated, so that the digests of before still hold."""
    fields = asdict(typed)
    return {
        name: value
        for name, value in fields.items()
        if name not in ADDED_LATER or value not in ("", None, (), [])
    }


def _require_usable(
    party: Party, newcomers: Sequence[Newcomer], switched: Mapping[str, bool], *, today: date
) -> None:
    if errors := errors_of(party, newcomers, switched, today=today):
        raise NotUsable(_("Some of this cannot be used. Look at the marked fields."), errors=errors)


def require_basis(party: Party, *, by: User, today: date) -> None:
    """The legal basis holds today, or one who may has given a reason to override it."""
    if not party.override_reason:
        require_valid_basis(party.legal_basis, day=today)
    elif by.role not in MAY_OVERRIDE:
        raise OverrideNotAllowed(_("Only a coordinator or a manager may override a legal basis."))
