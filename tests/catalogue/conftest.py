"""A booked family in every table."""

import pytest

from tests.catalogue.rows import row_in_each_table
from tests.factories.agencies import UserFactory


@pytest.fixture
def chain(acting):
    user = UserFactory()
    with acting(user):
        return row_in_each_table(user)
