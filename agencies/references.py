"""References that people read aloud: letters and digits without look-alikes and without vowels."""

import secrets

ALPHABET = "34679CDFHJKMNPQRTVWXY"


def new_interpreter_reference() -> str:
    """The reference of an interpreter, such as T-7K3M; one of 194,000."""
    return "T-" + "".join(secrets.choice(ALPHABET) for _ in range(4))


def new_reference() -> str:
    """A reference such as N4K-7QT; one of 85 million."""
    letters = [secrets.choice(ALPHABET) for _ in range(6)]
    return f"{''.join(letters[:3])}-{''.join(letters[3:])}"
