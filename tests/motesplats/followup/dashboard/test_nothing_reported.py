"""Before anything is reported the page of figures is there all the same."""

import pytest

from tests.motesplats.followup.dashboard.kit import URL

pytestmark = pytest.mark.django_db


def test_where_nothing_is_reported_the_page_says_nothing_of_it(secretariat):
    assert secretariat.get(URL).status_code == 200
