"""The base of the factories: calling one makes a row of its model, which mypy must be told."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from factory.django import DjangoModelFactory

from agencies.references import ALPHABET

AnyModel = TypeVar("AnyModel", bound=Model)
LETTERS = "bcdfghjklmnprst"


def lettered(words: str) -> Callable[[int], str]:
    """Names such as "Rum bbcd": they sort as they were made, and have no digit that a test may look for."""
    return lambda number: words.format(spelled(number, LETTERS))


def spelled(number: int, letters: str = ALPHABET, length: int = 4) -> str:
    """The number in so many of the letters, by default those of references."""
    base = len(letters)
    return "".join(letters[number // base**place % base] for place in reversed(range(length)))


class ModelFactory(DjangoModelFactory[AnyModel]):
    """`PartyFactory()` makes and returns a Party."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __new__(cls, **fields: Any) -> AnyModel:  # type: ignore[misc]  # factory_boy's metaclass returns the row
            raise NotImplementedError
