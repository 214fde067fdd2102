"""Whether what is typed of a party and its people can be used: messages by field, in the reader's language."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.codes import met_choices
from agencies.languages import LANGUAGES
from agencies.printable import validate_printable
from agencies.spoken import spoken_languages
from agencies.validators import clean_phone, validate_birth_date, validate_decision_date
from bookings.attendance.eligibility import LONGEST_RANGE
from bookings.attendance.rules import is_adult
from bookings.models import Newcomer, Party
from bookings.parties.members import OWN_CONTACT

MOST_MEMBERS = 20
NOT_CLEANED = {"reference", "resource", "owner", "registered_by", "municipality", "legal_basis"}


def errors_of(
    party: Party, newcomers: Sequence[Newcomer], switched: Mapping[str, bool], *, today: date
) -> dict[str, Any]:
    """Messages by field, for `members` by member and field; cleans the telephone number."""
    errors: dict[str, Any] = _errors(lambda: _clean_party(party, today=today))
    if not 1 <= len(newcomers) <= MOST_MEMBERS:
        errors["members"] = [_("A party has between 1 and %(most)s members.") % {"most": MOST_MEMBERS}]
    elif any(found := [_member_errors(newcomer, today=today) for newcomer in newcomers]):
        errors["members"] = found
    errors |= _errors(lambda: _require_agencies("switched", switched))
    return errors


def _require_agencies(field: str, codes: Collection[str]) -> None:
    """Raises ValidationError for codes that no agency with a service has."""
    if codes and (unknown := set(codes) - set(dict(met_choices()))):
        raise ValidationError(
            {field: _("There is no agency %(code)s.") % {"code": ", ".join(sorted(unknown))}}
        )


def _clean_party(party: Party, *, today: date) -> None:
    if party.language not in LANGUAGES:
        raise ValidationError({"language": _("We have no letters in that language.")})
    if party.interpreter_language not in spoken_languages():
        raise ValidationError(
            {"interpreter_language": _("Write one of the three-letter codes of ISO 639-3.")}
        )
    with _beside("phone"):
        party.phone = clean_phone(party.phone)
    with _beside("decided_on"):
        validate_decision_date(party.decided_on, today=today)
    party.clean_fields(exclude=NOT_CLEANED)
    try:
        validate_printable(party.address)
    except ValidationError as error:
        raise ValidationError({"address": error.messages}) from None


def _member_errors(newcomer: Newcomer, *, today: date) -> dict[str, list[str]]:
    is_child = not is_adult(newcomer.birth_date, today + timedelta(days=LONGEST_RANGE))

    def check_birth() -> None:
        with _beside("birth_date"):
            validate_birth_date(newcomer.birth_date, today=today)

    def check_language() -> None:
        if newcomer.letter_language and newcomer.letter_language not in LANGUAGES:
            raise ValidationError({"letter_language": _("We have no letters in that language.")})
        if newcomer.letter_language and is_child:
            message = _("A child gets no letter. Only an adult chooses a language for it.")
            raise ValidationError({"letter_language": message})

    def check_agencies() -> None:
        _require_agencies("own_meetings", newcomer.own_meetings)

    fields = _errors(lambda: newcomer.clean_fields(exclude=["party", "own_meetings"]))
    for check in (check_birth, check_language, check_agencies):
        fields |= _errors(check)
    return fields | (
        _contact_errors(newcomer, is_child=is_child) if newcomer.own_phone or newcomer.own_email else {}
    )


def _contact_errors(newcomer: Newcomer, *, is_child: bool) -> dict[str, list[str]]:
    """Of the own telephone and e-mail; cleans the telephone number."""
    if is_child:
        message = _("A child gets no messages. Only an adult has a contact of its own.")
        return {name: [message] for name in OWN_CONTACT if getattr(newcomer, name)}
    contact = newcomer.own_contact

    def check_phone() -> None:
        with _beside("phone"):
            contact.phone = clean_phone(contact.phone)

    found = _errors(lambda: contact.clean_fields(exclude=["party", "newcomer"])) | _errors(check_phone)
    return {name: found[column] for name, column in OWN_CONTACT.items() if column in found}


@contextmanager
def _beside(field: str) -> Iterator[None]:
    """The message of a ValidationError inside belongs to the field."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from None


def _errors(check: Callable[[], None]) -> dict[str, list[str]]:
    try:
        check()
    except ValidationError as error:
        return {name: list(messages) for name, messages in error.message_dict.items()}
    return {}
