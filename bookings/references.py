"""References that people read aloud: no letter or digit that looks like another, no vowels to make words."""

import secrets
import unicodedata

ALPHABET = "34679CDFHJKMNPQRTVWXY"
LOOK_ALIKES = str.maketrans("0O1GUE", "QQ76VF")


def new_reference() -> str:
    """A reference such as N4K-7QT; one of 85 million."""
    letters = [secrets.choice(ALPHABET) for _ in range(6)]
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"


def as_printed(typed: str) -> str:
    """What somebody read from paper and typed on any keyboard, as it was printed: no case, spaces or look-alikes."""
    latin = (_digit(letter) for letter in unicodedata.normalize("NFKC", typed).upper())
    return "".join(letter for letter in "".join(latin).translate(LOOK_ALIKES) if letter in ALPHABET)


def _digit(letter: str) -> str:
    """٣ and ۳ are 3."""
    return str(unicodedata.digit(letter, letter))
