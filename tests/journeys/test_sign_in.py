"""A first day at work in a real browser: a password, then a passkey or an app; every page of signing in."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from motesplats.embedded.code import SECONDS, code
from tests.factories.agencies import PASSWORD, ManagerFactory, UserFactory
from tests.journeys.test_booking import look
from tests.signing_in import code_now, connect_app


@pytest.fixture
def newcomer_at_work(caseworker) -> None:
    UserFactory(username="olle")


@pytest.fixture
def manager(caseworker) -> None:
    connect_app(ManagerFactory(username="chef"))


def give_password(page: Page, username: str) -> None:
    page.goto("/sign-in/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def add_authenticator(page: Page) -> None:
    """A fingerprint reader that always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kind | {"hasResidentKey": True}})


def test_a_passkey_is_added_and_lets_in(walk, newcomer_at_work):
    with walk(1280, "en") as page:
        add_authenticator(page)
        give_password(page, "olle")
        look(page)
        page.locator("a[href$='/passkey/']").click()
        look(page)
        page.locator("[name=name]").fill("Laptop")
        page.locator("#passkey").click()
        expect(page.locator(".codes li")).to_have_count(10)
        look(page)
        page.locator(".btn.main").click()
        page.locator(".who summary").click()
        page.locator(".who button").click()
        give_password(page, "olle")
        look(page)
        page.locator("#passkey").click()
        expect(page.locator(".who")).to_be_visible()
        page.goto("/my-sign-in/")
        expect(page.locator("main")).to_contain_text("Laptop")


def test_an_app_is_connected_by_its_key_without_script(walk, newcomer_at_work):
    with walk(320, "sv", script=False) as page:
        give_password(page, "olle")
        page.locator("a[href$='/app/']").click()
        secret = page.locator("main code").inner_text()
        step = int(timezone.now().timestamp()) // SECONDS
        page.locator("[name=code]").fill(code(secret, step=step))
        page.locator("[name=code]").press("Enter")
        expect(page.locator(".codes li")).to_have_count(10)


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (320, "en")])
def test_every_page_of_signing_in_has_no_barrier(walk, manager, width, language):
    with walk(width, language) as page:
        give_password(page, "chef")
        look(page)
        page.locator("[name=code]").fill("000000")
        page.locator("[name=code]").press("Enter")
        look(page)
        page.locator("[name=code]").fill(code_now())
        page.locator("[name=code]").press("Enter")
        expect(page.locator(".who")).to_be_visible()
        for address in (
            "/my-sign-in/",
            "/my-sign-in/passkey/",
            "/my-sign-in/codes/new/",
            "/my-sign-in/again/",
            "/my-sign-in/app/remove/",
            "/password/",
            "/sign-in/stopped/",
            "/staff/",
            "/new-staff/",
            "/staff/karin/",
            "/staff/chef/",
        ):
            page.goto(address)
            look(page)
        page.goto("/my-sign-in/")
        page.locator("form[action$='/token/'] button").click()
        look(page)
        page.goto("/staff/karin/")
        page.locator("form[action$='/reset/'] button").click()
        look(page)
        link = page.locator("main code").inner_text()
        page.locator(".who summary").click()
        page.locator(".who button").click()
        page.goto(link[link.index("/password/") :])
        look(page)
