"""Checks, migrates, compiles and collects in one process, because Django is slow to start."""

import os
import sys

import django
from django.core.management import call_command

from motesplats.celery import app


def main(*, demo: bool, served: bool) -> None:
    """Check, migrate, compile, collect, load what every installation needs, and the demo if asked."""
    call_command("check")
    call_command("migrate", database="migrator", verbosity=0)
    call_command("compile_texts", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_reference")
    if demo:
        call_command("seed_demo", demo=True)
    if served:
        # Waits for the worker: beat's first one comes later, and /healthz is red until then.
        app.send_task("agencies.tasks.beat_heart")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motesplats.settings")
    django.setup()
    main(demo="demo" in sys.argv[1:], served="served" in sys.argv[1:])
