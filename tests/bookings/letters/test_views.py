"""The print queue: one PDF, address pages that give nothing away, marked as posted once."""

from html import unescape
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from agencies.models import Reading, Site
from bookings.models import Message, Party
from tests.browser import browser_of
from tests.factories.agencies import ManagerFactory, UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db

MILLIMETRE, WINDOW = 96 / 25.4, 35
ADDRESS = "Syrengränd 4, 602 00 Norrköping"


@pytest.fixture
def chain(book, acting, caseworker):
    booked = book()
    with acting(caseworker):
        Party.objects.filter(pk=booked.party_id).update(address=ADDRESS)
    return booked


@pytest.fixture
def letter(chain, acting, caseworker) -> Message:
    with acting(caseworker):
        return Message.objects.get(chain=chain, channel="letter")


def test_the_pdf_has_an_address_page_and_then_the_letters(chain, browser, acting, caseworker):
    assert "1 letter waits" in browser.get("/post/").text
    answer = browser.get("/post.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    with acting(caseworker):
        names = list(chain.party.members.values_list("given_name", flat=True))
        agencies = [meeting.agency.name for meeting in chain.meetings.select_related("agency")]
    assert "Syrengränd 4" in pages[0]
    assert names[0] in pages[0]
    assert not [word for word in (*agencies, "Mötesplats", "Kallelse") if word in pages[0]]
    assert len(pages) > 4


@pytest.mark.parametrize(
    "address",
    [
        "c/o "
        + "Abdulrahman-Muhammadi " * 6
        + ", "
        + "Långa vägen i byn " * 7
        + ", lgh 1203, 602 00 Norrköping",
        "ORD" * 92 + ", 602 00 Norrköping",
        "a, " * 90 + "602 00 Norrköping",
    ],
)
def test_an_address_of_300_characters_is_whole_in_the_window(chain, browser, acting, caseworker, address):
    with acting(caseworker):
        Party.objects.filter(pk=chain.party_id).update(address=address)
    places: dict[str, tuple[float, float]] = {}

    def place(text: str, _cm: Any, matrix: list[float], *_font: Any) -> None:
        if text.strip():
            places[text.strip()] = (matrix[4], matrix[5])

    pages = PdfReader(BytesIO(browser.get("/post.pdf").content)).pages
    pages[0].extract_text(visitor_text=place)
    assert "Norrköping" not in pages[1].extract_text()[:40]
    shown = [height for text, (_left, height) in places.items() if text != chain.reference]
    assert "602 00 Norrköping" in places
    assert (max(shown) - min(shown)) / MILLIMETRE < WINDOW


def test_who_prints_has_read_about_everybody_in_the_letters(chain, browser, acting):
    browser.get("/post.pdf")
    with acting(ManagerFactory(agency="MIG")):
        assert Reading.objects.filter(why="summons").exists()


def test_letters_are_posted_once_and_the_chain_s_page_says_so(chain, letter, browser, acting, caseworker):
    answer = browser.post("/post/", {"letter": [str(letter.key), "x"]}, follow=True)
    assert "1 letter is posted." in answer.text
    assert "0 letters are posted." in browser.post("/post/", {"letter": str(letter.key)}, follow=True).text
    with acting(caseworker):
        letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == ("sent", NOW)
    assert "posted" in browser.get(f"/chains/{chain.reference}/dispatches/").text
    assert browser.get("/post.pdf").status_code == 404


def test_a_letter_that_came_after_the_page_is_neither_printed_nor_posted_with_it(
    chain, letter, book, browser, acting, caseworker
):
    page = browser.get("/post/").text
    address = unescape(page.partition('href="/post.pdf')[2].partition('"')[0])
    later = book()
    printed = "".join(
        one.extract_text() for one in PdfReader(BytesIO(browser.get(f"/post.pdf{address}").content)).pages
    )
    assert chain.reference in printed
    assert later.reference not in printed
    browser.post("/post/", {"letter": str(letter.key)})
    assert browser.get(f"/post.pdf{address}").status_code == 404
    assert "1 letter waits" in browser.get("/post/").text


def test_a_household_without_address_and_a_protected_one_are_handed_their_letters(
    chain, browser, acting, caseworker
):
    with acting(caseworker):
        Party.objects.filter(pk=chain.party_id).update(address="")
    assert "no address: hand over" in browser.get("/post/").text
    with acting(caseworker):
        Party.objects.filter(pk=chain.party_id).update(is_protected=True, address=ADDRESS)
    assert "protected: hand over" in browser.get("/post/").text
    pages = [page.extract_text() for page in PdfReader(BytesIO(browser.get("/post.pdf").content)).pages]
    assert "Syrengränd" not in pages[0]
    assert chain.reference in pages[0]


def test_a_letter_that_lacks_something_waits(chain, browser):
    Site.objects.update(phone="")
    assert "It waits for:" in browser.get("/post/").text
    assert browser.get("/post.pdf").status_code == 404


def test_another_agency_neither_sees_nor_posts_it(chain, letter, acting, caseworker):
    stranger = browser_of(UserFactory(agency="AF"))
    assert "No letter waits." in stranger.get("/post/").text
    stranger.post("/post/", {"letter": str(letter.key)})
    with acting(caseworker):
        letter.refresh_from_db()
    assert letter.state == "planned"


def test_the_queue_takes_as_many_queries_for_three_letters(
    book, chain, browser, acting, caseworker, django_assert_max_num_queries
):
    browser.get("/post/")
    with django_assert_max_num_queries(40) as one:
        browser.get("/post/")
    with acting(caseworker):
        (letter,) = Message.objects.filter(channel="letter")
        for version in (2, 3):
            letter.pk, letter.version, letter._state.adding = None, version, True
            letter.key = f"00000000-0000-4000-8000-00000000000{version}"
            letter.save()
    with django_assert_max_num_queries(40) as three:
        browser.get("/post/")
    assert len(one) == len(three)
