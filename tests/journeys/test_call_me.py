"""A family without a telephone on record asks to be called back: a number is asked for beside its field."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_my_day import chain, day, fits, look, open_day

__all__ = ["chain", "day"]


@pytest.mark.parametrize("language", ["sv", "ar", "ti"])
def test_what_was_typed_stays_until_there_is_a_number(walk, day, language):
    with walk(360, language) as page:
        open_day(page, day, language)
        page.goto(f"{day.partition('#')[0]}/call-me?language={language}")
        page.locator("input[name=period][value=afternoon]").check()
        page.locator("#text").fill("Skolan")
        page.locator("#call button.button").click()
        number = page.locator("#number")
        expect(number).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#wrong-number")).to_be_visible()
        expect(page.locator("#text")).to_have_value("Skolan")
        expect(page.locator("input[name=period][value=afternoon]")).to_be_checked()
        fits(page)
        look(page, f"call-me-{language}")
        number.fill("070-174 06 09")
        page.locator("#call button.button").click()
        expect(page.locator(".said h1")).to_be_visible()
        fits(page)
