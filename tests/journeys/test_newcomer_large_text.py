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
        page.screenshot(path=f"/tmp/letter/day-{language}.png", full_page=True)
        page.locator(".languages summary").click()
        reaches_no_edge(page)
        page.locator("a[href*='/readings']").click()
        reaches_no_edge(page)
        page.screenshot(path=f"/tmp/letter/code-{language}.png", full_page=True)
        page.locator("#code").fill(letter["code"])
        page.locator(".code .button").click()
        expect(page.locator("#code")).to_have_count(0)
        reaches_no_edge(page)
        for path in ("consents", "checklist"):
            page.goto(f"{letter['day']}/{path}")
            reaches_no_edge(page)
        page.goto(f"{letter['day'][:-4]}AAAA")
        reaches_no_edge(page)
