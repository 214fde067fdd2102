"""Protected identity: replace names by aliases, open the sealed names with a reason, end the protection."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.dispatches.outbox import add_dispatch
from agencies.models import Role, User
from agencies.read_log.notes import note_person, note_refusal
from agencies.refusals import Refusal
from agencies.rosters.locks import lock_resources
from agencies.web.roles import AGENCY_ROLES, require_role
from bookings.attendance.queries import rules_in_force
from bookings.attendance.rules import ADULT_AGE
from bookings.events import record_event
from bookings.links.tokens import code_of, hash_of, hash_of_code, token_of
from bookings.models import (
    Chain,
    Event,
    Link,
    Newcomer,
    Opening,
    OwnContact,
    Party,
    SealedIdentity,
    SealedWord,
    SummonsCopy,
)
from bookings.parties.identities import answers_for, may_open
from bookings.parties.masking import alias, keys_of, masked_birth
from bookings.parties.reason import clean_reason, require_substance, require_words
from bookings.parties.sealed_words import scrubbed, seal_words, wait_for_writers

KIND = "bookings.protection"  # of dispatch: a party whose protection has begun or ended, for its reminders
CONTACT = ("address", "housing", "phone", "email", "case_reference")
PERSON = ("given_name", "family_name", "birth_date")
REACHED = ("phone", "email")  # an adult, apart from the party
BANDS = (0, 6, ADULT_AGE, 65)  # the first ages of the bands that another agency sees

log = structlog.get_logger(__name__)


class NoReason(Refusal):
    kind = "no-reason"
    field = "reason"


class NotProtected(Refusal):
    kind = "not-protected"
    status = 409


class NotNamed(Refusal):
    """The manager of the party's site has not named the user; or the manager is another site's."""

    kind = "not-named"
    status = 403


@transaction.atomic
def protect_party(*, party: Party, reason: str, by: User, at: datetime) -> Party:
    """Seal names and contacts, put aliases in their place, shut what was open; a second time changes nothing.

    Disclosures and extracts are deleted by triggers, whoever holds them; reminders are dropped by the outbox.
    Raises NoReason.
    """
    reason = _required(reason)
    require_words(reason, refusal=NoReason)
    lock_resources([party.resource_id])
    wait_for_writers(party.pk)
    # Waits for a letter that is being printed, so that its copies are deleted below.
    links = list(
        Link.objects.filter(chain__party=party).order_by("pk").select_for_update(of=["self"], no_key=True)
    )
    party.refresh_from_db()
    if party.is_protected:
        return party
    people = list(party.members.order_by("birth_date", "pk").values("pk", *PERSON))
    own = {str(one.newcomer_id): one for one in OwnContact.objects.filter(party=party)}
    contact = {name: getattr(party, name) for name in CONTACT}
    sealed = SealedIdentity(party=party, contact=contact, people=_by_key(people, own))
    sealed.save(force_insert=True)
    seal_words(party_id=party.pk, keys=keys_of(sealed.people.values(), contact))
    _mask(party, people, today=local(at).date())
    OwnContact.objects.filter(party=party).delete()
    _erase(party)
    _renew(links)
    SummonsCopy.objects.filter(summons__chain__party=party).delete()
    # Last, because triggers then delete the recorded changes of these rows and what was disclosed.
    _save(party, is_protected=True, **dict.fromkeys(CONTACT, ""))
    record_event(
        kind=Event.Kind.PROTECTED, party_id=party.pk, by=by, at=at, reason=scrubbed(reason, party_id=party.pk)
    )
    if links:
        add_dispatch(kind=KIND, subject=party.pk, by=by, at=at)
    return party


@transaction.atomic
def open_identity(*, party: Party, reason: str, by: User, at: datetime) -> Opening:
    """Let the user read the sealed identity for a quarter of an hour, and alert the manager of the party's site.

    Raises NoReason, NotForYourRole, NotProtected or NotNamed.
    """
    reason = _required(reason)
    message = _("Only somebody who works with newcomers at an agency does this.")
    require_role(by, *AGENCY_ROLES, message=message)
    if not party.is_protected:
        raise NotProtected(_("This party has no protected identity."))
    if not may_open(party):
        note_refusal(NotNamed.kind)
        raise NotNamed(_("The manager of the party's site names who may see this. You are not among them."))
    return _write_opening(party, reason, by=by, at=at)


@transaction.atomic
def unprotect_party(*, party: Party, reason: str, by: User, at: datetime) -> Party:
    """Put the sealed names and contacts back, as the manager of the party's site; other managers are alerted.

    Reminders that are still to come are planned, by the outbox.
    Raises NotForYourRole, NotNamed, NoReason or NotProtected.
    """
    require_role(by, Role.MANAGER, message=_("Only a manager ends the protection."))
    reason = _required(reason)
    lock_resources([party.resource_id])
    party.refresh_from_db()
    if not party.is_protected:
        raise NotProtected(_("This party has no protected identity."))
    if not answers_for(party):
        note_refusal(NotNamed.kind)
        raise NotNamed(_("Only the manager of the party's site ends the protection."))
    told = _write_opening(party, reason, by=by, at=at, ends_protection=True).reason
    sealed = SealedIdentity.objects.get(party=party)
    _unmask(party, sealed.people)
    SummonsCopy.objects.filter(summons__chain__party=party).delete()
    SealedWord.objects.filter(party=party).delete()
    SealedIdentity.objects.filter(party=party).delete()
    _save(party, is_protected=False, **sealed.contact)
    record_event(kind=Event.Kind.UNPROTECTED, party_id=party.pk, by=by, at=at, reason=told)
    add_dispatch(kind=KIND, subject=party.pk, by=by, at=at)
    return party


def look_at_openings(*, until: datetime, by: User, at: datetime) -> int:
    """Mark the alerts up to `until` as looked at; returns their number.

    Row level security leaves out one's own openings and those of parties that another manager answers for.
    """
    open_alerts = Opening.objects.filter(seen_at=None, at__lte=until).exclude(by=by)
    return open_alerts.update(seen_at=at, seen_by=by)


def _write_opening(
    party: Party, reason: str, *, by: User, at: datetime, ends_protection: bool = False
) -> Opening:
    """The opening, its reason scrubbed; the party's people are noted for the read log."""
    reason = scrubbed(reason, party_id=party.pk)
    if ends_protection:
        require_words(reason, refusal=NoReason)
    else:
        require_substance(reason, references=_references(party), refusal=NoReason)
    opening = Opening.objects.create(
        party=party, reason=reason, by=by, at=at, ends_protection=ends_protection
    )
    record_event(kind=Event.Kind.OPENED, party_id=party.pk, by=by, at=at)
    note_person(*party.members.values_list("key", flat=True))
    log.warning("identity_opened", party=party.reference, user=by.pk, agency=by.agency_id)
    return opening


