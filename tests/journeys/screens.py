"""A journey of staff is walked on one of its screens, drawn by lot; `script/drill journeys` walks it on each.

A screen is a width with a language or without a script. Newcomers' journeys have no lot: each language counts.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.lot import Lot

HERE = Path(__file__).parent


def not_drawn(items: Iterable[pytest.Item], lot: Lot) -> list[pytest.Item]:
    """The journeys on further screens than the one that is drawn for each."""
    screens: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if HERE in item.path.parents and isinstance(item, pytest.Function) and has_screens(item):
            screens[f"{item.path.name} {item.originalname}"].append(item)
    drawn = {one for name, of_one in screens.items() for one in lot.draw(of_one, 1, of=name)}
    return [item for of_one in screens.values() for item in of_one if item not in drawn]


def has_screens(item: pytest.Function) -> bool:
    """Whether the journey is one of several that differ in their screen alone."""
    return hasattr(item, "callspec") and "width" in item.callspec.params
