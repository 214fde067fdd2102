"""Which characters the fonts of letter and pages lack, by the fonts' own character maps."""

from collections.abc import Iterator
from functools import cache

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

LATIN = ("noto-sans-latin-400-normal", "noto-sans-latin-ext-400-normal")
OF_LANGUAGE = {
    "ar": "vazirmatn-arabic-400-normal",
    "prs": "vazirmatn-arabic-400-normal",
    "ti": "noto-sans-ethiopic-ethiopic-400-normal",
}
# They have no shape: line breaks, joiners and marks of direction.
WITHOUT_SHAPE = frozenset("\n\r\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2060")


def missing_glyphs(text: str, language: str) -> list[str]:
    """The characters that neither the Latin fonts nor that of the language's script have, each once."""
    known = characters_of(language)
    return list(dict.fromkeys(one for one in text if one not in WITHOUT_SHAPE and ord(one) not in known))


@cache
def characters_of(language: str) -> frozenset[int]:
    """The code points that can be printed in a text of the language."""
    return frozenset(_code_points([*LATIN, *filter(None, [OF_LANGUAGE.get(language)])]))


def _code_points(names: list[str]) -> Iterator[int]:
    for name in names:
        with TTFont(str(finders.find(f"fonts/{name}.woff2")), lazy=True) as font:
            yield from font.getBestCmap()
