"""The reason that a verb asks for."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.refusals import Refusal
from agencies.validators import validate_plain

LONGEST_REASON = 300  # characters
FEWEST_LETTERS, FEWEST_DIFFERENT, FEWEST_WORDS = 10, 5, 2  # of a reason for reading who somebody is
SHORTEST_WORD, FEWEST_IN_WORD = 4, 3  # letters, and different ones, of any other


def clean_reason(reason: str, *, refusal: type[Refusal], when_missing: str) -> str:
    """The reason without spaces around it. Raises `refusal` if it is missing, too long or has hidden signs."""
    reason = reason.strip()
    if not reason:
        raise refusal(when_missing)
    if len(reason) > LONGEST_REASON:
        raise refusal(_("Say it in at most %(most)s characters.") % {"most": LONGEST_REASON})
    try:
        validate_plain(reason)
    except ValidationError as error:
        raise refusal(error.messages[0]) from None
    return reason


def require_words(reason: str, *, refusal: type[Refusal]) -> None:
    """Raise `refusal` for a reason that is no word: a letter, or one letter many times."""
    letters = re.findall(r"[^\W\d_]", reason.casefold())
    if len(letters) < SHORTEST_WORD or len(set(letters)) < FEWEST_IN_WORD:
        raise refusal(_("Say it in words."))


def require_substance(reason: str, *, references: Iterable[str], refusal: type[Refusal]) -> None:
    """Raise `refusal` unless a reader learns something from the reason: words, beside the references."""
    for reference in filter(None, references):
        reason = re.sub(re.escape(reference), " ", reason, flags=re.IGNORECASE)
    words = re.findall(r"[^\W\d_]{2,}", reason)
    letters = "".join(words).casefold()
    if (
        len(letters) < FEWEST_LETTERS
        or len(set(letters)) < FEWEST_DIFFERENT
        or len(set(words)) < FEWEST_WORDS
    ):
        raise refusal(
            _(
                "Say in a sentence what you need to know and what for: at least two words and ten letters,"
                " beside the reference and names."
            )
        )
