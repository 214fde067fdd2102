"""What staff print: the day with whom to call, the lists with who came; whole words, nothing to press."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from agencies.models import User
from bookings.models import Chain
from tests.bookings.booking_steps import book, register
from tests.factories.agencies import SiteDayFactory
from tests.factories.bookings import ChainFactory, MeetingFactory, PartyFactory
from tests.journeys.test_booking import sign_in

SHEET = 680  # pixels between the margins of an A4 sheet
PHONE = "070-174 06 05"
# What can be pressed, or leads only to something that can, and what is cut off or broken within a word.
PRESSED = "button, .btn, summary, input, select, nav, .screen"
BROKEN = """[...document.querySelectorAll("main b, main p, main td, main th, main dd, main bdi")].filter((box) =>
    box.offsetWidth && (box.scrollWidth > box.clientWidth + 2 && getComputedStyle(box).display !== "inline"
    || box.getBoundingClientRect().right > window.innerWidth + 1
    || box.offsetWidth < 20 && box.innerText.length > 5)).map((box) => box.innerText)"""


@pytest.fixture
def chain(caseworker: User, acting) -> Chain:
    """A day ahead, whose letter is made."""
    now = timezone.now()
    first = timezone.localdate() + timedelta(days=8)
    with acting(caseworker):
        party = register(caseworker, at=now, phone=PHONE, email=f"{'long' * 12}@{'very' * 12}.example.se")
        return book(party, caseworker, at=now, first=first, last=first + timedelta(days=20))


def sheet(page: Page, address: str) -> str:
    """The text of the page on one or two A4 sheets, on which nothing is to press and no word is broken."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": SHEET, "height": 1000})
    page.goto(address)
    assert [one.inner_text() for one in page.locator(PRESSED).all() if one.is_visible()] == []
    assert page.evaluate(BROKEN) == []
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(pages) <= 2
    assert [round(float(side)) for side in pages[0].mediabox[2:]] in ([595, 842], [596, 842])
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_day_is_printed_with_its_meetings_and_whom_to_call(walk, chain, language):
    with walk(1280, language) as page:
        page.goto("/")
        sign_in(page)
        told = sheet(page, f"/chains/{chain.reference}/")
        assert PHONE in told
        assert {"sv": "Migrationsverket", "en": "Migration Agency"}[language] in told
        assert "Layla Haddad" in told
        for address in ("/", f"/parties/{chain.party.reference}/", "/parties/", "/visits/?date="):
            assert chain.reference in sheet(page, address) or chain.party.reference in sheet(page, address)


def test_the_lists_of_a_day_are_printed_with_who_came(walk, caseworker, acting):
    with acting(caseworker):
        chain = ChainFactory(party=PartyFactory(registered_by=caseworker), site_day=SiteDayFactory())
        MeetingFactory(chain=chain, caseworker=caseworker)
    with walk(1280, "sv") as page:
        page.goto(f"/chains/{chain.reference}/")
        sign_in(page)
        page.locator("button[value=began]").click()
        page.locator("button[name=undo]").wait_for()
        for address in (f"/chains/{chain.reference}/", "/", "/visits/"):
            assert "Kom " in sheet(page, address), address
