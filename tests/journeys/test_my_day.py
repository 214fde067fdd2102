"""My day on a phone: before the day, on it and after it, in the languages that newcomers read."""

import os
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from agencies.models import Site, TextAudio, TextBlock
from bookings.chains.book import cancel_chain
from bookings.links.tokens import code_of, token_of
from bookings.models import Chain
from tests.bookings.booking_steps import book, register
from tests.bookings.newcomer.test_templates import PAGES
from tests.journeys.axe import found_by_axe

LOOKS = os.environ.get("LOOKS", "")  # where screenshots go, if anywhere
TARGETS = "a, button, input, summary, textarea"
# How much of an element lies behind the number at the edge, in pixels, and the same once it is scrolled half behind.
BEHIND = """one => one.getBoundingClientRect().bottom
  - document.querySelector('.helpbar').getBoundingClientRect().top"""
HALF_BEHIND = f"""one => {{
  scrollTo(0, 0);
  scrollBy(0, ({BEHIND})(one) - one.getBoundingClientRect().height / 2);
  return ({BEHIND})(one);
}}"""
# Words that stand on two lines because there is no room for them on one.
BROKEN = """() => {
  const broken = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/[\\p{L}\\p{M}]+/gu)) {
      const place = document.createRange();
      place.setStart(texts.currentNode, word.index);
      place.setEnd(texts.currentNode, word.index + word[0].length);
      const lines = new Set([...place.getClientRects()].map((line) => Math.round(line.top)));
      if (lines.size > 1 && texts.currentNode.parentElement.checkVisibility()) broken.push(word[0]);
    }
  }
  return broken;
}"""
LARGER = "document.documentElement.style.fontSize = '200%'"
UNFOLD = "all => all.forEach(one => one.open = true)"


@pytest.fixture
def chain(caseworker, acting) -> Chain:
    now = timezone.now()
    first = timezone.localdate() + timedelta(days=8)
    Site.objects.update(phone_from="08:00", phone_to="16:00")
    with acting(caseworker):
        party = register(caseworker, at=now)
        return book(party, caseworker, at=now, first=first, last=first + timedelta(days=20))


@pytest.fixture
def day(chain, caseworker, acting) -> str:
    """The address of the first adult's day, with the paper code as the letter's QR has it."""
    with acting(caseworker):
        link = chain.links.first()
        return f"/d/{token_of(link)}#{code_of(link)}"


def open_day(page: Page, address: str, language: str) -> None:
    page.goto(address)
    page.locator(f"label[for={language}]").click()
    page.locator(".open .button").click()
    expect(page.locator(".helpbar a[href^='tel:']")).to_be_visible()
    page.wait_for_load_state()


def look(page: Page, name: str) -> None:
    """Keep a picture of the whole page for whoever wants to see it."""
    if LOOKS:
        page.screenshot(path=Path(LOOKS) / f"{name}.png", full_page=True)


def fits(page: Page) -> None:
    """Nothing outside the screen, and nothing for axe, small targets included.

    The window is as tall as the page, for what the number at the edge covers comes free when one scrolls.
    """
    page.wait_for_load_state()
    width = page.evaluate("innerWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size(
        {"width": width, "height": page.evaluate("document.documentElement.scrollHeight") + 100}
    )
    assert found_by_axe(page) == []


@pytest.mark.parametrize("language", ["sv", "en", "ar", "prs", "so", "ti"])
def test_my_day_fits_narrow_and_wide_phones_and_large_text(walk, day, language):
    with walk(320, language) as page:
        page.goto(day)
        look(page, f"first-{language}")
        fits(page)
        open_day(page, day, language)
        fits(page)
        page.set_viewport_size({"width": 390, "height": 800})
        page.locator("main details").evaluate_all(UNFOLD)
        fits(page)
        page.emulate_media(forced_colors="active")
        fits(page)
        page.emulate_media(forced_colors="none")
        page.set_viewport_size({"width": 360, "height": 800})
        look(page, f"day-{language}")
        page.evaluate(LARGER)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("language", ["sv", "en", "ar", "prs", "so", "ti"])
def test_no_word_is_broken_in_two_on_a_phone(walk, day, language):
    with walk(360, language) as page:
        open_day(page, day, language)
        page.locator("main details").evaluate_all(UNFOLD)
        broken = page.evaluate(BROKEN)
        for answer in ("another-time", "call-me"):
            page.goto(f"{day.partition('#')[0]}/{answer}?language={language}")
            broken += page.evaluate(BROKEN)
        page.goto("/accessibility")  # whose style sheets these pages use
        for name in ("on_the_day", "with_record", "survey"):
            page.set_content(PAGES[name](language))
            page.wait_for_load_state("networkidle")
            broken += page.evaluate(BROKEN)
        assert broken == []


