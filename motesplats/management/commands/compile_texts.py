"""Compiles the translators' files of locale/ into what Django reads."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from motesplats.catalogues.compile import compile_folder, is_stale


class Command(BaseCommand):
    help = "Compile the texts of locale/ that have changed."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        folders = [
            folder for path in settings.LOCALE_PATHS for folder in sorted(Path(path).glob("*/LC_MESSAGES"))
        ]
        stale = [folder for folder in folders if is_stale(folder)]
        for folder in stale:
            compile_folder(folder)
        self.stdout.write(f"{len(stale)} of {len(folders)} languages compiled.")
