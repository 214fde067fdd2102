"""Of those who did not come the whole and the parts come from two sources, which is said."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_table_says_where_the_whole_and_the_parts_come_from(secretariat):
    page = secretariat.get("/figures/").content.decode()
    assert "All: by the day reports of every site. The parts: by the check-ins" in page
