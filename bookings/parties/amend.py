"""Correct what is registered of a party: contact, language, needs, housing, legal basis, members."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import User
from agencies.refusals import Refusal
from agencies.spoken import of_letter
from bookings.attendance.eligibility import QUOTA_BASIS, require_adult_soon, require_quota_possible
from bookings.models import Newcomer, Party
from bookings.parties.members import (
    OWN_CONTACT,
    Member,
    columns_of,
    contact_typed,
    new_member,
    own_contact_of,
    save_contact,
)
from bookings.parties.protect import CONTACT
from bookings.parties.register import NotUsable, is_interpreted, require_basis
from bookings.parties.usable import errors_of

AMENDABLE = (
    "language",
    "interpreter_language",
    "needs_interpreter",
    "municipality",
    "legal_basis",
    "override_reason",
    "decided_on",
    "is_quota",
    "case_reference",
    "address",
    "housing_kind",
    "housing",
    "phone",
    "email",
    "step_free",
    "extra_time",
    "interpreter_sex",
    "caseworker_sex",
)
BASIS = {"legal_basis", "override_reason"}
QUOTA = {"legal_basis", "is_quota"}
MEMBERS = "members"


class NamesSealed(Refusal):
    """Names and contacts of a protected party are sealed; nobody corrects them before the protection ends."""

    kind = "names-sealed"
    status = 409


class StillNeeded(Refusal):
    """A member cannot be taken out of the party: consents of that person are kept."""

    kind = "member-still-needed"
    status = 409


@dataclass(frozen=True, slots=True)
class MemberAsAmended:
    """A person as typed; `key` is None for somebody who joins the party.

    `unsaid`: names of what is not said of a member, which stays as it was.
    """

    key: UUID | None
    typed: Member
    unsaid: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """New values by field of the party, and all members as they are now; None leaves the members as they were.

    Without a value, `interpreter_language` ("") and `needs_interpreter` (None) are as the letter's language says.
    """

    values: Mapping[str, Any]
    members: Sequence[MemberAsAmended] | None = None


def write_correction(*, party: Party, correction: Correction, by: User, at: datetime) -> frozenset[str]:
    """Write what differs, and give the names of what was changed: fields of the party, `members`.

    Only what is changed is checked, so that an old value never stands in the way. The party must be locked. Raises
    NotUsable, NamesSealed, StillNeeded, UnaccompaniedMinor, QuotaNotPossible, LegalBasisNotValid or
    OverrideNotAllowed.
    """
    today = local(at).date()
    before = {name: getattr(party, name) for name in AMENDABLE}
    for name, value in correction.values.items():
        setattr(party, name, value)
    _follow_language(party, before, correction.values)
    if "legal_basis" in correction.values:
        party.is_quota = party.is_quota or party.legal_basis.code == QUOTA_BASIS
    rows, removed = _members(party, correction.members)
    found = errors_of(party, [row for row, _is_changed in rows], {}, today=today)
    changed = {name for name in before if getattr(party, name) != before[name]}
    if removed or any(is_changed for _row, is_changed in rows):
        changed.add(MEMBERS)
    _require_usable(found, changed, [is_changed for _row, is_changed in rows])
    _require_open(party, changed)
    if MEMBERS in changed:
        require_adult_soon([row.birth_date for row, _is_changed in rows], day=today)
    if changed & QUOTA:
        require_quota_possible(party.legal_basis, is_quota=party.is_quota, by=by)
    if changed & BASIS:
        require_basis(party, by=by, today=today)
    if changed:
        _write(party, changed - {MEMBERS}, [row for row, is_changed in rows if is_changed], removed)
    return frozenset(changed)


def _follow_language(party: Party, before: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """What is emptied is as the letter's language says, as when registering; and what was, if nobody corrects it."""
    was_letters = before["interpreter_language"] == of_letter(before["language"])
    stated = "" if was_letters else before["interpreter_language"]
    was_said = before["needs_interpreter"] != is_interpreted(before["language"], stated)
    stated = values.get("interpreter_language", stated)
    if not stated:
        party.interpreter_language = of_letter(party.language)
    if values.get("needs_interpreter", before["needs_interpreter"] if was_said else None) is None:
        party.needs_interpreter = is_interpreted(party.language, stated)


def _members(
    party: Party, typed: Sequence[MemberAsAmended] | None
) -> tuple[list[tuple[Newcomer, bool]], list[Newcomer]]:
    """The members as amended, each with whether it differs, not saved yet; and those who are no longer among them."""
    present = {member.key: member for member in party.members.all()}
    if typed is None:
        return [(row, False) for row in present.values()], []
    return [_member(party, one, present) for one in typed], list(present.values())


def _member(party: Party, amended: MemberAsAmended, present: dict[UUID, Newcomer]) -> tuple[Newcomer, bool]:
    """The member with the typed values; takes it out of those `present`."""
    if amended.key is None:
        return new_member(party, amended.typed), True
    row = present.pop(amended.key, None)
    if row is None:
        message = _("There is no such person in this party.")
        raise NotUsable(message, errors={MEMBERS: [message]})
    kept = own_contact_of(row)
    unsaid = {OWN_CONTACT.get(name, name) for name in amended.unsaid}
    contact, person = [
        (one, {name: value for name, value in typed.items() if name not in unsaid})
        for one, typed in ((kept, contact_typed(amended.typed)), (row, columns_of(amended.typed)))
    ]
    if _differs(*contact):
        kept.stated_at = None
    is_changed = _differs(*contact) or _differs(*person)
    for one, values in (contact, person):
        for name, value in values.items():
            setattr(one, name, value)
    return row, is_changed


def _differs(row: models.Model, values: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _require_usable(found: Mapping[str, Any], changed: set[str], changed_rows: Sequence[bool]) -> None:
    """Raises NotUsable with the errors of what is changed."""
    errors = {name: messages for name, messages in found.items() if name in changed}
    rows = errors.get(MEMBERS)
    if rows and isinstance(rows[0], dict):
        told = [row if is_changed else {} for row, is_changed in zip(rows, changed_rows, strict=True)]
        errors = {**errors, MEMBERS: told} if any(told) else errors
    if errors:
        raise NotUsable(_("Some of this cannot be used. Look at the marked fields."), errors=errors)


def _require_open(party: Party, changed: set[str]) -> None:
    sealed = changed & {*CONTACT, MEMBERS}
    if party.is_protected and sealed:
        message = _("The identity is protected. End the protection first, then correct this.")
        raise NamesSealed(message, errors={name: [message] for name in sorted(sealed)})


def _write(party: Party, columns: set[str], rows: Sequence[Newcomer], removed: Sequence[Newcomer]) -> None:
    party.version += 1
    party.save(update_fields=["version", *columns])
    for row in rows:
        row.save()
        save_contact(row)
    try:
        with transaction.atomic():
            for row in removed:
                row.delete()
    except models.RestrictedError as error:
        message = _(
            "This person has a meeting alone. Let it go and move the day first; one that has been is kept."
        )
        raise StillNeeded(message, errors={MEMBERS: [message]}) from error
    except IntegrityError as error:
        message = _("This person has answered about consent, which is kept: the person stays in the party.")
        raise StillNeeded(message, errors={MEMBERS: [message]}) from error
