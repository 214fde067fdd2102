"""A deaf mother's day is booked by hand, wide and narrow: her language is typed, its interpreter confirmed."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_booking import look, sign_in


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "en")])
def test_a_deaf_mother_gets_her_day_and_her_interpreter(walk, width, language):
    with walk(width, language) as page:
        page.goto("/parties/new/")
        sign_in(page)
        for name, typed in {
            "given_name": "Layla",
            "family_name": "Haddad",
            "birth_date": "1992-05-17",
        }.items():
            page.locator(f"#id_member1_{name}").fill(typed)
        page.locator("#id_language").select_option("ar")
        page.locator("#id_interpreter_language").fill("teckenspråket")
        page.locator("#id_address").fill("Syrengränd 4, 602 00 Norrköping")
        page.locator("#propose").click()
        expect(page.locator("#id_interpreter_language_error")).to_be_visible()
        look(page)
        page.locator("#id_interpreter_language").fill("svenskt teckenspråk")
        page.locator("#propose").click()
        expect(page.locator(".prop")).to_have_count(3)
        look(page)
        page.locator(".prop .btn.main").first.click()
        expect(page.locator(".vers")).to_have_count(1)
        look(page)
        page.locator("button[name=do][value=confirm]").click()
        expect(page.locator(".vers")).to_have_count(2)
        look(page)
        page.locator("button[name=do][value=undo]").click()
        expect(page.locator("button[name=do][value=confirm]")).to_be_visible()
        expect(page.locator(".vers")).to_have_count(3)
