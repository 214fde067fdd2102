"""The API's attainment: participants out of the series, of the months of which both are known."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from motesplats.followup.refresh import make_edition
from tests.factories.agencies import SecretariatFactory, the_site
from tests.factories.goals import say
from tests.moment import NOW
from tests.signing_in import key_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat(db):
    return SecretariatFactory()


@pytest.fixture
def attained(secretariat):
    def attained(**asked) -> dict[str, float | str]:
        client = APIClient(headers={"Accept-Language": "en"})
        client.credentials(HTTP_AUTHORIZATION=f"Token {key_of(secretariat)}")
        answer = client.get("/api/v1/figures/", {"measure": "attainment"} | asked)
        assert answer.status_code == 200, answer.json()
        return {row["key"]: "hidden" if row["suppressed"] else row["value"] for row in answer.json()["rows"]}

    return attained


def test_a_month_without_a_number_is_in_no_sum(attained, reported, secretariat, acting):
    reported("norrkoping", date(2026, 9, 8))
    reported("malmo", date(2026, 10, 6))
    with acting(secretariat):
        say(90, secretariat, month=9)
        say(60, secretariat, month=8)
    assert attained(by="month") == {"2026-09": 0.5}
    assert attained(by="year") == {"2026": 0.5}
    assert attained() == {"all": 0.5}


def test_a_site_is_out_of_the_sites_number_and_few_are_hidden(attained, reported, secretariat, acting):
    for code, people in (
        ("norrkoping", {"F|18-64": 20}),
        ("kalmar", {"F|18-64": 25}),
        ("malmo", {"F|18-64": 30}),
        ("ljusdal", {"F|18-64": 3}),
    ):
        reported(code, date(2026, 9, 8), people=people)
    make_edition(year=2026, at=NOW)
    with acting(secretariat):
        for code in ("norrkoping", "kalmar", "malmo", "ljusdal"):
            say(60, secretariat, month=9, site=the_site(code))
    hidden = dict.fromkeys(["norrkoping", "kalmar", "ljusdal"], "hidden")
    assert attained(by="site") == {"malmo": 0.5} | hidden


def test_without_any_number_there_is_no_row(attained, reported):
    reported("norrkoping", date(2026, 9, 8))
    assert attained(by="month") == {}


@pytest.mark.parametrize("asked", [{"by": "sex"}, {"by": "month", "track": "1"}])
def test_parts_are_not_compared(secretariat, asked):
    client = APIClient(headers={"Accept-Language": "en"})
    client.credentials(HTTP_AUTHORIZATION=f"Token {key_of(secretariat)}")
    answer = client.get("/api/v1/figures/", {"measure": "attainment"} | asked)
    assert answer.status_code == 422
    assert "by" in answer.json()["errors"]
