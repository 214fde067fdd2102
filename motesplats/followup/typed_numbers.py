"""Numbers as reports print them and people type them, in Swedish or English; without the database."""

import re
from decimal import Decimal

BLANKS = re.compile(r"[\s\u00a0\u2009\u202f]")
PLAIN = re.compile(r"-?\d+([.,]\d+)?", re.ASCII)
GROUPED = re.compile(r"-?\d{1,3}([\s\u00a0\u2009\u202f]\d{3})+([.,]\d+)?", re.ASCII)
# "12,525" is twelve thousand in English and twelve and a half in Swedish.
TWO_WAYS = re.compile(r"-?\d{1,3}(,\d{3})+|-?\d{1,3}(\.\d{3}){2,}", re.ASCII)
CA = re.compile(r"(ca|cirka|about|~)\.?\s*(?=\d)", re.IGNORECASE)


def number_of(text: str) -> Decimal | None:
    """The number that stands there, with a decimal comma or point and blanks between thousands; None if it is none."""
    typed = text.strip().replace("−", "-")
    if is_ambiguous(typed) or not (PLAIN.fullmatch(typed) or GROUPED.fullmatch(typed)):
        return None
    return Decimal(BLANKS.sub("", typed).replace(",", "."))


def is_ambiguous(text: str) -> bool:
    """Whether it can be read as thousands and as a fraction."""
    return bool(TWO_WAYS.fullmatch(text.strip()))


def without_ca(text: str) -> tuple[str, bool]:
    """What stands after "ca" or "cirka", and whether it stood there."""
    found = CA.match(text.strip())
    return (text.strip()[found.end() :], True) if found else (text.strip(), False)
