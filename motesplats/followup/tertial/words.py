"""The words of a free text, counted as a reader counts them, and what may stand in it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.validators import validate_plain

MOST_WORDS = 200


def words_in(text: str) -> int:
    """How many words the text has."""
    return len(text.split())


def validate_text(text: str) -> None:
    """Refuse more than 200 words, and characters that nobody sees; lines are allowed."""
    for line in text.splitlines():
        validate_plain(line.replace("\t", " "))
    if (number := words_in(text)) > MOST_WORDS:
        raise ValidationError(
            _("%(number)s words, and there is room for %(most)s.") % {"number": number, "most": MOST_WORDS}
        )