def _required(reason: str) -> str:
    return clean_reason(reason, refusal=NoReason, when_missing=_("Say why."))


def _references(party: Party) -> list[str]:
    return [party.reference, *Chain.objects.filter(party=party).values_list("reference", flat=True)]


def _by_key(people: Iterable[Mapping[str, Any]], own: Mapping[str, OwnContact]) -> dict[str, dict[str, str]]:
    """Name and birth date of each person, and the own contact of who has one."""
    told = {str(person["pk"]): {name: str(person[name]) for name in PERSON} for person in people}
    contacts = {key: {name: getattr(one, name) for name in REACHED} for key, one in own.items()}
    return {key: person | contacts.get(key, {}) for key, person in told.items()}


def _mask(party: Party, people: Iterable[Mapping[str, Any]], *, today: date) -> None:
    limits = set(age_limits())
    for number, person in enumerate(people):
        given, family = alias(number, reference=party.reference)
        birth = masked_birth(person["birth_date"], limits=limits, today=today)
        Newcomer.objects.filter(pk=person["pk"]).update(
            given_name=given, family_name=family, birth_date=birth
        )


def _unmask(party: Party, people: Mapping[str, Mapping[str, str]]) -> None:
    for key, person in people.items():
        known = {name: person[name] for name in PERSON} | {"birth_date": parse_date(person["birth_date"])}
        contact = {name: person[name] for name in REACHED if person.get(name)}
        if Newcomer.objects.filter(party=party, pk=key).update(**known) and contact:
            OwnContact.objects.create(party=party, newcomer_id=int(key), **contact)


def age_limits() -> Iterator[int]:
    """The ages at which a rule of attendance, or a band of ages, begins or ends."""
    yield from BANDS
    for rule in rules_in_force():
        if rule.min_age is not None:
            yield rule.min_age
        if rule.max_age is not None:
            yield rule.max_age + 1


def _erase(party: Party) -> None:
    """Erase the sealed words from the reasons that staff have written."""
    party.override_reason = scrubbed(party.override_reason, party_id=party.pk)
    for chain in Chain.objects.filter(party=party).exclude(cancel_reason=""):
        reason = scrubbed(chain.cancel_reason, party_id=party.pk)
        Chain.objects.filter(pk=chain.pk).update(cancel_reason=reason)
    for event in Event.objects.filter(party=party, facts__has_key="reason"):
        event.facts["reason"] = scrubbed(event.facts["reason"], party_id=party.pk)
        event.save(update_fields=["facts"])


def _renew(links: Iterable[Link]) -> None:
    """Close the addresses and codes of the letters that have gone out; the next letter has new ones."""
    for link in links:
        link.generation += 1
        link.token_hash, link.code_hash = hash_of(token_of(link)), hash_of_code(code_of(link))
        link.save(update_fields=["generation", "token_hash", "code_hash"])


def _save(party: Party, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(party, name, value)
    party.save(update_fields=[*fields, "override_reason"])
