"""The short reference by which rosters name an interpreter. Pure."""

import secrets

ALPHABET = "34679CDFHJKMNPQRTVWXY"  # no vowels, and nothing that looks like something else


def new_interpreter_reference() -> str:
    """A reference such as T-7K3M; one of 194,000."""
    return "T-" + "".join(secrets.choice(ALPHABET) for _ in range(4))
