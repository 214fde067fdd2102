"""Which characters a letter can print: those that its fonts have a glyph for."""

from functools import cache
from unicodedata import normalize

from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

FONTS = (
    "fonts/noto-sans-latin-400-normal.woff2",
    "fonts/noto-sans-latin-ext-400-normal.woff2",
    "fonts/noto-sans-ethiopic-ethiopic-400-normal.woff2",
    "fonts/vazirmatn-arabic-400-normal.woff2",
)
JOINERS = "\u200c\u200d"


def validate_printable(text: str) -> None:
    """Refuse what would be printed as empty boxes: the letters of a script that the letter's fonts do not have."""
    composed = normalize("NFC", text)
    missing = sorted({letter for letter in composed if not letter.isspace()} - _drawn())
    if missing:
        words = _(
            "The letter cannot print %(letters)s. Write with the letters a–z, as in the passport's lowest lines."
        )
        raise ValidationError(words % {"letters": " ".join(missing)})


@cache
def _drawn() -> frozenset[str]:
    """Every character that one of the fonts draws."""
    codes: set[int] = set()
    for path in filter(None, map(finders.find, FONTS)):
        with TTFont(path) as font:
            codes.update(font.getBestCmap())
    return frozenset(map(chr, codes)) | set(JOINERS)
