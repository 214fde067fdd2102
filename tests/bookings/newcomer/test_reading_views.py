"""The page on which newcomers see who has read about them, by agency and day."""

import pytest
from django.db import connection
from django.test import Client

from agencies.languages import LANGUAGES
from agencies.secrecy.context import Viewer, acting_as
from bookings.links.tokens import code_of, hash_of, hash_of_code, token_of
from bookings.models import KnownReading
from tests.browser import browser_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(book, caseworker, acting):
    """An adult's link to a booked day that its caseworker has looked at."""
    chain = book()
    browser_of(caseworker).get(f"/chains/{chain.reference}/")
    with acting(caseworker):
        return chain.links.select_related("newcomer").first()


@pytest.fixture
def phone(link) -> Client:
    """A phone on which the paper code has been typed."""
    client = Client()
    typed = {"code": code_of(link), "onward": "readings", "language": "en"}
    answer = client.post(f"/d/{token_of(link)}/key", typed)
    assert answer["Location"] == f"/d/{token_of(link)}/readings?language=en"
    return client


def test_the_page_names_the_day_and_the_agency_but_not_the_reader(phone, link, caseworker):
    words = words_of(phone.get(f"/d/{token_of(link)}/readings?language=en"))
    assert "Monday 23 November 2026" in words
    assert "Swedish Migration Agency" in words
    assert "names of your family that were shown: 4" in words
    assert caseworker.last_name not in words


def test_openings_of_ones_own_link_are_listed_apart_from_the_agencies(phone, link):
    assert "Your own link" not in words_of(phone.get(f"/d/{token_of(link)}/readings?language=en"))
    phone.post(f"/d/{token_of(link)}", {"language": "en", "k": code_of(link)}, follow=True)
    words = words_of(phone.get(f"/d/{token_of(link)}/readings?language=en"))
    assert "Your own link was opened." in words
    assert words.count("Swedish Migration Agency") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_the_chosen_language(phone, link, language):
    answer = phone.get(f"/d/{token_of(link)}/readings?language={language}")
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == LANGUAGES[language].html_lang
    assert answer.headers["Cache-Control"] == "no-store"
    assert (language == "en") == ("Who has read about you" in answer.text)


def test_without_the_code_the_page_asks_for_it(link):
    answer = Client().get(f"/d/{token_of(link)}/readings")
    assert "Migration" not in answer.text
    assert 'name="code"' in answer.text


@pytest.mark.parametrize(("code", "seen"), [("right", True), ("wrong", False)])
def test_the_database_shows_readings_only_with_the_right_code(link, code, seen):
    typed = hash_of_code(code_of(link)) if code == "right" else "0" * 64
    with acting_as(Viewer(link=hash_of(token_of(link)), code=typed)):
        assert KnownReading.objects.exists() is seen


def test_the_database_shows_a_newcomer_no_row_of_the_table_that_names_readers(link):
    with acting_as(Viewer(link=link.token_hash, code=link.code_hash)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_reading")
        assert cursor.fetchone() == (0,)
