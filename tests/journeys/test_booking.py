"""A family gets its day, by hand, in a real browser: wide and narrow, in Swedish and in English."""

import pytest
from playwright.sync_api import Page, expect

from agencies.models import Shift
from tests.factories.agencies import PASSWORD
from tests.journeys.axe import found_by_axe
from tests.signing_in import code_now

FAMILY = [
    ("Layla", "Haddad", "1992-05-17", "F"),
    ("Omar", "Haddad", "1989-11-02", "M"),
    ("Sami", "Haddad", "2015-03-28", "M"),
    ("Noor", "Haddad", "2020-08-09", "F"),
]


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "en")])
def test_a_family_of_four_gets_its_day_moves_it_and_cancels_it(walk, width, language):
    with walk(width, language) as page:
        page.goto("/")
        look(page)
        sign_in(page)
        look(page)
        page.locator("a.btn.main").click()
        type_family(page)
        look(page)
        page.locator("#propose").click()
        expect(page.locator(".prop")).to_have_count(3)
        expect(page.locator("#proposals")).to_be_focused()
        look(page)
        page.locator(".prop .btn.main").click()
        expect(page.locator(".stops > li")).to_have_count(5)
        look(page)
        assert page.locator(".vers .btn.main").get_attribute("href").endswith("/summons.pdf?version=1")
        page.locator(".acts .btn").first.click()
        look(page)
        page.locator(".prop .btn.main").click()
        expect(page.locator(".vers")).to_have_count(2)
        page.locator(".stop-it").click()
        look(page)
        page.locator("textarea").fill("Familjen har flyttat")
        page.locator(".btn.danger").click()
        expect(page.locator(".pill.cancelled")).to_be_visible()
        look(page)
        for address in ("/parties/", "/parties/?q=nobody", "/password/", "/nowhere/"):
            page.goto(address)
            look(page)


def test_what_is_wrong_is_where_the_reader_comes_to_stand(walk):
    with walk(320, "sv") as page:
        page.goto("/parties/new/")
        sign_in(page)
        type_family(page)
        page.locator("#id_phone").fill("070")
        page.locator("#propose").click()
        expect(page.locator("#id_phone")).to_be_focused()
        expect(page.locator("#id_phone_error")).to_be_visible()
        expect(page.locator("#said")).not_to_be_empty()
        look(page)


def test_enter_asks_for_proposals_and_removes_nobody(walk):
    with walk(1280, "en") as page:
        page.goto("/parties/new/")
        sign_in(page)
        type_family(page)
        page.locator("#id_member1_given_name").press("Enter")
        expect(page.locator(".prop")).to_have_count(3)
        expect(page.locator(".members > li")).to_have_count(4)


def test_all_of_it_works_without_script(walk):
    with walk(1280, "en", script=False) as page:
        page.goto("/parties/new/")
        sign_in(page)
        type_family(page)
        page.locator("#propose").click()
        page.locator(".prop .btn.main").click()
        expect(page.locator(".stops > li")).to_have_count(5)


def test_the_keyboard_reaches_the_booking(walk):
    with walk(1280, "en") as page:
        page.goto("/parties/new/")
        sign_in(page)
        type_family(page)
        page.locator("#propose").press("Enter")
        expect(page.locator("#proposals")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator(".prop .btn.main")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".stops > li")).to_have_count(5)


def test_a_family_of_four_takes_at_most_45_control_keys(walk):
    with walk(1280, "en") as page:
        page.goto("/parties/new/")
        sign_in(page)
        expect(page.locator("#id_member1_given_name")).to_be_focused()
        pressed = 0

        def press(*keys: str) -> None:
            nonlocal pressed
            for key in keys:
                page.keyboard.press(key)
                pressed += 1

        for n, (given, family, born, sex) in enumerate(FAMILY, start=1):
            if n > 1:
                press("Tab", "Tab", "Tab", "Enter")
                expect(page.locator(f"#id_member{n}_given_name")).to_be_focused()
            page.keyboard.type(given)
            press("Tab")
            if n == 1:
                page.keyboard.type(family)
            press("Tab")
            page.keyboard.type(born)
            press("Tab")
            page.keyboard.type({"F": "w", "M": "m"}[sex])
        press("Tab", "Tab", "Tab", "Tab")
        expect(page.locator("#id_language")).to_be_focused()
        page.keyboard.type("Arabic")
        while page.evaluate("document.activeElement.id") != "id_address":
            press("Tab")
        page.keyboard.type("Syrengränd 4, 602 00 Norrköping")
        press("Enter")
        expect(page.locator("#proposals")).to_be_focused()
        assert page.locator("#id_member4_family_name").input_value() == "Haddad"
        press("Tab", "Enter")
        expect(page.locator(".stops > li")).to_have_count(5)
        assert pressed <= 45


def test_signing_in_begins_in_the_first_field(walk):
    with walk(360, "sv") as page:
        page.goto("/parties/new/")
        expect(page.locator("[name=username]")).to_be_focused()


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "en")])
def test_a_family_for_whom_no_day_works_is_booked_by_the_press_beside_why_not(walk, width, language):
    Shift.objects.filter(resource__caseworker__agency__code="AF").delete()
    with walk(width, language) as page:
        page.goto("/parties/new/")
        sign_in(page)
        type_family(page)
        page.locator("#propose").click()
        expect(page.locator("[name=change]")).to_have_count(1)
        expect(page.locator(".prop")).to_have_count(0)
        look(page)
        page.keyboard.press("Tab")
        expect(page.locator("[name=change]")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".prop").first).to_be_visible()
        expect(page.locator("#id_member4_given_name")).to_have_value("Noor")
        look(page)
        page.locator(".prop .btn.main").click()
        expect(page.locator(".stops > li")).to_have_count(4)
        look(page)


def sign_in(page: Page, username: str = "karin") -> None:
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.locator("[name=code]").fill(code_now())
    page.locator("[name=code]").press("Enter")
    expect(page.locator(".who")).to_be_visible()
    page.wait_for_load_state()  # its script listens only then


def type_family(page: Page) -> None:
    """Row by row, then the little that has no usual answer."""
    for n, (given, family, born, sex) in enumerate(FAMILY, start=1):
        if n > 1:
            page.locator("#add").click()
            expect(page.locator(f"#id_member{n}_given_name")).to_be_focused()
        page.locator(f"#id_member{n}_given_name").fill(given)
        page.locator(f"#id_member{n}_family_name").fill(family)
        page.locator(f"#id_member{n}_birth_date").fill(born)
        page.locator(f"#id_member{n}_sex").select_option(sex)
    page.locator("#id_language").select_option("ar")
    page.locator("#id_address").fill("Syrengränd 4, 602 00 Norrköping")


def look(page: Page) -> None:
    """No barrier that a machine can find, nothing to scroll sideways."""
    assert found_by_axe(page) == []
    width, shown = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= shown
