"""No text of the house has a character that its fonts lack: letter and newcomer's pages, in each language."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from agencies.languages import LANGUAGES
from agencies.texts.glyphs import WITHOUT_SHAPE, missing_glyphs

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "motesplats" / "static"
SCRIPTS = {"ar": "arabic", "prs": "arabic", "ti": "tigrinya"}
DATA = ("blocks", "services", "agencies", "documents")


def translated(value: Any, language: str) -> Iterator[str]:
    """Every text of the language in the data, however deep it lies."""
    if isinstance(value, list):
        for each in value:
            yield from translated(each, language)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name == language and isinstance(each, str):
                yield each
            else:
                yield from translated(each, language)


def phrases(language: str) -> Iterator[str]:
    """What is said by gettext; the texts are English."""
    spoken = "sv" if language == "en" else language
    with (ROOT / "locale" / spoken / "LC_MESSAGES" / "newcomers.po").open("rb") as file:
        for message in read_po(file):
            said = message.id if language == "en" else message.string
            if message.id:
                yield from [said] if isinstance(said, str) else said or ()


def texts(language: str) -> list[str]:
    data = [json.loads((ROOT / "agencies" / "data" / f"{name}.json").read_text("utf-8")) for name in DATA]
    return [*translated(data, language), *phrases(language)]


@cache
def on_the_page(language: str, weight: int) -> frozenset[int]:
    """What the fonts of the newcomer's pages draw."""
    files = [*STATIC.glob(f"fonts/noto-sans-latin-{weight}-normal.woff2")]
    files += STATIC.glob(f"newcomer/{SCRIPTS.get(language)}-{weight}.woff2")
    found: set[int] = set()
    for file in files:
        with TTFont(file, lazy=True) as font:
            found |= font.getBestCmap().keys()
    return frozenset(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letters_fonts_have_every_character(language: str) -> None:
    said = texts(language)
    assert len(said) > 300
    assert {text: lacks for text in said if (lacks := missing_glyphs(text, language))} == {}


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_fonts_have_every_character(language: str, weight: int) -> None:
    drawn = on_the_page(language, weight)
    said = set("".join(texts(language))) - WITHOUT_SHAPE
    assert {one for one in said if ord(one) not in drawn} == set()


def test_a_character_without_a_glyph_is_found() -> None:
    assert missing_glyphs("Hej 漢 ሰላም", "sv") == ["漢", "ሰ", "ላ", "ም"]
    assert missing_glyphs("ሰላም Hej", "ti") == []
