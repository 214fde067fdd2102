"""Capacity against inflow: as it was summed up, with the months ahead, and room at the published pace."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from agencies.secrecy.context import acting_as
from motesplats.followup.publish import publish
from motesplats.followup.viewer import FIGURES
from tests.factories.agencies import the_site
from tests.factories.followup import counted_figures
from tests.motesplats.followup.dashboard.kit import on_page, table

pytestmark = pytest.mark.django_db
MONTHS = [
    (date(2026, 10, 1), 60, 40),
    (date(2026, 11, 1), 50, 30),
    (date(2026, 12, 1), 90, 20),
    (date(2027, 2, 1), 10, 0),
]
PACE = ("persons_per_staff_hour", "", "")


@pytest.fixture
def capacity(db) -> None:
    """Hours and expected persons of Norrköping, and as many hours again in Malmö; both met two persons an hour."""
    for code, people in (("norrkoping", 80), ("malmo", 100)):
        for month, hours, expected in MONTHS:
            numbers: dict[tuple[str, str, str], tuple[float, float, int]] = {
                ("capacity_hours", "", ""): (hours, 0, 0)
            }
            if code == "norrkoping" and expected:
                numbers["inflow_persons", "", ""] = (expected, 0, 0)
            if month == date(2026, 10, 1):
                numbers[PACE] = (people, people / 2, people)
            counted_figures(the_site(code), month, numbers)
    with acting_as(FIGURES):
        publish(year=2027, today=timezone.localdate())


@pytest.mark.usefixtures("capacity")
def test_each_month_agrees_with_sql_also_ahead(secretariat):
    with acting_as(FIGURES), connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_char(month, 'YYYY-MM'), sum(amount) FROM motesplats_sitefigure"
            " WHERE measure = 'capacity_hours' GROUP BY 1 ORDER BY 1"
        )
        summed = [f"{number:.0f}" for _month, number in cursor.fetchall()]
    told = table(secretariat, "capacity", first="2026-10")
    names = ["oct 2026", "nov 2026", "dec 2026, ahead", "feb 2027, ahead"]
    assert [told[name][0] for name in names] == summed == ["120", "100", "180", "20"]
    assert told["All"][0] == "420"
    assert "jan 2027, ahead" not in told


@pytest.mark.usefixtures("capacity")
def test_room_is_the_hours_at_the_pace_and_expected_persons_have_their_hours(secretariat):
    told = table(secretariat, "capacity", site="norrkoping", first="2026-10")
    assert told["oct 2026"] == ["60", "120", "40", "–", "1,5"]
    assert told["feb 2027, ahead"] == ["10", "20", "–", "–", "–"]
    assert told["All"] == ["210", "420", "90", "–", "2,2"]
    assert told["The whole country"][:3] == ["420", "840", "90"]
    assert on_page(secretariat, "capacity", site="norrkoping", first="2026-10")["oct 2026"][1] == "120"


@pytest.mark.usefixtures("capacity")
def test_a_period_that_has_ended_shows_no_month_ahead(secretariat):
    assert [*table(secretariat, "capacity", first="2026-10", last="2026-10")][1:] == ["oct", "All"]


def test_where_the_pace_is_hidden_the_room_is(secretariat):
    for code, people in (("norrkoping", 3), ("malmo", 100)):
        numbers = {("capacity_hours", "", ""): (50, 0, 0), PACE: (people, 10, people)}
        counted_figures(the_site(code), date(2026, 10, 1), numbers)
    told = table(secretariat, "capacity", site="norrkoping", first="2026-10", last="2026-10")
    assert told["oct"][:2] == ["50", "hidden"]
    assert told["All"][:2] == ["50", "hidden"]


def test_without_any_hours_there_is_no_table(secretariat):
    assert secretariat.get("/figures/capacity.csv").status_code == 404
    assert on_page(secretariat, "capacity") == {}
