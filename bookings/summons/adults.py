"""How the adults of a chain are numbered, on their copies of the letter and in addresses."""

from collections.abc import Iterable
from typing import TypeVar

Adult = TypeVar("Adult")


def adults_by_number(adults: Iterable[Adult]) -> dict[str, Adult]:
    """The adults, or their links, by "1", "2" …; they come in the order of the links."""
    return {str(number): adult for number, adult in enumerate(adults, start=1)}
