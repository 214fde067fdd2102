"""A municipality keeps its contact card, and the secretariat says which site it summons to."""

import pytest
from django.utils import timezone

from agencies.models import Agency, Municipality, MunicipalityChange
from agencies.sites.municipalities import CardKeptByOthers, change_card, point_to_site
from agencies.sites.saving import SiteChanged
from tests.agencies.sites.typed import inputs
from tests.browser import browser_of, words_of
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, SecretariatFactory, the_site

pytestmark = pytest.mark.django_db
CARD = "/municipalities/0581/"


def norrkoping() -> Municipality:
    return Municipality.objects.get(code="0581")


def test_the_municipality_s_manager_keeps_the_card_and_no_other_manager_does():
    manager = ManagerFactory(agency=Agency.objects.get(municipality__code="0581"))
    browser, before = browser_of(manager), norrkoping().phone
    typed = inputs(browser, CARD) | {"phone": "011-15 00 00", "email": "kommun@norrkoping.example"}
    assert browser.post(CARD, typed)["Location"] == "/sites/norrkoping/"
    assert norrkoping().phone == "011-15 00 00"
    assert "011-15 00 00" in words_of(browser.get("/sites/norrkoping/"))
    assert MunicipalityChange.objects.get(by=manager).phone == before
    assert browser.post(CARD, typed).status_code == 409
    for other in (ManagerFactory(), ManagerFactory(agency=Agency.objects.get(municipality__code="1280"))):
        assert browser_of(other).get(CARD).status_code == 403
        with pytest.raises(CardKeptByOthers):
            change_card(municipality=norrkoping(), values={"phone": ""}, seen=1, by=other, at=timezone.now())


def test_the_secretariat_points_a_municipality_to_another_site():
    office = SecretariatFactory()
    browser = browser_of(office)
    page = "/sites/malmo/new-municipality/"
    address = browser.post(page, {"municipality": "0581"})["Location"]
    assert address == f"{CARD}site/?site={the_site('malmo').pk}"
    typed = inputs(browser, address)
    assert typed["site"] == str(the_site("malmo").pk)
    assert browser.post(address, typed)["Location"]
    assert norrkoping().site == the_site("malmo")
    assert str(norrkoping()) in words_of(browser.get("/sites/malmo/"))
    assert MunicipalityChange.objects.filter(by=office, site=the_site()).exists()
    assert browser.post(page, {"municipality": "9999"}).status_code == 422
    with pytest.raises(SiteChanged):
        point_to_site(
            municipality=norrkoping(),
            site=the_site(),
            is_host=True,
            seen=0,
            by=office,
            at=timezone.now(),
        )


def test_a_manager_or_coordinator_points_no_municipality_elsewhere():
    manager = ManagerFactory(agency=Agency.objects.get(municipality__code="0581"))
    for by in (manager, CoordinatorFactory()):
        assert browser_of(by).get(f"{CARD}site/").status_code == 403
        with pytest.raises(CardKeptByOthers):
            point_to_site(
                municipality=norrkoping(),
                site=the_site("malmo"),
                is_host=False,
                seen=0,
                by=by,
                at=timezone.now(),
            )
