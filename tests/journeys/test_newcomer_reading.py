"""The newcomer's pages with text of twice the size on a narrow screen, on paper, and in forced colours."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_newcomer import chain, choose, letter

__all__ = ["chain", "letter"]
WIDTH = 320
# Text alone is made larger, as a phone does; what reaches over the edge is named.
LARGER = "document.documentElement.style.fontSize = '200%'"
OVER = """() => [...document.body.querySelectorAll('*:not(svg *)')].filter(one => {
  const box = one.getBoundingClientRect();
  return one.checkVisibility() && (box.right > innerWidth + 1 || box.left < -1);
}).map(one => one.outerHTML.slice(0, 90))"""


def reaches_no_edge(page: Page) -> None:
    page.wait_for_load_state()
    page.evaluate(LARGER)
    assert page.evaluate(OVER) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


@pytest.mark.parametrize("language", ["sv", "ar", "ti", "so"])
def test_text_of_twice_the_size_stays_on_a_narrow_screen(walk, letter, language):
    with walk(WIDTH, language) as page:
        page.goto(letter["day"])
        reaches_no_edge(page)
        choose(page, language)
        reaches_no_edge(page)
        page.locator(".languages summary").click()
        reaches_no_edge(page)
        page.locator("a[href*='/readings']").click()
        reaches_no_edge(page)
        page.locator("#code").fill(letter["code"])
        page.locator(".code .button").click()
        expect(page.locator("#code")).to_have_count(0)
        reaches_no_edge(page)
        for path in ("consents", "checklist"):
            page.goto(f"{letter['day']}/{path}")
            reaches_no_edge(page)
        page.goto(f"{letter['day'][:-4]}AAAA")
        reaches_no_edge(page)


def test_the_printed_day_keeps_telephone_and_reference(walk, letter, chain):
    with walk(WIDTH, "sv") as page:
        page.goto(letter["day"])
        choose(page, "sv")
        page.emulate_media(media="print")
        expect(page.locator("a[href^='tel:']").first).to_be_visible()
        expect(page.locator("footer")).to_contain_text(chain.reference)
        expect(page.locator("footer p").first).to_be_visible()
        expect(page.locator(".more")).to_be_hidden()


def test_clocks_can_be_read_in_forced_colours(walk, letter):
    with walk(WIDTH, "sv") as page:
        page.goto(letter["day"])
        choose(page, "sv")
        page.emulate_media(forced_colors="active", color_scheme="dark")
        colours = "one => [getComputedStyle(one).fill, getComputedStyle(one.parentNode).color]"
        face, hands = page.locator(".arrival .clock circle").first.evaluate(colours)
        assert face != hands
