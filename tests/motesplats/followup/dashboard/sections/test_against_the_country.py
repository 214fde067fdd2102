"""Beside a chosen site's values stand the country's, and only what is published."""

from datetime import date

import pytest
from django.db import connection

from tests.browser import browser_of
from tests.factories.agencies import CoordinatorFactory, the_site
from tests.factories.followup import counted_figures
from tests.motesplats.followup.dashboard.kit import table

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)
WHOLE = ("", "")


@pytest.fixture
def counted(country) -> None:
    """Malmö waits 4 minutes, Norrköping 10, and so on, in October."""
    for code, number in (("malmo", 40), ("norrkoping", 100)):
        numbers = {
            ("waiting_minutes", *WHOLE): (4 * number, number, number),
            ("persons_met", "agency", "SKV"): (number, 0, number),
            ("idle_share", "agency", "SKV"): (number / 10, number, number),
            ("no_show_share", "notice", "week"): (number / 4, number, number),
            ("chains_stopped", *WHOLE): (number, 0, number),
            ("chains_stopped", "why", "interpreter"): (number / 4, 0, number // 4),
            ("chains_stopped", "why", "SKV"): (3 * number / 4, 0, 3 * number // 4),
            ("survey_purpose", *WHOLE): (3 * number, number, number),
        }
        if code == "norrkoping":
            numbers["waiting_minutes", *WHOLE] = (10 * number, number, number)
            numbers["idle_share", "agency", "SKV"] = (number / 2, number, number)
        counted_figures(the_site(code), OCTOBER, numbers)


@pytest.mark.usefixtures("counted")
def test_every_table_of_a_site_has_the_countrys_values_beside_its_own(secretariat):
    asked = {"site": "malmo"}
    assert table(secretariat, "strain", **asked)["All"][0] == "4"
    assert table(secretariat, "strain", **asked)["The whole country"][0] == "8,3"
    whole = table(secretariat, "months")["All"]
    assert table(secretariat, "months", **asked)["The whole country"] == whole
    agencies = table(secretariat, "agencies", **asked)
    titles = agencies["Agency"]
    assert agencies["Swedish Tax Agency"][titles.index("time without a meeting (%)")] == "10"
    assert (
        agencies["Swedish Tax Agency"][titles.index("time without a meeting, the whole country (%)")] == "39"
    )
    assert table(secretariat, "no-shows", **asked)["under 7 days' notice"] == ["25", "25"]
    assert table(secretariat, "stops", **asked)["Swedish Tax Agency"][:3] == ["30", "75", "75"]
    assert table(secretariat, "survey", **asked)["knew why"] == ["3", "3", "40"]


@pytest.mark.usefixtures("country")
def test_shares_by_sex_age_and_track_agree_with_sql(secretariat):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT round(100.0 * sum(amount) FILTER (WHERE key = 'F') / sum(amount)) FROM motesplats_publishedfigure"
            " WHERE measure = 'participants' AND dimension = 'sex' AND site_id IS NULL AND month IS NULL"
        )
        ((women,),) = cursor.fetchall()
    found = table(secretariat, "sex-age", site="malmo")
    assert found["Sex"][-2:] == ["share (%)", "the whole country (%)"]
    assert found["women"][-1] == str(women)
    assert found["Share in the whole country"][:2] == table(secretariat, "sex-age")["Share"][:2]
    assert table(secretariat, "track-mode", site="malmo")["track 1"][1:] == ["100", "100"]


@pytest.mark.usefixtures("country")
def test_beside_an_own_site_that_is_whole_the_country_is_as_it_is_published(secretariat):
    own = browser_of(CoordinatorFactory(sites=[the_site("ljusdal")]))
    asked = {"site": "ljusdal", "first": "2026-09", "last": "2026-09"}
    assert table(own, "sex-age", **asked)["women"][1] == "3"
    assert table(secretariat, "sex-age", **asked)["women"][1] == "hidden"
    row = "Share in the whole country"
    assert table(own, "sex-age", **asked)[row] == table(secretariat, "sex-age", **asked)[row]


@pytest.mark.usefixtures("country")
def test_the_country_alone_has_no_second_column(secretariat):
    for code in ("months", "sex-age", "track-mode", "no-shows", "survey", "strain"):
        found = table(secretariat, code)
        assert not any("the whole country" in word.lower() for name in found for word in (name, *found[name]))
