"""The party's own page of its checklist: in six languages, with the note, hiding and deleting."""

import re
from datetime import date
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from agencies.dates import day_month_year
from agencies.languages import LANGUAGES
from bookings.links.tokens import code_of
from checklists.models import Checklist, Note
from tests.checklists.checklist_steps import tick

pytestmark = pytest.mark.django_db

STATIC = settings.BASE_DIR / "motesplats" / "static"


@pytest.fixture
def phone(chain, owner, acting, token) -> Client:
    """A phone on which an adult has typed the paper code."""
    with acting(owner):
        code = code_of(chain.links.first())
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"/d/{token}/key", {"language": "sv", "onward": "checklist", "code": code})
    assert answer.status_code == 302, answer.text
    return client


@pytest.fixture
def begun(chain, fk, acting):
    with acting(fk):
        tick(chain, "fk-registered", fk, outcome="done")
    return chain


def test_without_the_paper_code_the_page_asks_for_it(begun, token):
    for answer in (
        Client().get(f"/d/{token}/checklist"),
        Client().post(f"/d/{token}/checklist", {"do": "delete"}),
    ):
        assert begun.reference not in answer.text
        assert 'name="code"' in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_partys_language(begun, phone, token, language):
    answer = phone.get(f"/d/{token}/checklist?language={language}")
    spoken = LANGUAGES[language]
    assert answer.status_code == 200
    assert f'<html lang="{spoken.html_lang}" dir="{spoken.dir}">' in answer.text
    assert f"<bdi>{day_month_year(date(2026, 11, 23), language)}</bdi>" in answer.text
    assert answer["Cache-Control"] == "no-store"
    assert re.findall('<script src="([^"]*)"', answer.text) == ["/static/newcomer/scanned.js"]
    fonts = [*STATIC.glob("fonts/noto-sans-latin-?00-normal.woff2")]
    fonts += STATIC.glob(
        f"newcomer/{ {'ar': 'arabic', 'prs': 'arabic', 'ti': 'tigrinya'}.get(language) }-?00.woff2"
    )
    styles = [STATIC / "tokens.css", STATIC / "newcomer/newcomer.css", STATIC / "newcomer/checklist.css"]
    assert len(answer.content) + sum(part.stat().st_size for part in (*fonts, *styles)) < 100_000


def test_the_page_shows_every_offices_steps_with_what_is_done_and_next(begun, phone, token):
    told = unescape(phone.get(f"/d/{token}/checklist?language=en").text)
    for words in ("Done: 1 of 16", "Next", "Not done yet", "Notified to the Social Insurance Agency", "done"):
        assert words in told
    for agency in (
        "Migration Agency",
        "Tax Agency",
        "Social Insurance Agency",
        "Employment Service",
        "Norrköping",
    ):
        assert agency in told


def test_the_party_writes_its_note(begun, phone, token, owner, acting):
    answer = phone.post(
        f"/d/{token}/checklist", {"language": "so", "do": "write", "text": "Kursi taayir <b>"}
    )
    assert answer.status_code == 200
    assert "Kursi taayir &lt;b&gt;" in answer.text
    with acting(owner):
        assert (Note.objects.get().text, Note.objects.get().written_by) == ("Kursi taayir <b>", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_too_long_stays_in_its_field_with_a_message_in_the_partys_language(
    begun, phone, token, language
):
    answer = phone.post(f"/d/{token}/checklist", {"language": language, "do": "write", "text": "z" * 501})
    assert answer.status_code == 422
    assert "z" * 501 in answer.text
    assert "500" in answer.text
    if language != "en":
        assert "Write at most" not in answer.text


def test_the_party_hides_shows_and_deletes_its_checklist(begun, phone, token, owner, acting):
    address = f"/d/{token}/checklist"
    assert "Checklistan är dold." in phone.post(address, {"language": "sv", "do": "hide"}).text
    with acting(owner):
        assert Checklist.objects.get().hidden_at
    assert "Checklistan är dold." not in phone.post(address, {"language": "sv", "do": "show"}).text
    gone = phone.post(address, {"language": "sv", "do": "delete"}).text
    assert "Checklistan är borttagen." in gone
    assert "Försäkringskassan" not in gone
    again = phone.post(address, {"language": "sv", "do": "write", "text": "x"})
    assert "Checklistan är borttagen." in again.text


def test_an_unknown_button_changes_nothing(begun, phone, token, owner, acting):
    answer = phone.post(f"/d/{token}/checklist", {"language": "sv", "do": "explode"})
    assert answer.status_code == 200
    with acting(owner):
        assert Checklist.objects.get().hidden_at is None


def test_an_unknown_link_is_asked_for_the_code_too(phone):
    answer = phone.get(f"/d/{'A' * 22}/checklist")
    assert 'name="code"' in answer.text
