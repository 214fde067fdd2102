"""Whoever is asked finds the survey while it is open: a host in the menu, others below their tasks."""

from datetime import date

import pytest

from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.factories.reporting import answer, open_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LINK = '<a href="/surveys/"'


def menu_of(user) -> str:
    return browser_of(user).get("/surveys/").text.partition("</nav>")[0]


def test_a_host_finds_an_open_survey_in_the_menu():
    host = HostFactory()
    assert LINK not in menu_of(host)
    open_round(SecretariatFactory())
    assert LINK in menu_of(host)


@pytest.mark.parametrize("factory", [UserFactory, CoordinatorFactory, ManagerFactory])
def test_staff_find_it_below_their_tasks_and_it_is_none(factory):
    browser = browser_of(factory())
    assert "A survey is open to you" not in words_of(browser.get("/todo/"))
    open_round(SecretariatFactory())
    words = words_of(browser.get("/todo/"))
    assert "A survey is open to you" in words
    assert "Nothing waits to be done." in words


@pytest.mark.parametrize(
    "changed",
    [
        {"instrument": "liva"},
        {"opens_on": date(2026, 11, 24)},
    ],
)
def test_a_paper_or_one_to_come_is_not_in_the_menu(changed):
    open_round(SecretariatFactory(), **changed)
    assert LINK not in menu_of(HostFactory())


def test_another_sites_survey_is_not_in_the_menu():
    open_round(SecretariatFactory(), site=the_site("malmo"))
    assert LINK not in menu_of(HostFactory())
    assert LINK in menu_of(HostFactory(sites=[the_site("malmo")]))


def test_the_page_says_what_one_has_answered(acting):
    karin, one = UserFactory(), open_round(SecretariatFactory())
    assert "answered" not in words_of(browser_of(karin).get("/surveys/"))
    with acting(karin):
        answer(one, karin, {1: 7})
    assert "once answered" in words_of(browser_of(karin).get("/surveys/"))
    assert "answered" not in words_of(browser_of(HostFactory()).get("/surveys/"))
