"""Checks of what people type: plain text, names, birth dates, telephone numbers. All raise ValidationError."""

import re
from datetime import date
from unicodedata import category, normalize
from urllib.parse import urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.clock import age_on
from agencies.printable import validate_printable

OLDEST = 125  # years
OLDEST_DECISION = 10  # years; who has had a permit for longer is no newcomer
JOINERS = "\u200c\u200d"  # which some scripts need between letters
# What nobody sees although its category is that of a letter, a mark or a sign: fillers, variation selectors, an
# empty pattern of braille. Everything else that nobody sees is a control, a format character or unassigned.
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
PHONE = re.compile(r"[+＋]?[\d\s().,/\-‐-–\u00a0]*")


def validate_plain(text: str) -> None:
    """Refuse control characters, line breaks among them, and all other characters that nobody sees."""
    if UNSEEN.search(text) or any(_is_hidden(text, n) for n in range(len(text))):
        raise ValidationError(_("There are hidden characters in this text. Type it again by hand."))


def _is_hidden(text: str, n: int) -> bool:
    """Whether the character is a control, a format character or none at all; a joiner is not between two letters."""
    if text[n] not in JOINERS:
        return category(text[n])[0] == "C"
    around = text[n - 1 : n] + text[n + 1 : n + 2]
    return len(around) < 2 or any(category(beside)[0] not in "LM" for beside in around)


def folded(username: str) -> str:
    """The user name as it is compared: without differences of case or width."""
    return normalize("NFKC", username).casefold()


def validate_https(address: str) -> None:
    """Refuse an address that is not of the web, or not encrypted, or has somebody's name or password in it."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise ValidationError(_("Write an address that begins with https://."))
    validate_plain(address)


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


def validate_decision_date(decided: date | None, *, today: date) -> None:
    """Refuse the date of a decision that lies in the future or more than ten years ago."""
    if decided is None:
        return
    if decided > today:
        raise ValidationError(_("The date of the decision lies in the future."))
    if age_on(decided, today) >= OLDEST_DECISION:
        raise ValidationError(
            _("The decision is more than %(years)s years old. Look at the year.") % {"years": OLDEST_DECISION}
        )


def validate_phone(text: str) -> None:
    """Refuse letters: they would be read as the keys of a telephone, and give somebody else's number."""
    if not PHONE.fullmatch(text.strip()):
        raise ValidationError(_("Write the telephone number with digits only."))


def clean_phone(text: str) -> str:
    """The number in international form (E.164), or "" for none; a number without country code is Swedish."""
    text = "".join(
        sign for sign in text if category(sign) != "Cf"
    ).strip()  # telephones put marks around a number
    if not text:
        return ""
    validate_phone(text)
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


def readable_phone(kept: str) -> str:
    """A number in international form as one dials it in Sweden, in groups; what is no number stays as it is."""
    try:
        number = phonenumbers.parse(kept)
    except phonenumbers.NumberParseException:
        return kept
    is_swedish = number.country_code == phonenumbers.country_code_for_region("SE")
    formats = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, formats.NATIONAL if is_swedish else formats.INTERNATIONAL)
