"""Numbers as reports print them and people type them, in Swedish or English; without the database."""

import re
from decimal import Decimal

BLANK = r"[\s\u00a0\u2009\u202f']"  # between thousands
BLANKS = re.compile(BLANK)
NUMBER = re.compile(rf"-?(\d+|\d{{1,3}}({BLANK}\d{{3}})+)([.,]\d+)?", re.ASCII)
# "12,525" is twelve thousand in English and twelve and a half in Swedish.
TWO_WAYS = re.compile(r"-?\d{1,3}(,\d{3})+|-?\d{1,3}(\.\d{3}){2,}", re.ASCII)
CA = re.compile(r"(ca|cirka|about|~)\.?\s*(?=\d)", re.IGNORECASE)


def typed_number(text: str) -> Decimal | None:
    """The number that stands there, with a decimal comma or point and blanks between thousands; None if it is none."""
    typed = text.strip().replace("−", "-")
    return Decimal(BLANKS.sub("", typed).replace(",", ".")) if NUMBER.fullmatch(typed) else None


def number_of(text: str) -> Decimal | None:
    """The same of what was printed; None as well if it can be read in two ways."""
    return None if is_ambiguous(text) else typed_number(text)


def is_ambiguous(text: str) -> bool:
    """Whether it can be read as thousands and as a fraction."""
    return bool(TWO_WAYS.fullmatch(text.strip().replace("−", "-")))


def canonical(number: Decimal) -> str:
    """As it stands in an address and in what is saved: digits, a point before the decimals."""
    return f"{number.normalize():f}"


def without_ca(text: str) -> tuple[str, bool]:
    """What stands after "ca" or "cirka", and whether it stood there."""
    found = CA.match(text.strip())
    return (text.strip()[found.end() :], True) if found else (text.strip(), False)
