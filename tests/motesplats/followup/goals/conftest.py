"""Somebody of the secretariat."""

import pytest

from agencies.models import User
from tests.factories.agencies import SecretariatFactory


@pytest.fixture
def eva(db) -> User:
    return SecretariatFactory(username="eva", first_name="Eva", last_name="Sund")
