"""Agreements and their terms, kept in the browser."""

import pytest

from agencies.models import Agency
from interpreters.models import Agreement
from tests.browser import browser_of, words_of
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, SecretariatFactory, UserFactory

pytestmark = pytest.mark.django_db
TERMS = {
    "valid_from": "2026-01-01",
    "unit_minutes": "30",
    "minimum_minutes": "60",
    "travel_ore": "150",
    "km_ore": "2,50",
    "hours1": "48",
    "percent1": "50",
    "hours2": "24",
    "percent2": "100",
    "price-site-AT": "214,50",
}


@pytest.fixture
def browser(db):
    return browser_of(CoordinatorFactory())


def first_page(**changes):
    of = Agency.objects.filter(code__in=["FK", "SKV", "PM"])
    return {
        "contract_number": "23-2-2026",
        "name": "Kammarkollegiets ramavtal",
        "supplier": "Tolkbolaget",
        "kind": "framework",
        "agencies": [agency.pk for agency in of],
        "orderer": of.get(code="FK").pk,
        "valid_from": "2026-01-01",
        "county1": "Östergötlands län",
        "rank1": "1",
    } | changes


def test_an_agreement_and_its_terms_are_written_and_shown_in_kronor(browser):
    answer = browser.post("/new-agreement/", first_page(), follow=True)
    assert "Nothing can be ordered before there are terms." in words_of(answer)
    answer = browser.post("/agreements/23-2-2026/", TERMS, follow=True)
    page = words_of(answer)
    assert "214,50" in page
    assert "Cancelled less than 24 hours before: 100 %." in page
    terms = Agreement.objects.get().terms.get()
    assert (terms.km_ore, terms.travel_unit_ore, terms.cancel_percents) == (250, 15000, [50, 100])
    assert "23-2-2026" in words_of(browser.get("/agreements/"))


@pytest.mark.parametrize(
    "changes",
    [{"agencies": []}, {"contract_number": "with blank"}, {"valid_until": "2025-01-01"}, {"rank1": "0"}],
)
def test_an_agreement_that_cannot_be_is_refused_in_words(browser, changes):
    answer = browser.post("/new-agreement/", first_page(**changes))
    assert answer.status_code == 422
    assert 'class="say"' in answer.text or 'class="refused"' in answer.text
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [{"price-site-AT": ""}, {"percent1": "100", "percent2": "50"}, {"km_ore": "-1"}, {"valid_from": "soon"}],
)
def test_terms_that_cannot_be_are_refused_in_words(browser, changes):
    browser.post("/new-agreement/", first_page())
    answer = browser.post("/agreements/23-2-2026/", TERMS | changes)
    assert answer.status_code == 422
    assert not Agreement.objects.get().terms.exists()


def test_a_manager_keeps_the_own_agencys_agreements_alone(browser):
    browser.post("/new-agreement/", first_page())
    manager = browser_of(ManagerFactory(agency="FK"))
    assert manager.get("/agreements/23-2-2026/").status_code == 404
    own = first_page(contract_number="FK-1", agencies=[Agency.objects.get(code="FK").pk])
    assert manager.post("/new-agreement/", own).status_code == 302
    other = first_page(contract_number="AF-1", agencies=[Agency.objects.get(code="AF").pk], orderer="")
    assert manager.post("/new-agreement/", other).status_code == 422


def test_the_secretariat_keeps_them_and_caseworkers_do_not():
    assert browser_of(SecretariatFactory()).get("/agreements/").status_code == 200
    assert browser_of(UserFactory()).get("/agreements/").status_code == 403
