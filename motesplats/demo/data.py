"""The demo's names of people and sizes of sites, read from JSON files."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class DemoSite:
    """The size of a demo site: desks per agency code, interpreters per language, rooms; `postal`: postcode and town."""

    code: str
    postal: str
    desks: dict[str, int]
    interpreters: dict[str, int]
    rooms: int


@cache
def demo_sites() -> tuple[DemoSite, ...]:
    """The three sites that the demo fills."""
    return tuple(DemoSite(code, **size) for code, size in _read("sites.json").items())


def given_name(dice: Random, *, language: str, sex: str) -> str:
    names: list[str] = _read("names.json")[language][sex]
    return dice.choice(names)


def family_name(dice: Random, *, language: str) -> str:
    names: list[str] = _read("names.json")[language]["family"]
    return dice.choice(names)


@cache
def _read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))
