"""Compiles the translators' files of locale/ into what Django reads."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


def is_stale(source: Path) -> bool:
    """Whether the file has changed since it was last compiled."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def compile_file(source: Path) -> None:
    """Write the compiled file beside its source, whole or not at all."""
    unfinished = source.with_suffix(".mo.part")
    with source.open("rb") as texts, unfinished.open("wb") as compiled:
        write_mo(compiled, read_po(texts))
    unfinished.replace(source.with_suffix(".mo"))


class Command(BaseCommand):
    help = "Compile the texts of locale/ that have changed."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        folders = map(Path, settings.LOCALE_PATHS)
        sources = [source for folder in folders for source in sorted(folder.glob("*/LC_MESSAGES/*.po"))]
        stale = [source for source in sources if is_stale(source)]
        for source in stale:
            compile_file(source)
        self.stdout.write(f"{len(stale)} of {len(sources)} languages compiled.")
