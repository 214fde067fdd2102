"""Norrköping's coordinator, and an agreement of all that are met there."""

from datetime import date

import pytest

from agencies.models import User
from interpreters.models import Agreement
from tests.factories.agencies import CoordinatorFactory, the_agency
from tests.factories.interpreters import AgreementFactory

ALL = ("MIG", "SKV", "FK", "AF", "KOM", "PM")
DAY = date(2026, 12, 8)


@pytest.fixture
def coordinator(db) -> User:
    return CoordinatorFactory()


@pytest.fixture
def agreement(db) -> Agreement:
    return AgreementFactory(agencies=ALL, orderer=the_agency("MIG"))
