"""Bring the translators' files in line with the texts of code and templates; nothing is guessed."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from motesplats.catalogues.domains import (
    NEWCOMERS,
    SOURCE_LANGUAGE,
    STAFF,
    file_of,
    languages_of,
    read,
    texts_of,
)
from motesplats.catalogues.sources import collect


def updated_files(root: Path) -> Iterator[tuple[Path, str]]:
    """Each translators' file with its new content: texts in the order of the code, those gone left out."""
    locale, collected = root / "locale", collect(root)
    for domain in (NEWCOMERS, STAFF):
        texts = list(texts_of(domain, collected, locale=locale))
        for language in languages_of(domain):
            path = file_of(domain, language, locale=locale)
            others = sorted(set(path.parent.glob("*.po")) - {path})  # which a text may have left
            yield path, _header(path) + _entries(texts, [read(each) for each in (path, *others)], language)


def missing_texts(root: Path) -> Iterator[str]:
    """Each text of code and templates that some language lacks: "ti: Your day"."""
    locale, collected = root / "locale", collect(root)
    for domain in (NEWCOMERS, STAFF):
        texts = list(texts_of(domain, collected, locale=locale))
        for language in languages_of(domain):
            known = read(file_of(domain, language, locale=locale))
            for text in texts:
                if language != SOURCE_LANGUAGE and not _is_translated(known.get(text.id, text.context)):
                    yield f"{language}: {_first(text.id)}"


def _entries(texts: list[Message], known: list[Catalog], language: str) -> str:
    """The entries of a file, each with the names of the files that hold the text."""
    entries = Catalog()
    entries.mime_headers = known[0].mime_headers  # they say how many plural forms there are
    for text in texts:
        found = (catalogue.get(text.id, text.context) for catalogue in known)
        old = next((message for message in found if message and message.string), None)
        if language == SOURCE_LANGUAGE and (old is None or old.string == text.id):
            continue
        string = old.string if old and isinstance(old.string, type(text.id)) else None
        notes = [] if old is None else old.user_comments
        entries.add(text.id, string, text.locations, context=text.context, user_comments=notes)
    out = io.BytesIO()
    write_po(out, entries, width=0, omit_header=True, include_lineno=False)
    return out.getvalue().decode()


def _header(path: Path) -> str:
    """The file's first entry, which says its language and plural forms."""
    header, _, _ = path.read_text(encoding="utf-8").partition("\n\n")
    return header + "\n\n"


def _is_translated(text: Message | None) -> bool:
    return text is not None and all(text.string if isinstance(text.string, tuple | list) else [text.string])


def _first(identity: str | tuple[str, ...] | list[str]) -> str:
    return identity if isinstance(identity, str) else identity[0]
