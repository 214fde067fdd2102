"""The people of a party as they are typed, and the rows that they become."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from agencies.validators import clean_phone
from bookings.models import Newcomer, OwnContact, Party

# What is typed of a member, and the column of the other table in which it is kept.
OWN_CONTACT = {"own_phone": "phone", "own_email": "email"}


@dataclass(frozen=True, slots=True)
class Member:
    """A person as typed; `own_meetings`: codes of the agencies by which an adult asks to be met alone.

    `own_phone`, `own_email`: where an adult is reached apart from the party; empty as the party.
    """

    given_name: str
    family_name: str  # empty: the given name is the only one
    birth_date: date
    sex: str = ""
    letter_language: str = ""
    own_meetings: Sequence[str] = ()
    own_phone: str = ""
    own_email: str = ""


def new_member(party: Party, typed: Member) -> Newcomer:
    """The newcomer with the own contact, which may be empty; not saved yet."""
    newcomer = Newcomer(party=party, **columns_of(typed))
    OwnContact(party=party, newcomer=newcomer, **contact_typed(typed))
    return newcomer


def columns_of(typed: Member) -> dict[str, Any]:
    """What is typed of a member, without the own contact."""
    fields = {name: getattr(typed, name) for name in Member.__slots__ if name not in OWN_CONTACT}
    return fields | {"own_meetings": sorted(set(typed.own_meetings))}


def contact_typed(typed: Member) -> dict[str, str]:
    """The own telephone, in international form if it is one, and the own e-mail address."""
    try:
        phone = clean_phone(typed.own_phone)
    except ValidationError:  # told beside the field by `usable`
        phone = typed.own_phone
    return {"phone": phone, "email": typed.own_email}


def own_contact_of(newcomer: Newcomer) -> OwnContact:
    """The newcomer's own contact; an empty one, not saved, where there is none."""
    found: OwnContact | None = getattr(newcomer, "own_contact", None)
    return found or OwnContact(party=newcomer.party, newcomer=newcomer)


def save_contact(newcomer: Newcomer) -> None:
    """Save the own contact with the newcomer, unless it is empty and always was."""
    contact = own_contact_of(newcomer)
    if contact.pk or contact.phone or contact.email:
        contact.save()
