"""The newcomer's phone: scanning the letter, Back, reload, another language, closing; with and without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from bookings.chains.book import cancel_chain
from bookings.links.tokens import code_of, paper_address_of, token_of, typed_address_of
from tests.bookings.booking_steps import book, register
from tests.journeys.axe import found_by_axe

WIDTH = 360


@pytest.fixture
def chain(caseworker, acting):
    now = timezone.now()
    first = timezone.localdate() + timedelta(days=8)
    with acting(caseworker):
        party = register(caseworker, at=now)
        return book(party, caseworker, at=now, first=first, last=first + timedelta(days=20))


@pytest.fixture
def letter(chain, caseworker, acting) -> dict[str, str]:
    """What the first adult's letter has: the scanned address, the token in it, the code."""
    with acting(caseworker):
        link = chain.links.first()
        scanned = "/d/" + paper_address_of(link).split("/d/")[1]
        return {
            "scanned": scanned,
            "day": f"/d/{token_of(link)}",
            "code": code_of(link),
            "typed": typed_address_of(link).rpartition("/")[2],
        }


def choose(page: Page, language: str) -> None:
    """Choose a language on the first screen and open the day."""
    page.locator(f"label[for={language}]").click()
    page.locator(".open .button").click()
    expect(page.locator(".line")).to_be_visible()


def fits(page: Page) -> None:
    """Nothing outside the screen, and nothing to complain of for axe."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    assert found_by_axe(page) == []


def test_the_scanned_code_leaves_address_and_history_and_opens_what_needs_it(walk, letter):
    with walk(WIDTH, "ar") as page:
        page.goto(letter["scanned"])
        expect(page).to_have_url(re.compile(f"{letter['day']}$"))
        fits(page)
        choose(page, "ar")
        expect(page).to_have_url(re.compile(f"{letter['day']}$"))
        fits(page)
        page.locator("a[href*='/readings']").click()
        expect(page.locator("#code")).to_have_count(0)
        page.wait_for_load_state()
        visited = page.evaluate("performance.getEntriesByType('navigation').map(entry => entry.name).join()")
        assert letter["code"] not in visited


def test_back_reload_and_another_language_keep_the_day(walk, letter):
    with walk(WIDTH, "ti") as page:
        page.goto(letter["scanned"])
        choose(page, "ti")
        page.locator("a[href*='/readings']").click()
        expect(page.locator("h1")).to_be_visible()
        page.go_back()
        expect(page.locator(".line")).to_be_visible()
        page.reload()
        expect(page.locator(".line")).to_be_visible()
        page.locator(".languages summary").click()
        fits(page)
        page.locator(".languages [lang=so]").click()
        expect(page.locator("html")).to_have_attribute("lang", "so")
        page.locator("a[href*='/checklist']").click()
        expect(page.locator("html")).to_have_attribute("lang", "so")
        page.go_back()
        expect(page.locator(".line")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "so")


@pytest.mark.parametrize("language", ["ar", "sv"])
def test_without_javascript_the_code_is_typed_and_back_over_a_wrong_one_works(walk, letter, language):
    with walk(WIDTH, language, script=False) as page:
        page.goto(letter["scanned"])
        choose(page, language)
        page.locator("a[href*='/consents']").click()
        page.locator("#code").fill("34679CDF")
        page.locator(".code .button").click()
        expect(page.locator("#wrong")).to_be_visible()
        expect(page.locator("#code")).to_have_value("34679CDF")
        page.locator(".languages summary").click()
        page.locator(".languages [lang=so]").click()
        expect(page.locator("html")).to_have_attribute("lang", "so")
        expect(page.locator("#code")).to_have_value("34679CDF")
        page.locator("#code").fill(letter["code"].lower())
        page.locator(".code .button").click()
        expect(page.locator("a.office").first).to_be_visible()
        page.go_back()
        expect(page.locator("html")).to_have_attribute("lang", "so")
        page.go_forward()
        expect(page.locator("a.office").first).to_be_visible()


@pytest.mark.parametrize("language", ["ar", "ti"])
def test_enter_sends_the_code_and_does_not_change_the_language(walk, letter, language):
    with walk(WIDTH, language, script=False) as page:
        page.goto(letter["scanned"])
        choose(page, language)
        page.locator("a[href*='/consents']").click()
        page.locator("#code").fill(letter["code"])
        page.locator("#code").press("Enter")
        expect(page.locator("a.office").first).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", ["sv", "ar", "ti"])
def test_without_a_camera_address_and_code_are_typed(walk, letter, language):
    with walk(WIDTH, language) as page:
        page.goto("/b")
        fits(page)
        page.locator("#typed").fill(letter["typed"].lower())
        page.locator("#code").fill("34679CDF")
        page.locator("#code").press("Enter")
        expect(page.locator("#wrong")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", language)
        fits(page)
        page.locator("#code").fill(letter["code"])
        page.locator("#code").press("Enter")
        expect(page.locator(".line")).to_be_visible()
        expect(page).to_have_url(re.compile(f"{letter['day']}"))
        fits(page)


def test_closing_the_page_leaves_nothing_for_back(walk, letter, chain):
    with walk(WIDTH, "sv") as page:
        page.goto(letter["scanned"])
        choose(page, "sv")
        page.locator(".close button").click()
        expect(page.locator(".open")).to_be_visible()
        page.go_back()
        expect(page.locator(".open")).to_be_visible()
        page.wait_for_load_state()
        assert chain.reference not in page.content()


def test_a_note_sent_after_the_session_has_ended_is_written_once_the_code_is_typed(walk, letter):
    with walk(WIDTH, "sv", script=False) as page:
        page.goto(letter["scanned"])
        choose(page, "sv")
        page.locator("a[href*='/checklist']").click()
        page.locator("#code").fill(letter["code"])
        page.locator(".code .button").click()
        page.locator("textarea").fill("Vi behöver hiss")
        page.context.clear_cookies()
        page.locator("button[value=write]").click()
        page.locator("#code").fill(letter["code"])
        page.locator(".code .button").click()
        expect(page.locator("textarea")).to_have_value("Vi behöver hiss")


def test_a_cancelled_day_says_so_on_the_same_link(walk, letter, chain, caseworker, acting):
    with acting(caseworker):
        cancel_chain(chain=chain, reason="Sjuk", by=caseworker, at=timezone.now())
    with walk(WIDTH, "ar") as page:
        page.goto(letter["scanned"])
        page.locator(".open .button").click()
        for _ in range(2):
            expect(page.locator("[role=alert] h1")).to_have_text("أُلغي يومكم")
            expect(page.locator(".button[href^='tel:']")).to_be_visible()
            fits(page)
            page.reload()


def test_a_code_scanned_after_the_day_was_opened_without_it_is_used(walk, letter):
    with walk(WIDTH, "sv") as page:
        page.goto(letter["day"])
        choose(page, "sv")
        page.goto("about:blank")
        page.goto(letter["scanned"])
        expect(page.locator(".line")).to_be_visible()
        expect(page.locator("#with-code")).to_have_count(0)
        expect(page).to_have_url(re.compile(f"{letter['day']}$"))
        page.locator("a[href*='/readings']").click()
        expect(page.locator("#code")).to_have_count(0)
