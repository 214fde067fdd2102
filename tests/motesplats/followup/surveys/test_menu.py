"""Whoever is asked finds the survey in the menu while it is open."""

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


@pytest.mark.parametrize("factory", [UserFactory, HostFactory, CoordinatorFactory, ManagerFactory])
def test_staff_find_an_open_survey_in_the_menu(factory):
    user = factory()
    assert LINK not in menu_of(user)
    open_round(SecretariatFactory())
    assert LINK in menu_of(user)


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
    assert LINK not in menu_of(UserFactory())
    assert LINK in menu_of(UserFactory(sites=[the_site("malmo")]))


def test_the_page_says_what_one_has_answered(acting):
    karin, one = UserFactory(), open_round(SecretariatFactory())
    assert "answered" not in words_of(browser_of(karin).get("/surveys/"))
    with acting(karin):
        answer(one, karin, {1: 7})
    assert "once answered" in words_of(browser_of(karin).get("/surveys/"))
    assert "answered" not in words_of(browser_of(HostFactory()).get("/surveys/"))
