"""Compile a language's translators' files into the one file that Django reads."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from motesplats.catalogues.domains import read


def is_stale(folder: Path) -> bool:
    """Whether a translators' file of this `LC_MESSAGES` folder has changed since they were last compiled."""
    compiled = folder / "django.mo"
    return not compiled.exists() or any(
        source.stat().st_mtime > compiled.stat().st_mtime for source in folder.glob("*.po")
    )


def compile_folder(folder: Path) -> None:
    """Write the texts of both domains into the folder's `django.mo`, whole or not at all."""
    first, *others = (read(source) for source in sorted(folder.glob("*.po")))
    for other in others:
        _add(other, to=first)
    unfinished = folder / "django.mo.part"
    with unfinished.open("wb") as compiled:
        write_mo(compiled, first)
    unfinished.replace(folder / "django.mo")


def _add(other: Catalog, *, to: Catalog) -> None:
    for text in other:
        if text.id:
            to.add(text.id, text.string, context=text.context)
