"""Each site stands with its goal and how far it has come, where a number of the series is known of it."""

from datetime import date

import pytest

from motesplats.followup.goals.set_goal import Target, set_goal
from tests.factories.agencies import SecretariatFactory, the_site
from tests.factories.goals import half_of_the_permits, say
from tests.moment import NOW
from tests.motesplats.followup.dashboard.conftest import MONTHS
from tests.motesplats.followup.dashboard.kit import on_page, table

pytestmark = pytest.mark.django_db
SITES = ("malmo", "ljusdal", "goteborg")


@pytest.fixture
def goals(country, acting):
    """The country's goal is half of the permits, Göteborg's a number of persons; three sites have 100 a month."""
    by = SecretariatFactory()
    with acting(by):
        half_of_the_permits(by)
        set_goal(
            site=the_site("goteborg"),
            target=Target(persons=300),
            valid_from=date(2026, 1, 1),
            why="A hundred desks",
            decided_by="The steering group",
            by=by,
            at=NOW,
        )
        for code in ("malmo", "ljusdal"):
            for month in MONTHS[:2]:
                say(100, by, month=month.month, site=the_site(code))


@pytest.mark.usefixtures("goals")
def test_goal_and_share_are_of_the_months_that_both_know(secretariat):
    people = table(secretariat, "months", site="malmo")
    came = int(people["jul"][0]) + int(people["aug"][0])
    found = table(secretariat, "sites")
    assert found["Malmö"][1:3] == ["100", str(round(came / 2))]
    assert found["Malmö"][0] == people["All"][0]
    assert found["Norrköping"][1:3] == ["–", "–"]
    assert found["Göteborg"][1:3] == ["300", "–"]


@pytest.mark.usefixtures("goals")
def test_a_site_of_few_has_no_share(secretariat):
    assert table(secretariat, "sites")["Ljusdal"][2] == "hidden"
    assert on_page(secretariat, "sites")["Ljusdal"][2] == "hidden"


@pytest.mark.usefixtures("goals")
def test_a_track_is_compared_with_no_series(secretariat):
    assert len(table(secretariat, "sites", track="1")["Malmö"]) == 6
    assert len(table(secretariat, "sites")["Malmö"]) == 8


@pytest.mark.usefixtures("goals")
def test_a_site_alone_has_no_table_of_sites(secretariat):
    assert secretariat.get("/figures/sites.csv", {"site": "malmo"}).status_code == 404
