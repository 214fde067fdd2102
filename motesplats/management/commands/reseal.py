"""Seals anew what was sealed with a former key, so that the former key can be thrown away."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motesplats.reseal import reseal_all, seal_missing_words


class Command(BaseCommand):
    help = "Seal second factors, providers' secrets and protected identities with the present SEALING_KEY."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--database", default="migrator", help="Which connection; the app's role sees no sealed row."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        left = 0
        for table, done in reseal_all(using=options["database"]):
            self.stdout.write(
                f"{table}: {done['resealed']} sealed anew, {done['current']} were already,"
                f" {done['unopenable']} cannot be opened"
            )
            left += done["unopenable"]
        if words := seal_missing_words(using=options["database"]):
            self.stdout.write(f"bookings_sealedword: words of {words['sealed']} parties sealed that had none")
        if left:
            raise CommandError(
                f"{left} rows were sealed with a key that is not among the fallbacks; they are as they were."
            )
