"""The API's figures: by year, month, site and part; hidden ones say so; of the own site they are whole."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from motesplats.followup.refresh import make_edition
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.factories.followup import counted_figures
from tests.moment import NOW
from tests.signing_in import key_of

pytestmark = pytest.mark.django_db
URL = "/api/v1/figures/"


def client_of(user) -> APIClient:
    client = APIClient(headers={"Accept-Language": "en"})
    client.credentials(HTTP_AUTHORIZATION=f"Token {key_of(user)}")
    return client


@pytest.fixture
def secretariat(db) -> APIClient:
    return client_of(SecretariatFactory())


def rows(client: APIClient, **asked) -> dict[str, float | str | None]:
    """The rows by key; "hidden" where one is."""
    answer = client.get(
        URL, {"measure": "participants"} | {key.strip("_"): word for key, word in asked.items()}
    )
    assert answer.status_code == 200, answer.json()
    return {row["key"]: "hidden" if row["suppressed"] else row["value"] for row in answer.json()["rows"]}


@pytest.fixture
def autumn(reported) -> None:
    """Two reports in Norrköping, one in Malmö and in Kalmar, and one of three persons in Ljusdal."""
    reported("norrkoping", date(2026, 9, 8))
    reported("norrkoping", date(2026, 10, 6))
    reported("malmo", date(2026, 10, 7))
    reported("kalmar", date(2026, 10, 7))
    reported("ljusdal", date(2026, 10, 7), people={"F|18-64": 3})
    make_edition(year=2026, at=NOW)


@pytest.mark.usefixtures("autumn")
def test_participants_by_month_site_year_and_part(secretariat):
    assert rows(secretariat, by="year") == {"2026": 183}
    assert rows(secretariat, by="month") == {"2026-09": 45, "2026-10": 138}
    hidden = dict.fromkeys(["malmo", "kalmar", "ljusdal"], "hidden")
    assert rows(secretariat, by="site") == {"norrkoping": 90} | hidden
    assert rows(secretariat, by="sex") == {"F": 75, "M": 108}
    assert rows(secretariat, by="age", sex="F", site="norrkoping") == {"0-17": 12, "18-64": 24}
    assert rows(secretariat, by="track", from_="2026-09", to="2026-09") == {"1": 45}
    assert rows(secretariat) == {"all": 183}


@pytest.mark.usefixtures("autumn")
def test_participants_of_a_track_by_sex_and_age(secretariat):
    assert rows(secretariat, by="sex", track="1") == {"F": 75, "M": 108}
    assert rows(secretariat, by="age", sex="F", track="1", site="norrkoping") == {"0-17": 12, "18-64": 24}


@pytest.mark.usefixtures("autumn")
def test_a_period_that_cuts_the_year_is_told_only_if_all_its_months_are(secretariat):
    assert rows(secretariat, by="site", from_="2026-09-15", to="2026-09-30") == {"norrkoping": 45}
    assert rows(secretariat, by="site", to="2026-10")["malmo"] == "hidden"
    assert rows(secretariat, by="year", from_="2026-10", to="2026-10") == {"2026": 138}


@pytest.mark.usefixtures("autumn")
def test_the_answer_says_what_is_measured_and_whence(secretariat):
    body = secretariat.get(URL, {"measure": "participants", "by": "site"}).json()
    assert (body["measure"], body["from"], body["to"]) == ("participants", "2026-01", "2026-11")
    assert "locked day report" in body["definition"]
    assert body["rows"][0] == {
        "key": "norrkoping",
        "label": "Norrköping",
        "value": 90.0,
        "suppressed": False,
        "source": "reported",
    }
    assert {row["value"] for row in body["rows"] if row["suppressed"]} == {None}


@pytest.mark.parametrize(
    ("measure", "by", "key", "sv", "en"),
    [
        ("persons_met", "agency", "SKV", "Skatteverket", "Swedish Tax Agency"),
        ("no_show_share", "language", "ti", "tigrinja", "Tigrinya"),
        ("chains_stopped", "why", "SKV", "Skatteverket", "Swedish Tax Agency"),
    ],
)
def test_codes_have_names_beside_them_in_the_readers_language(secretariat, measure, by, key, sv, en):
    counted_figures(the_site(), date(2026, 9, 1), {(measure, by, key): (12, 12, 12)})
    for language, name in (("sv", sv), ("en", en)):
        answer = secretariat.get(URL, {"measure": measure, "by": by}, HTTP_ACCEPT_LANGUAGE=language)
        assert [(row["key"], row["label"]) for row in answer.json()["rows"]] == [(key, name)]


@pytest.mark.usefixtures("autumn")
@pytest.mark.parametrize("made", [CoordinatorFactory, ManagerFactory])
def test_who_runs_a_site_sees_its_own_whole_and_others_as_everybody_does(made):
    client = client_of(made(sites=[the_site("ljusdal")]))
    assert rows(client, by="sex", site="ljusdal") == {"F": 3}
    assert rows(client, by="month", site="ljusdal") == {"2026-10": 3}
    assert rows(client, by="month", site="malmo")["2026-10"] == "hidden"
    assert rows(client, by="site")["ljusdal"] == "hidden"


@pytest.mark.usefixtures("autumn")
def test_a_caseworker_reads_what_is_published():
    client = client_of(UserFactory(sites=[the_site("ljusdal")]))
    assert rows(client, by="month", site="ljusdal") == {"2026-10": "hidden"}


def test_where_nothing_is_reported_there_are_no_rows(secretariat):
    assert rows(secretariat, by="month") == {}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"measure": "happiness"}, "measure"),
        ({}, "measure"),
        ({"measure": "participants", "by": "shoe"}, "by"),
        ({"measure": "participants", "by": "agency"}, "by"),
        ({"measure": "participants", "by": "sex", "mode": "main"}, "by"),
        ({"measure": "waiting_minutes", "by": "language", "track": "1"}, "by"),
        ({"measure": "participants", "from": "2026-13"}, "from"),
        ({"measure": "participants", "from": "0001-01"}, "from"),
        ({"measure": "participants", "to": "yesterday"}, "to"),
        ({"measure": "participants", "from": "2026-10", "to": "2026-09"}, "to"),
        ({"measure": "participants", "site": "atlantis"}, "site"),
        ({"measure": "participants", "track": "9"}, "track"),
        ({"measure": "participants", "sit": "norrkoping"}, "sit"),
        ({"measure": "persons_met", "by": "month", "agency": "ZZZ"}, "agency"),
        ({"measure": "no_show_share", "language": "qqq"}, "language"),
    ],
)
def test_what_cannot_be_told_is_said_beside_its_field(secretariat, asked, field):
    answer = secretariat.get(URL, asked)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert field in answer.json()["errors"]


def test_without_signing_in_there_is_nothing():
    assert APIClient().get(URL, {"measure": "participants"}).status_code == 401


@pytest.mark.usefixtures("autumn")
@pytest.mark.parametrize("by", ["", "month", "site", "sex"])
def test_it_takes_the_same_queries_for_one_site_and_three(secretariat, by, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        secretariat.get(URL, {"measure": "participants", "by": by})
