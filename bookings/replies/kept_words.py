"""What can be kept as somebody's words."""

from unicodedata import category

from django.core.exceptions import ValidationError

from agencies.validators import JOINERS, UNSEEN, validate_plain

LONGEST = 300  # characters


def kept_words(message: str) -> str:
    """The message on one line: nothing that is not seen, and not more than two text messages hold."""
    text = UNSEEN.sub("", "".join(sign if sign.isprintable() or sign in JOINERS else " " for sign in message))
    text = " ".join(text.split())[:LONGEST].strip()
    try:
        validate_plain(text)
    except ValidationError:
        text = "".join(sign for sign in text if category(sign)[0] != "C")
    return text
