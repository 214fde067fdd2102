"""Checks of what people type: plain text, names, birth dates, telephone numbers. All raise ValidationError."""

import re
from datetime import date
from unicodedata import normalize

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.clock import age_on
from agencies.printable import validate_printable

OLDEST = 125  # years
# Control characters, and the invisible characters that change the direction of text or nothing at all; not U+200C and
# U+200D, which some scripts need between letters.
CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def validate_plain(text: str) -> None:
    """Refuse control characters, line breaks among them."""
    if CONTROLS.search(text):
        raise ValidationError(_("There are hidden characters in this text. Type it again by hand."))


def folded(username: str) -> str:
    """The user name as it is compared: without differences of case or width."""
    return normalize("NFKC", username).casefold()


def validate_name(text: str) -> None:
    """Refuse a name without letters, with control characters, or that no letter can print."""
    validate_plain(text)
    validate_printable(text)
    if not any(character.isalpha() for character in text):
        raise ValidationError(_("Write a name with letters."))


def validate_birth_date(birth: date, *, today: date) -> None:
    """Refuse a birth date in the future or more than 125 years ago."""
    if birth > today:
        raise ValidationError(_("The birth date lies in the future."))
    if age_on(birth, today) > OLDEST:
        raise ValidationError(_("That is more than %(years)s years ago.") % {"years": OLDEST})


def clean_phone(text: str) -> str:
    """The number in international form (E.164), or "" for none; a number without country code is Swedish."""
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, "SE")
    except phonenumbers.NumberParseException:
        raise ValidationError(_("Write the telephone number with digits only.")) from None
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        raise ValidationError(_("The number is too short. Write all the digits."))
    if not phonenumbers.is_valid_number(number):
        raise ValidationError(_("That is not a telephone number."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
