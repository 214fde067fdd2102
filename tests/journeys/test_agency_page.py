"""A manager finds what the letters lack and fills it in; the own sign-in is written, tried and switched on."""

import pytest
from playwright.sync_api import expect

from agencies.models import Agency
from tests.agencies.sign_in.provider import CLIENT, SECRET, running_provider
from tests.factories.agencies import ManagerFactory
from tests.journeys.test_booking import look, sign_in
from tests.signing_in import connect_app

PAGE = "/agencies/AF/"


@pytest.fixture
def manager(transactional_db, fresh_cache) -> None:
    Agency.objects.filter(code="AF").update(name_ti="")
    connect_app(ManagerFactory(username="karin", agency="AF"))


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "sv"), (1280, "en")])
def test_what_is_missing_leads_to_where_it_is_filled_in(manager, walk_alone, width, language):
    with walk_alone(width, language) as page:
        page.goto(PAGE)
        sign_in(page)
        lacks = page.locator(".lacks")
        expect(lacks.locator("li")).to_have_count(1)
        look(page)
        lacks.get_by_role("link").click()
        look(page)
        page.locator("#id_name_ti").fill("ቤት ጽሕፈት ስራሕ")
        page.locator("main button").click()
        expect(page.locator(".good")).to_be_visible()
        expect(lacks).to_have_count(0)
        for address in ("lengths/", "documents/", "new-text/", "service/", "contact/"):
            page.goto(f"{PAGE}{address}")
            look(page)
        page.goto("/agencies/")
        look(page)


def test_the_own_sign_in_is_written_and_tried(manager, walk_alone):
    with running_provider() as provider, walk_alone(360, "sv") as page:
        page.goto(f"{PAGE}sign-in/")
        sign_in(page)
        look(page)
        for name, text in {"issuer": provider.address, "client_id": CLIENT, "secret": SECRET}.items():
            page.locator(f"#id_{name}").fill(text)
        page.locator("main button").click()
        page.get_by_role("button", name="Prova").click()
        expect(page.locator("main")).to_contain_text("Dess konfiguration finns")
        look(page)
        page.go_back()
        page.get_by_role("button", name="Slå på").click()
        expect(page.locator("main")).to_contain_text("En annan person")
        look(page)


def test_a_retention_decision_shows_what_would_go(manager, walk_alone):
    with walk_alone(360, "sv") as page:
        page.goto(f"{PAGE}retention/")
        sign_in(page)
        look(page)
        typed = {
            "decision": "Gallringsbeslut 3",
            "registration_number": "1.2-345/2026",
            "decided_on": "2020-01-02",
            "valid_from": "2099-01-01",
        }
        for name, text in typed.items():
            page.locator(f"#id_{name}").fill(text)
        page.get_by_role("button", name="Se vad som skulle gallras").click()
        expect(page.locator("#preview")).to_contain_text("skulle 0 rader gallras")
        look(page)
        page.get_by_role("button", name="Låt det gälla").click()
        expect(page.locator("main")).to_contain_text("1.2-345/2026")
        look(page)
