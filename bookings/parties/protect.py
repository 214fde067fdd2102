"""Protected identity: replace names by aliases, open the sealed names with a reason, end the protection."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.rosters.locks import lock_resources
from agencies.validators import validate_plain
from agencies.web.roles import AGENCY_ROLES, require_role
from bookings.attendance.queries import rules_in_force
from bookings.attendance.rules import ADULT_AGE
from bookings.events import record_event
from bookings.models import Chain, Event, Link, Newcomer, Opening, Party, SealedIdentity, SummonsCopy
from bookings.parties.masking import alias, masked_birth, without
from bookings.parties.reason import clean_reason

CONTACT = ("address", "housing", "phone", "email")
PERSON = ("given_name", "family_name", "birth_date")
BANDS = (0, 6, ADULT_AGE, 65)  # the first ages of the bands that another agency sees

log = structlog.get_logger(__name__)


class NoReason(Refusal):
    kind = "no-reason"
    field = "reason"


class NotProtected(Refusal):
    kind = "not-protected"
    status = 409


@transaction.atomic
def protect_party(*, party: Party, reason: str, by: User, at: datetime) -> Party:
    """Seal names and contacts, and put aliases in their place; changes nothing if it is done already.

    Raises NoReason.
    """
    reason = _required(reason)
    lock_resources([party.resource_id])
    # Waits for a letter that is being printed, so that its copies are deleted below.
    list(Link.objects.filter(chain__party=party).select_for_update(of=["self"], no_key=True))
    party.refresh_from_db()
    if party.is_protected:
        return party
    people = list(party.members.order_by("birth_date", "pk").values("pk", *PERSON))
    contact = {name: getattr(party, name) for name in CONTACT}
    told = _words(people, contact)
    SealedIdentity(party=party, contact=contact, people=_by_key(people)).save(force_insert=True)
    _mask(party, people, today=local(at).date())
    _erase(party, told)
    SummonsCopy.objects.filter(summons__chain__party=party).delete()
    # Last, because a trigger then deletes the recorded changes of these rows.
    _save(party, is_protected=True, **dict.fromkeys(CONTACT, ""))
    record_event(kind=Event.Kind.PROTECTED, party_id=party.pk, by=by, at=at, reason=without(reason, told))
    return party


@transaction.atomic
def open_identity(*, party: Party, reason: str, by: User, at: datetime) -> Opening:
    """Let the user read the sealed identity for a quarter of an hour, and alert the manager.

    Raises NoReason, NotForYourRole or NotProtected.
    """
    reason = _required(reason)
    message = _("Only somebody who works with newcomers at an agency does this.")
    require_role(by, *AGENCY_ROLES, message=message)
    if not party.is_protected:
        raise NotProtected(_("This party has no protected identity."))
    opening = Opening.objects.create(party=party, reason=reason, by=by, at=at)
    record_event(kind=Event.Kind.OPENED, party_id=party.pk, by=by, at=at)
    log.warning("identity_opened", party=party.reference, user=by.pk, agency=by.agency_id)
    return opening


@transaction.atomic
def unprotect_party(*, party: Party, reason: str, by: User, at: datetime) -> Party:
    """Put the sealed names and contacts back, as a manager.

    Raises NotForYourRole, NoReason or NotProtected.
    """
    require_role(by, Role.MANAGER, message=_("Only a manager ends the protection."))
    lock_resources([party.resource_id])
    party.refresh_from_db()
    open_identity(party=party, reason=reason, by=by, at=at)
    sealed = SealedIdentity.objects.get(party=party)
    for key, person in sealed.people.items():
        birth = parse_date(person["birth_date"])
        Newcomer.objects.filter(party=party, pk=key).update(**person | {"birth_date": birth})
    SummonsCopy.objects.filter(summons__chain__party=party).delete()
    SealedIdentity.objects.filter(party=party).delete()
    _save(party, is_protected=False, **sealed.contact)
    record_event(kind=Event.Kind.UNPROTECTED, party_id=party.pk, by=by, at=at, reason=_required(reason))
    return party


def look_at_openings(*, until: datetime, by: User, at: datetime) -> int:
    """Mark the alerts up to `until` as looked at; returns their number."""
    return Opening.objects.filter(seen_at=None, at__lte=until).update(seen_at=at, seen_by=by)


def _required(reason: str) -> str:
    reason = clean_reason(reason, refusal=NoReason, when_missing=_("Say why."))
    try:
        validate_plain(reason)
    except ValidationError as error:
        raise NoReason(error.messages[0]) from None
    return reason


def _by_key(people: Iterable[dict[str, Any]]) -> dict[str, dict[str, str]]:
    return {str(person["pk"]): {name: str(person[name]) for name in PERSON} for person in people}


def _words(people: Iterable[dict[str, Any]], contact: dict[str, str]) -> set[str]:
    """The names, their parts and the contacts, which are erased from free text."""
    names = {person[name] for person in people for name in PERSON[:2]}
    parts = {part for name in names for part in re.split(r"[\s-]+", name) if len(part) > 1}
    return names | parts | set(contact.values()) - {""}


def _mask(party: Party, people: Iterable[dict[str, Any]], *, today: date) -> None:
    limits = set(age_limits())
    for number, person in enumerate(people):
        given, family = alias(number, reference=party.reference)
        birth = masked_birth(person["birth_date"], limits=limits, today=today)
        Newcomer.objects.filter(pk=person["pk"]).update(
            given_name=given, family_name=family, birth_date=birth
        )


def age_limits() -> Iterator[int]:
    """The ages at which a rule of attendance, or a band of ages, begins or ends."""
    yield from BANDS
    for rule in rules_in_force():
        if rule.min_age is not None:
            yield rule.min_age
        if rule.max_age is not None:
            yield rule.max_age + 1


def _erase(party: Party, told: set[str]) -> None:
    """Erase the words from the reasons that staff have written."""
    party.override_reason = without(party.override_reason, told)
    for chain in Chain.objects.filter(party=party).exclude(cancel_reason=""):
        Chain.objects.filter(pk=chain.pk).update(cancel_reason=without(chain.cancel_reason, told))
    for event in Event.objects.filter(party=party, facts__has_key="reason"):
        event.facts["reason"] = without(event.facts["reason"], told)
        event.save(update_fields=["facts"])


def _save(party: Party, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(party, name, value)
    party.save(update_fields=[*fields, "override_reason"])
