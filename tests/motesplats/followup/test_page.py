"""The secretariat's page and file."""

import pytest
from django.test import Client

from tests.browser import browser_of, csv_rows, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.motesplats.followup.conftest import NOVEMBER, OCTOBER

pytestmark = pytest.mark.django_db
QUERIES = 13


@pytest.fixture
def page(db) -> Client:
    return browser_of(SecretariatFactory())


def test_it_shows_sites_and_months_and_hides_what_is_small(page, come, norrkoping):
    come(norrkoping, OCTOBER, 7)
    come(the_site("malmo"), OCTOBER, 2)
    come(the_site("malmo"), NOVEMBER, 11)
    words = words_of(page.get("/figures/", {"quarter": "4"}))
    assert "Norrköping – hidden 0 0 – hidden" in words
    assert "Malmö – hidden 11 0 – hidden" in words
    assert "The whole country 9 11 0 20" in words
    assert "fewer than six stand behind it" in words


def test_nothing_is_said_of_hiding_where_nothing_is_hidden(page, come, norrkoping):
    come(norrkoping, OCTOBER, 7)
    words = words_of(page.get("/figures/", {"quarter": "4"}))
    assert "Norrköping 7 0 0 7" in words
    assert "hidden" not in words


def test_the_file_says_the_same(page, come, norrkoping):
    come(norrkoping, OCTOBER, 7)
    come(norrkoping, NOVEMBER, 8)
    answer = page.get("/figures.csv", {"quarter": "4", "measure": "people"})
    assert 'filename="figures-people-2026-4.csv"' in answer.headers["Content-Disposition"]
    assert csv_rows(answer) == [
        ["Site", "2026-10", "2026-11", "2026-12", "In all"],
        ["Norrköping", "28", "32", "0", "60"],
        ["The whole country", "28", "32", "0", "60"],
    ]


def test_a_lonely_small_one_leaves_no_trace_in_the_file(page, come, norrkoping):
    come(norrkoping, OCTOBER, 3)
    assert csv_rows(page.get("/figures.csv", {"quarter": "4"}))[1:] == [
        ["Norrköping", "–", "0", "0", "–"],
        ["The whole country", "–", "0", "0", "–"],
    ]


def test_a_year_without_anybody_says_so(page):
    assert "Nobody was booked that year." in words_of(page.get("/figures/"))
    assert csv_rows(page.get("/figures.csv")) == []


@pytest.mark.parametrize("address", ["/figures/", "/figures.csv"])
@pytest.mark.parametrize(
    "asked",
    [{"year": "1999"}, {"year": "٢٠٢٦x"}, {"quarter": "5"}, {"quarter": "\x00"}, {"measure": "names"}],
)
def test_what_cannot_be_shown_is_said_beside_it(page, address, asked):
    answer = page.get(address, asked)
    assert answer.status_code == 400
    assert f'id="id_{next(iter(asked))}_error"' in answer.text


def test_it_costs_the_same_for_one_site_and_for_three(page, come, django_assert_num_queries):
    for sites in (("malmo",), ("norrkoping", "orebro")):
        for code in sites:
            come(the_site(code), OCTOBER, 1)
        with django_assert_num_queries(QUERIES):
            page.get("/figures/")


def test_it_is_the_secretariats():
    for factory in (UserFactory, CoordinatorFactory, ManagerFactory, HostFactory):
        browser = browser_of(factory())
        assert [browser.get(address).status_code for address in ("/figures/", "/figures.csv")] == [403, 403]


def test_its_day_begins_there(page):
    assert page.get("/").url == "/figures/"


@pytest.mark.parametrize(
    ("user", "words"),
    [
        (SecretariatFactory, ["Figures"]),
        (HostFactory, ["Arrivals"]),
        (UserFactory, ["My day", "Board", "Parties", "New party"]),
        (lambda: UserFactory(agency="FK"), ["My day", "Board", "Parties"]),
    ],
)
def test_the_menu_leads_only_where_one_may_go(user, words):
    menu = browser_of(user()).get("/", follow=True).text.split("<nav")[1].split("</nav>")[0]
    names = ("Figures", "Arrivals", "My day", "Board", "Parties", "New party")
    assert [word for word in names if f">{word}<" in menu] == words
