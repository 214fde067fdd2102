"""A coordinator finds what the letters wait for and fills it in, wide and on a phone."""

import pytest
from playwright.sync_api import expect

from agencies.models import Location, Municipality, Site
from agencies.sites.rooms import add_room
from tests.factories.agencies import CoordinatorFactory, main_place, the_site
from tests.journeys.test_booking import look, sign_in
from tests.signing_in import connect_app

PAGE = "/sites/norrkoping/"


@pytest.fixture
def coordinator(transactional_db, fresh_cache) -> None:
    site = the_site()
    Site.objects.filter(pk=site.pk).update(phone="")
    Location.objects.filter(site=site).update(street="", postcode="", town="")
    Municipality.objects.filter(site=site).update(phone="011-150000")
    for name in ("Eken", "Björken"):
        add_room(location=main_place(site), name=name)
    connect_app(CoordinatorFactory(username="karin"))


@pytest.mark.parametrize("width", [1280, 360])
def test_what_is_missing_leads_to_where_it_is_filled_in(coordinator, walk_alone, width):
    with walk_alone(width, "sv") as page:
        page.goto(PAGE)
        sign_in(page)
        lacks = page.locator(".lacks")
        expect(lacks.locator("li")).to_have_count(2)
        look(page)
        lacks.get_by_role("link", name="telefon").click()
        look(page)
        page.locator("#id_phone").fill("011-19 00 00")
        page.locator("main button").click()
        lacks.get_by_role("link").click()
        look(page)
        for name, text in {"street": "Syrengränd 2", "postcode": "602 24", "town": "Norrköping"}.items():
            page.locator(f"#id_{name}").fill(text)
        page.locator("main button").click()
        expect(page.locator(".good")).to_be_visible()
        expect(lacks).to_have_count(0)
        look(page)
        page.get_by_role("link", name="Ändra Eken").click()
        look(page)
        page.locator("#id_closed").check()
        page.locator("main button").click()
        expect(page.locator("main")).to_contain_text("används inte")
