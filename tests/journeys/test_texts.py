"""An editor changes a text: the letter beside it changes, it is a draft again, and what is missing is told."""

import os
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from agencies.models import TextBlock, TextState
from bookings.summons.render import to_html
from bookings.texts.example import example_letter
from tests.factories.agencies import SecretariatFactory
from tests.journeys.axe import found_by_axe
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.signing_in import connect_app

NEW = {"sv": "Du får din ID-handling här.", "ar": "تستلم وثيقة هويتك هنا."}
THE_TEXT = {"service__agency_code": "SKV", "slot": "about", "track": None, "condition": ""}


@pytest.fixture
def text(caseworker) -> int:
    """A text that somebody has checked in every language but Tigrinya, in which there is none."""
    connect_app(SecretariatFactory(username="eva"))
    rows = TextBlock.objects.filter(**THE_TEXT)
    rows.filter(language="ti").delete()
    rows.update(state=TextState.CHECKED)
    return rows.get(language="sv").pk


def letter() -> str:
    """What the frame shows as a PDF: the letter of an invented family, in Arabic and Swedish."""
    made = example_letter(language="ar", track=1, on=timezone.localdate())
    assert made is not None
    return to_html(made)


def show(page: Page, name: str) -> None:
    """No barrier, nothing to scroll sideways; a picture if one is wanted."""
    is_whole(page)
    assert found_by_axe(page) == []
    if folder := os.environ.get("LOOKS"):
        page.screenshot(path=f"{folder}/texts-{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "sv")])
def test_a_changed_text_changes_the_letter_and_is_a_draft_again(walk, text, width, language):
    assert not [said for said in NEW.values() if said in letter()]
    with walk(width, language) as page:
        page.goto("/texts/?agency=SKV&slot=about")
        sign_in(page, "eva")
        page.goto("/texts/?agency=SKV&slot=about")
        row = page.locator(".states tbody tr").first
        expect(row.locator(".missing")).to_have_count(1)
        expect(row.locator(".checked")).to_have_count(5)
        show(page, f"list-{width}")
        page.goto(f"/agencies/SKV/texts/{text}/")
        frame = page.locator("iframe[name=letter]")
        expect(frame).to_have_attribute("src", re.compile("/texts/letter/[a-z]+/1/"))
        for code, said in NEW.items():
            page.locator(f"#id_text_{code}").fill(said)
        page.locator("form.form button.main").click()
        expect(page.locator(".good").first).to_be_visible()
        page.goto(f"/agencies/SKV/texts/{text}/")
        show(page, f"editor-{width}")
        page.goto("/texts/?agency=SKV&slot=about&only=missing")
        expect(row.locator(".again")).to_have_count(5)
        expect(row.locator(".missing")).to_have_count(1)
        show(page, f"after-{width}")
    assert all(said in letter() for said in NEW.values())
