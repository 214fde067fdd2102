"""The party's own page of its checklist: in six languages, with the note, hiding and deleting."""

import re
from datetime import date
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.dates import day_month_year
from agencies.languages import LANGUAGES
from bookings.links.tokens import code_of
from checklists.models import Checklist, Note, Step
from checklists.steps.note import write_note
from tests.checklists.checklist_steps import met, tick
from tests.moment import NOW

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
def unmet(chain, fk, acting):
    """A booked day before it; an agency has ticked all the same."""
    with acting(fk):
        tick(chain, "fk-registered", fk, outcome="done")
    return chain


@pytest.fixture
def begun(unmet, owner, acting):
    """A day on which the agency that summons has met the party."""
    with acting(owner):
        met(unmet, owner)
    return unmet


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
    for words in ("Done: 2 of 16", "Next", "Not done yet", "Notified to the Social Insurance Agency", "done"):
        assert words in told
    for agency in (
        "Migration Agency",
        "Tax Agency",
        "Social Insurance Agency",
        "Employment Service",
        "Norrköping",
    ):
        assert agency in told


def press(phone: Client, token: str, **posted: str):
    """The page to which a pressed button leads."""
    answer = phone.post(f"/d/{token}/checklist", {"language": "sv"} | posted)
    assert answer.status_code == 302
    assert posted.get("text", "?text") not in answer["Location"]
    return phone.get(answer["Location"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_meeting_that_summons_the_page_shows_no_step_and_says_when_it_opens(
    unmet, phone, token, owner, acting, language
):
    before = unescape(phone.get(f"/d/{token}/checklist?language={language}").text)
    with acting(owner):
        met(unmet, owner)
    after = unescape(phone.get(f"/d/{token}/checklist?language={language}").text)
    with override(language):
        shut, opens = (
            _("The list is shut for now."),
            _("It opens after your meeting at this office: %(agency)s."),
        )
        office = opens % {"agency": str(owner.agency)}
        steps = list(
            Step.objects.filter(template__track=unmet.track).values_list(f"text_{language}", flat=True)
        )
    assert shut in before
    assert office in before
    assert 'name="text"' in before
    assert not [step for step in steps if step in before]
    assert day_month_year(date(2026, 11, 23), language) not in before
    assert shut not in after
    assert len([step for step in steps if step in after]) >= 16
    if language != "en":
        assert "The list is shut" not in before


def test_the_party_writes_its_note(begun, phone, token, owner, acting):
    answer = press(phone, token, language="so", do="write", text="Kursi taayir <b>")
    assert answer.status_code == 200
    assert "Kursi taayir &lt;b&gt;" in answer.text
    assert 'role="status"' in answer.text
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


def test_a_note_that_somebody_else_has_changed_is_not_overwritten_unseen(begun, phone, token, owner, acting):
    page = phone.get(f"/d/{token}/checklist?language=en").text
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', page)
    with acting(owner):
        write_note(party_id=begun.party_id, text="Hiss", by=owner, at=NOW)
    posted = {"language": "en", "do": "write", "text": "A chair"}
    answer = phone.post(f"/d/{token}/checklist", posted | {"seen": seen})
    assert answer.status_code == 409
    for words in (
        "Somebody has just changed the note.",
        "The note says now: <bdi>Hiss</bdi>",
        ">A chair</textarea>",
    ):
        assert words in " ".join(answer.text.split())
    (now,) = re.findall(r'name="seen" value="([^"]+)"', answer.text)
    assert ">A chair</textarea>" in press(phone, token, **posted, seen=now).text
    assert ">A chair</textarea>" in press(phone, token, **posted, seen=seen).text


def test_the_party_hides_shows_and_deletes_its_checklist(begun, phone, token, owner, acting):
    assert "Checklistan är dold." in press(phone, token, do="hide").text
    with acting(owner):
        assert Checklist.objects.get().hidden_at
    assert "Checklistan är dold." not in press(phone, token, do="show").text
    for _again in range(2):
        gone = press(phone, token, do="delete").text
        assert "Checklistan är borttagen." in gone
        assert "Försäkringskassan" not in gone
    again = phone.post(f"/d/{token}/checklist", {"language": "sv", "do": "write", "text": "x"})
    assert again.status_code == 409
    assert "Checklistan är borttagen." in again.text
    with acting(owner):
        assert not Note.objects.exists()


def test_an_unknown_button_changes_nothing(begun, phone, token, owner, acting):
    assert press(phone, token, do="explode").status_code == 200
    with acting(owner):
        assert Checklist.objects.get().hidden_at is None


def test_an_unknown_link_is_asked_for_the_code_too(phone):
    answer = phone.get(f"/d/{'A' * 22}/checklist")
    assert 'name="code"' in answer.text


def test_another_language_keeps_the_note_as_it_was_typed_and_what_was_seen(
    begun, phone, token, owner, acting
):
    address = f"/d/{token}/checklist"
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', phone.get(address).text)
    with acting(owner):
        write_note(party_id=begun.party_id, text="Somebody was quicker.", by=owner, at=NOW)
    typed = {"text": "Jag behöver en stol.", "seen": seen, "language": "sv"}
    page = phone.post(address, typed | {"switch": "so"})
    assert (page.status_code, '<html lang="so"' in page.text) == (200, True)
    assert "Jag behöver en stol.</textarea>" in page.text
    assert f'name="seen" value="{seen}"' in page.text
    with acting(owner):
        assert Note.objects.get().text == "Somebody was quicker."
    assert phone.post(address, typed | {"do": "write", "language": "so"}).status_code == 409
