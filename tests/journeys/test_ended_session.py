"""The session ends while somebody types: a warning before, and nothing is lost after."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from motesplats.embedded.code import SECONDS, code
from tests.factories.agencies import PASSWORD
from tests.journeys.test_booking import look, sign_in, type_family
from tests.signing_in import SECRET


def end_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def sign_in_again(page: Page) -> None:
    """With the app's next code, because each lets in once."""
    page.locator("[name=username]").fill("karin")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.locator("[name=code]").fill(code(SECRET, step=int(timezone.now().timestamp()) // SECONDS + 1))
    page.locator("[name=code]").press("Enter")
    expect(page.locator("main .btn.main")).to_be_visible()


@pytest.mark.parametrize(("width", "script"), [(360, True), (1280, False)])
def test_a_family_typed_into_an_ended_session_gets_its_proposals_after_signing_in_again(walk, width, script):
    with walk(width, "sv", script=script) as page:
        page.goto("/parties/new/")
        sign_in(page)
        type_family(page)
        end_session(page)
        page.locator("#propose").click()
        expect(page.locator("main .note")).to_be_visible()
        expect(page.locator("header.top")).to_have_count(1)
        if script:
            look(page)
        sign_in_again(page)
        if script:
            look(page)
        page.locator("main .btn.main").click()
        expect(page.locator(".prop")).to_have_count(3)
        expect(page.locator("[name=given_name]").first).to_have_value("Layla")


def test_who_is_about_to_be_signed_out_is_told_and_can_stay(walk):
    with walk(360, "sv") as page:
        page.goto("/")
        sign_in(page)
        soon, ended = page.locator("[data-soon]"), page.locator("[data-ended]")
        expect(soon).to_be_hidden()
        page.route("**/session/", lambda route: route.fulfill(json={"left": 200}))
        page.reload()
        expect(soon).to_be_visible()
        look(page)
        page.unroute("**/session/")
        soon.locator("button").click()
        expect(soon).to_be_hidden()
        end_session(page)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(ended).to_be_visible()
        look(page)