@pytest.mark.parametrize("language", ["sv", "en", "ar", "prs", "so", "ti"])
def test_on_a_low_phone_the_number_at_the_edge_hides_nothing_that_is_pressed(walk, day, language):
    """Wherever one is on the page, a target half behind it too; what has the focus is in front, and the last line."""
    with walk(360, language) as page:
        open_day(page, day, language)
        page.locator("main details").evaluate_all(UNFOLD)
        page.set_viewport_size({"width": 360, "height": 740})
        look(page, f"low-{language}")
        for place in ("#bring input", "main .quiet", "main summary"):
            assert page.locator(place).last.evaluate(HALF_BEHIND) > 0
            assert found_by_axe(page) == []
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        assert page.locator(".foot").evaluate(BEHIND) <= 0
        page.evaluate("scrollTo(0, 0)")
        for _tab in range(page.locator(TARGETS).count()):
            page.keyboard.press("Tab")
            focused = page.locator("main :focus, header :focus, footer :focus")
            if focused.count():
                assert focused.evaluate(BEHIND) <= 0, focused.evaluate("one => one.outerHTML")


def test_the_number_at_the_edge_leaves_room_for_the_day_and_for_large_text(walk, day):
    with walk(320, "so") as page:
        open_day(page, day, "so")
        for width, share in ((320, 0.14), (360, 0.14), (390, 0.12)):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.locator(".helpbar").evaluate("bar => bar.offsetHeight / innerHeight") < share
        page.evaluate(LARGER)
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        assert page.locator(".foot").evaluate(BEHIND) <= 0
        page.set_viewport_size({"width": 740, "height": 360})
        assert page.locator(".helpbar").evaluate("bar => getComputedStyle(bar).position") == "static"


def test_ticks_stay_on_the_phone_and_the_page_comes_back_to_them(walk, day):
    with walk(360, "so", script=False) as page:
        open_day(page, day, "so")
        page.locator(".bring input").first.check()
        page.locator("#bring button").click()
        expect(page.locator(".bring input").first).to_be_checked()
        expect(page.locator(".bring input").last).not_to_be_checked()


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_the_printed_day_has_the_number_for_help_and_the_reference(walk, day, chain, language):
    with walk(360, language) as page:
        open_day(page, day, language)
        expect(page.locator("#print")).to_be_visible()
        number = page.locator(".helpbar bdi").first.inner_text()
        page.emulate_media(media="print")
        pressed = page.locator("button, audio, nav").all()
        assert [one.inner_text() for one in pressed if one.is_visible()] == []
        sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
        told = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in sheets))
        assert re.search(r"\d", number)
        assert number in told
        assert chain.reference in told


def test_without_script_there_is_no_line_that_prints(walk, day):
    with walk(360, "en", script=False) as page:
        open_day(page, day, "en")
        expect(page.locator("#print")).to_be_hidden()


@pytest.mark.parametrize("language", ["so", "ar"])
def test_texts_that_are_read_aloud_have_a_player_that_fits_and_fetches_nothing(
    walk, day, caseworker, language
):
    for block in TextBlock.objects.filter(language=language, slot__in=["why", "sheet"]):
        TextAudio.objects.create(
            block=block, kind="mp3", sound=b"ID3", added_at=timezone.now(), added_by=caseworker
        )
    with walk(320, language) as page:
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        open_day(page, day, language)
        assert page.locator("audio").count() > 1
        page.locator("main details").evaluate_all(UNFOLD)
        fits(page)
        look(page, f"listen-{language}")
        assert [address for address in fetched if "/listen/" in address] == []


def test_a_cancelled_day_says_so_and_what_happens_now(walk, day, chain, caseworker, acting):
    with acting(caseworker):
        cancel_chain(chain=chain, reason="Sjuk", by=caseworker, at=timezone.now())
    with walk(360, "prs") as page:
        page.goto(day)
        page.locator("label[for=prs]").click()
        page.locator(".open .button").click()
        expect(page.locator(".cancelled")).to_be_visible()
        look(page, "cancelled-prs")
        fits(page)


@pytest.mark.parametrize("language", ["ti", "ar"])
def test_the_pages_of_the_day_itself_and_of_afterwards_fit(walk, language):
    with walk(360, language) as page:
        for name in ("on_the_day", "moved", "with_record", "survey"):
            page.set_viewport_size({"width": 360, "height": 800})
            page.goto("/accessibility")  # whose style sheets these pages use
            page.set_content(PAGES[name](language))
            page.wait_for_load_state("networkidle")
            look(page, f"{name}-{language}")
            fits(page)
