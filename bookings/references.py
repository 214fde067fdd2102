"""Typed references, as they were printed."""

import unicodedata

from agencies.references import ALPHABET

LOOK_ALIKES = str.maketrans("0O1GUE", "QQ76VF")


def as_printed(typed: str) -> str:
    """A typed reference as it was printed, without the hyphen: upper case, no spaces, look-alikes replaced."""
    latin = (_digit(letter) for letter in unicodedata.normalize("NFKC", typed).upper())
    return "".join(letter for letter in "".join(latin).translate(LOOK_ALIKES) if letter in ALPHABET)


def _digit(letter: str) -> str:
    """An Arabic or other digit as its Latin one; any other letter unchanged."""
    return str(unicodedata.digit(letter, letter))


def code_in(typed: str) -> str:
    """A reference, or its beginning from three letters on, as printed; "" if the text cannot be one.

    Whatever stands between letters is passed over: a scanner may type "+" for the hyphen.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    letters = "".join(map(_digit, filter(str.isalnum, plain))).translate(LOOK_ALIKES)
    if not 3 <= len(letters) <= 6 or set(letters) - set(ALPHABET):
        return ""
    return "-".join(filter(None, (letters[:3], letters[3:])))


def is_whole(code: str) -> bool:
    """Whether a code, as `code_in` answers it, is a whole reference."""
    return len(code) == 7
