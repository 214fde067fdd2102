"""Knows people again who are registered already: the same person, telephone or case reference, within the agency."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.refusals import Refusal
from agencies.validators import clean_phone
from bookings.models import Newcomer, OwnContact
from bookings.parties.masking import phrase
from bookings.parties.queries import reachable_parties

MOST = 5  # parties that a warning names


class TypedPerson(Protocol):
    """Somebody as typed."""

    @property
    def given_name(self) -> str: ...

    @property
    def family_name(self) -> str: ...

    @property
    def birth_date(self) -> date: ...

    @property
    def own_phone(self) -> str: ...


class PossibleDuplicate(Refusal):
    """The people may be registered already, as `references`; whoever knows that they are others goes on."""

    kind = "possible-duplicate"
    status = 409

    def __init__(self, references: Sequence[str]) -> None:
        super().__init__(told(references))
        self.references = tuple(references)


@dataclass(frozen=True, slots=True)
class TypedParty:
    """What is compared of a party that is being registered."""

    people: Sequence[TypedPerson]
    phone: str = ""
    case_reference: str = ""


def possible_duplicates(entry: TypedParty, *, apart_from: uuid.UUID | None = None) -> tuple[str, ...]:
    """The references of parties that may be the same, newest first; two queries.

    Only those of the viewer's agency that the viewer may open, and none of protected identity. `apart_from`: the
    registration of the entry itself, which may have been sent before.
    """
    keys = Q(pk__in=list(_same_people(entry.people)))
    if phones := set(filter(None, map(_number, [entry.phone, *(one.own_phone for one in entry.people)]))):
        keys |= Q(phone__in=phones) | Q(pk__in=OwnContact.objects.filter(phone__in=phones).values("party"))
    if case_reference := entry.case_reference.strip():
        keys |= Q(case_reference=case_reference)
    found = reachable_parties().filter(keys, is_protected=False, anonymised_at=None)
    if apart_from:
        found = found.exclude(registration=apart_from)
    return tuple(found.order_by("-registered_at").values_list("reference", flat=True)[:MOST])


def told(references: Sequence[str]) -> str:
    """The warning, in the reader's language."""
    words = {"references": ", ".join(references)}
    return _("These people, their telephone or their case may be registered already: %(references)s.") % words


def _same_people(people: Iterable[TypedPerson]) -> Iterable[int]:
    """The keys of parties with somebody of the same birth date and names; which is which does not matter."""
    typed = {(person.birth_date, _folded(person.given_name, person.family_name)) for person in people}
    born = Newcomer.objects.filter(
        birth_date__in={birth for birth, _names in typed}, party__is_protected=False
    )
    # Values, not rows: nothing of these people is shown, so the read log notes nobody.
    for party, birth, *names in born.values_list("party_id", "birth_date", "given_name", "family_name"):
        if (birth, _folded(*names)) in typed:
            yield party


def _folded(given: str, family: str) -> tuple[str, ...]:
    return tuple(sorted(phrase(f"{given} {family}").split()))


def _number(phone: str) -> str:
    try:
        return clean_phone(phone)
    except ValidationError:
        return ""
