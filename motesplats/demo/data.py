"""The demo's invented names and the sizes of its sites."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class DemoSite:
    """How large a demo site is: desks per agency, interpreters per language, rooms."""

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
    return dice.choice(_read("names.json")[language][sex])


def family_name(dice: Random, *, language: str) -> str:
    return dice.choice(_read("names.json")[language]["family"])


@cache
def _read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))
