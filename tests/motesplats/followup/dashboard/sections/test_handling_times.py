"""The last told quarter of handling times on the page of figures, as on its own page."""

from itertools import product

import pytest

from agencies.secrecy.context import acting_as
from motesplats.followup.viewer import FIGURES
from motesplats.models import HandlingQuarter
from tests.browser import csv_rows
from tests.factories.agencies import the_site
from tests.moment import NOW
from tests.motesplats.followup.dashboard.kit import on_page, table

pytestmark = pytest.mark.django_db
BANDS = ("days_1_7", "days_8_30", "days_over_30", "total")

ROWS = (
    ("site", "norrkoping", (60, 30, 10, 100)),
    ("site", "malmo", (None, None, 7, None)),
    ("sites", None, (None, None, None, 200)),
    ("country", None, (430, 380, 190, 1000)),
)


@pytest.fixture
def told(db) -> None:
    """Two quarters of two sites, one of them hidden, of all sites and of the country."""
    with acting_as(FIGURES):
        for quarter, (scope, site, numbers) in product((2, 3), ROWS):
            HandlingQuarter.objects.create(
                scope=scope,
                site=the_site(site) if site else None,
                year=2026,
                quarter=quarter,
                told_at=NOW,
                **dict(zip(BANDS, numbers, strict=True)),
            )


@pytest.mark.usefixtures("told")
def test_the_site_stands_against_the_country_as_on_the_page_of_handling_times(secretariat):
    rows = csv_rows(secretariat.get("/handling-times.csv?quarter=2026-3"))
    own = {name: cells for _period, name, *cells in rows}
    found = table(secretariat, "handling-times", site="norrkoping")
    assert [*found] == ["Where", "Norrköping", "All sites", "The whole country"]
    assert found["Norrköping"] == own["Norrköping"] == ["60", "30", "10", "100"]
    assert found["The whole country"] == own["The whole country"] == ["43", "38", "19", "1000"]
    assert on_page(secretariat, "handling-times", site="norrkoping")["Norrköping"][0] == "60\u00a0%"


@pytest.mark.usefixtures("told")
def test_hidden_counts_are_hidden_here_too(secretariat):
    found = table(secretariat, "handling-times")
    assert found["Malmö"] == ["hidden"] * 4
    assert found["All sites"] == [*["hidden"] * 3, "200"]


@pytest.mark.usefixtures("told")
def test_an_earlier_period_has_the_quarter_that_was_told_of_it(secretariat):
    page = secretariat.get("/figures/", {"first": "2026-04", "last": "2026-06"})
    assert "quarter 2026-2" in page.content.decode()
    assert "quarter=2026-2" in page.content.decode()
    assert (
        secretariat.get("/figures/handling-times.csv", {"first": "2026-01", "last": "2026-03"}).status_code
        == 404
    )
