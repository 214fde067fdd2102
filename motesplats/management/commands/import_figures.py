"""Imports a file of published figures: all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from agencies.refusals import Refusal
from agencies.web.whole_file import FileNotUsable
from motesplats.followup.history.import_figures import import_figures
from motesplats.followup.history.published import FILE


class Command(BaseCommand):
    help = "Import published figures from a CSV file or a workbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=FILE, help="By default the reports' own.")
        parser.add_argument("--why", default="", help="Why figures that stand here are replaced.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
            done = import_figures(content=content, why=options["why"], by=None, at=timezone.now())
        except FileNotUsable as refusal:
            wrong = (f"row {one.row} {one.column}: {one.message}" for one in refusal.rows)
            raise CommandError("\n".join([refusal.message, *wrong])) from None
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from None
        self.stdout.write(f"{done.added} new, {done.replaced} replaced, {done.unchanged} as before.")
