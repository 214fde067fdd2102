"""`python -m benchmarks [name ...]`, on a migrated database without users, which it fills."""

import os
import sys
from importlib import import_module

import django

NAMES = (
    "memory",
    "propose",
    "first",
    "race",
    "summons",
    "outbox",
    "dispatches",
    "walls",
    "search",
    "board",
    "roster",
    "my_day",
    "dashboard",
    "figures_refresh",
)


def main(names: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motesplats.settings")
    os.environ["LOG_LEVEL"] = "WARNING"
    django.setup()
    from benchmarks.sites import prepare_database

    prepare_database()
    for name in names or NAMES:
        import_module(f"benchmarks.{name}").measure()


if __name__ == "__main__":
    if unknown := set(sys.argv[1:]) - set(NAMES):
        raise SystemExit(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}.")
    main(sys.argv[1:])
