"""How many parts a text message has: seven bits a character where the alphabet allows it, else sixteen."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_PARTS = 2
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")  # two characters each
ALONE, JOINED = {True: 160, False: 70}, {True: 153, False: 67}


@dataclass(frozen=True, slots=True)
class Parts:
    """The number of parts, the characters used as the network counts them, and those that so many parts hold."""

    parts: int
    used: int
    room: int
    is_latin: bool

    @property
    def each(self) -> int:
        """The characters of each of several parts."""
        return JOINED[self.is_latin]


def parts_of(text: str) -> Parts:
    """Count the text as a gateway does; a character that takes two places is never divided between two parts."""
    is_latin = all(sign in BASIC or sign in EXTENDED for sign in text)
    widths = [_width(sign, is_latin=is_latin) for sign in text]
    used = sum(widths)
    if used <= ALONE[is_latin]:
        return Parts(1, used, ALONE[is_latin], is_latin)
    number = _joined(widths, JOINED[is_latin])
    return Parts(number, used, number * JOINED[is_latin], is_latin)


def _joined(widths: Iterable[int], room: int) -> int:
    number, left = 1, room
    for width in widths:
        if width > left:
            number, left = number + 1, room
        left -= width
    return number


def _width(sign: str, *, is_latin: bool) -> int:
    if is_latin:
        return 2 if sign in EXTENDED else 1
    return 2 if ord(sign) > 0xFFFF else 1
