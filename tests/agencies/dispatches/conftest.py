"""A kind of dispatch whose handler remembers what it was given, or does as a test says."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest

from agencies.dispatches.handlers import HANDLERS, LETTERS, Handler
from agencies.models import User
from tests.factories.agencies import UserFactory

KIND = "tests.thing"


@pytest.fixture(autouse=True)
def _clock(clock) -> None:
    """Every test here has its clock stand still."""


@pytest.fixture
def by(db) -> User:
    return UserFactory()


@pytest.fixture
def sent() -> Iterator[list[int]]:
    """The subjects in the order in which they were sent."""
    subjects: list[int] = []
    with handled_by(lambda dispatch, at: subjects.append(dispatch.subject)):
        yield subjects


def handled_by(send: Callable[..., Any]) -> Any:
    """`with handled_by(send):` lets it handle the tests' kind."""
    return patch.dict(HANDLERS, {KIND: Handler(send, LETTERS)})
