"""System checks of the installation's keys."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

KEYS = ("SECRET_KEY", "LINK_KEY", "SEALING_KEY")
SHORTEST = 32  # characters
FEWEST = 8  # different ones


def check_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An error for each key that is empty, short or monotonous, and for each two that are the same."""
    return [*_weak_keys(), *_same_keys()]


def _weak_keys() -> Iterator[CheckMessage]:
    for name in KEYS:
        key = getattr(settings, name)
        if len(key) < SHORTEST or len(set(key)) < FEWEST:
            yield Error(
                f"{name} is empty or easily guessed.",
                hint=f"Give it at least {SHORTEST} random characters; its {name}_FALLBACKS may hold the former one.",
                id="motesplats.E001",
            )


def _same_keys() -> Iterator[CheckMessage]:
    for one, other in combinations(KEYS, 2):
        if getattr(settings, one) == getattr(settings, other):
            yield Error(
                f"{one} and {other} are the same.",
                hint="Give each a random text of its own, so that one can be changed without the other.",
                id="motesplats.E002",
            )
