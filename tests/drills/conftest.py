"""A drill takes all of what script/test draws by lot."""

import pytest

from tests.lot import Lot


@pytest.fixture
def lot() -> Lot:
    return Lot(takes_all=True)
