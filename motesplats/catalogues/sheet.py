"""A page for translators: each sentence into which an office is filled, with every agency in every language."""

import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from agencies.languages import LANGUAGES
from motesplats.catalogues.domains import NEWCOMERS, SOURCE_LANGUAGE, file_of, read

OFFICES = ("agency", "discloser", "recipient")  # the placeholders that name an agency
PLACE = "Norrköping"  # the municipality that stands for all


def sentences(root: Path, language: str) -> Iterator[tuple[str, str]]:
    """The texts that newcomers read with an agency filled in: in English, and in the language."""
    known = read(file_of(NEWCOMERS, language, locale=root / "locale"))
    for message in read(file_of(NEWCOMERS, "sv", locale=root / "locale")):
        text = message.id if isinstance(message.id, str) else message.id[-1]
        if not any(f"%({name})s" in text for name in OFFICES):
            continue
        found = known.get(message.id, message.context)
        translated = found.string if found and found.string else text
        yield text, translated if isinstance(translated, str) else translated[-1]


def names(root: Path, language: str) -> dict[str, str]:
    """What each agency is called in the language, by its code; of the municipalities one."""
    rows = json.loads((root / "agencies/data/agencies.json").read_text("utf-8"))
    called = {code: row["name"][language] for code, row in rows.items()}
    word = called["KOM"].removeprefix("ال")
    municipal = {"sv": f"{PLACE}s kommun", "en": f"{PLACE} municipality"}
    return called | {"KOM": municipal.get(language, f"{word} {PLACE}")}


def filled(text: str, called: Mapping[str, str]) -> Iterator[str]:
    """The sentence once for each agency; where two are named, the second is the next one."""
    offices = list(called.values())
    for first, second in zip(offices, [*offices[1:], offices[0]], strict=True):
        sentence = text
        for name in OFFICES:
            sentence = sentence.replace(f"%({name})s", second if name == "recipient" else first)
        yield sentence


def page(root: Path) -> str:
    """The whole page as HTML."""
    parts = []
    for language in LANGUAGES.values():
        called = names(root, language.code)
        parts.append(f'<section lang="{language.html_lang}" dir="{language.dir}"><h2>{language.endonym}</h2>')
        for source, text in sentences(root, language.code):
            lines = "".join(f"<li>{escape(sentence)}</li>" for sentence in filled(text, called))
            parts.append(f'<h3 lang="{SOURCE_LANGUAGE}" dir="ltr">{escape(source)}</h3><ul>{lines}</ul>')
        parts.append("</section>")
    head = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Texts with offices</title></head>'
    )
    return f"{head}<body>{''.join(parts)}</body></html>"
