"""An editor changes a text: the letter changes, the text is a draft again, and the list of texts says so."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from agencies.languages import LANGUAGES
from agencies.models import Agency, TextBlock, TextState
from bookings.summons.render import to_html
from bookings.texts.example import example_letter
from bookings.texts.overview import missing_texts, place_rows, texts_to_write
from tests.agencies.staff.test_second_person import browser_of
from tests.browser import words_of
from tests.factories.agencies import ManagerFactory, SecretariatFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
QUERIES = 4
NEW = {"sv": "Ny mening för provet.", "ar": "جملة جديدة للتجربة."}


@pytest.fixture
def office() -> Client:
    return browser_of(SecretariatFactory())


def the_text(slot: str, language: str) -> TextBlock:
    return TextBlock.objects.filter(service__agency_code="SKV", slot=slot, track=None, condition="").get(
        language=language
    )


def save(office: Client, slot: str, **texts: str):
    row = the_text(slot, "sv")
    address = f"/agencies/SKV/texts/{row.pk}/"
    page = office.get(address)
    form = page.context["form"]
    values = {name: field.initial if field.initial is not None else "" for name, field in form.fields.items()}
    values = values | form.initial | {f"text_{code}": text for code, text in texts.items()}
    return office.post(address, {name: value for name, value in values.items() if value is not None})


def letter_in(language: str) -> str:
    """The letter as it goes to the printer."""
    letter = example_letter(language=language, track=1, on=timezone.localdate())
    assert letter is not None
    return to_html(letter)


def check(slot: str) -> None:
    """Somebody has read and marked the text in every language."""
    rows = TextBlock.objects.filter(service__agency_code="SKV", slot=slot, track=None, condition="")
    for row in rows:
        row.state, row.checked_by, row.checked_at = TextState.CHECKED, UserFactory(), timezone.now()
        row.save()


def test_all_texts_begin_as_drafts():
    assert set(TextBlock.objects.values_list("state", flat=True)) == {"draft"}


def test_an_editor_changes_a_text_and_the_letter_the_state_and_the_list_follow(office):
    check("about")
    assert NEW["ar"] not in letter_in("ar")
    assert save(office, "about", sv=NEW["sv"], ar=NEW["ar"]).status_code == 302
    assert NEW["ar"] in letter_in("ar")
    assert NEW["sv"] in letter_in("ar")
    row = next(
        row
        for row in place_rows(on=timezone.localdate(), agency="SKV")
        if row.place.slot == "about" and not row.whom
    )
    assert set(row.states.values()) == {"again"}, "the translations of a changed Swedish text may be wrong"
    assert "draft again" in office.get("/texts/?agency=SKV&only=drafts").content.decode()


def test_what_is_missing_is_listed_by_language(office):
    the_text("about", "ti").delete()
    (languages,) = [
        languages
        for row, languages in missing_texts(on=timezone.localdate(), agency="SKV")
        if row.place.slot == "about" and not row.whom
    ]
    assert languages == ["ti"]
    content = office.get("/texts/?only=missing&agency=SKV").content.decode()
    assert "is missing" in content


def test_a_place_without_any_text_is_missing_in_each_language_and_leads_to_where_it_is_written(office):
    TextBlock.objects.filter(service__agency_code="SKV", slot="about").delete()
    TextBlock.objects.filter(slot="late").delete()
    lacks = {
        (row.entry, row.place.slot): (row, languages)
        for row, languages in missing_texts(on=timezone.localdate())
        if not row.texts
    }
    assert set(lacks) == {("SKV", "about"), ("common", "late")}
    for row, languages in lacks.values():
        assert languages == list(LANGUAGES)
        assert row.address in office.get("/texts/?only=missing").content.decode()
        assert office.get(row.address).status_code == 200
    assert b"<source>" in office.get("/texts/so.xlf").content, "a file leaves out what nobody has written"


def test_what_is_said_otherwise_in_some_languages_only_is_missing_in_none():
    rows = place_rows(on=timezone.localdate(), agency="SKV")
    (alone,) = [row for row in rows if row.place.slot == "about" and row.place.condition == "alone"]
    assert {code for code, state in alone.states.items() if state == "shared"} == {"en", "ar", "prs", "ti"}
    the_text("about", "ti").delete()
    rows = place_rows(on=timezone.localdate(), agency="SKV")
    (alone,) = [row for row in rows if row.place.slot == "about" and row.place.condition == "alone"]
    assert alone.states["ti"] == "missing"


def test_a_new_installation_lacks_no_text(office):
    assert missing_texts(on=timezone.localdate()) == []
    assert "Missing: 0." in words_of(office.get("/texts/"))


def test_why_one_is_summoned_is_shared_within_its_track_and_not_with_another_one():
    why = TextBlock.objects.filter(slot="why", language="ti", track=1, condition="")
    rows = place_rows(on=timezone.localdate())
    (alone,) = [
        row for row in rows if row.place.slot == "why" and row.place.track == 1 and row.place.condition
    ]
    assert (alone.states["ti"], alone.is_general) == ("shared", False)
    why.delete()
    lacks = {
        (row.place.track, row.place.condition): codes for row, codes in missing_texts(on=timezone.localdate())
    }
    assert lacks == {(1, ""): ["ti"], (1, "alone"): ["ti"]}
    (task,) = texts_to_write(on=timezone.localdate())
    assert (task[0].place.track, task[0].place.condition) == (1, "")


def test_the_list_is_of_one_place_in_the_letter_if_one_is_chosen(office):
    page = office.get("/texts/?slot=late")
    assert {row.place.slot for row in page.context["rows"]} == {"late"}
    assert office.get("/texts/?slot=nowhere").context["rows"] == []


def test_the_list_costs_the_same_for_every_number_of_texts(office, django_assert_num_queries):
    office.get("/texts/")
    with django_assert_num_queries(QUERIES):
        place_rows(on=timezone.localdate())
    TextBlock.objects.filter(condition="").delete()
    with django_assert_num_queries(QUERIES):
        place_rows(on=timezone.localdate())


@pytest.mark.parametrize(
    ("text", "word"),
    [("ord " * 61, "60"), ("Tecknet 漢 finns inte", "漢")],
)
def test_a_text_that_is_too_long_or_cannot_be_printed_is_refused_and_kept(office, text, word):
    page = save(office, "about", sv=text)
    assert page.status_code == 422
    assert word in page.content.decode()
    assert text.strip() in page.content.decode()
    assert the_text("about", "sv").text not in (text, text.strip())


@pytest.mark.parametrize("language", ["sv", "ar", "ti"])
def test_the_letter_of_an_invented_family_is_shown_in_a_frame(office, language):
    answer = office.get(f"/texts/letter/{language}/1/")
    assert answer.status_code == 200
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "EXA-MPL" in letter_in(language)


def test_the_editor_shows_words_and_how_easily_they_are_read(office):
    content = office.get(f"/agencies/SKV/texts/{the_text('about', 'sv').pk}/").content.decode()
    assert "of at most 60" in content
    assert "LIX" in content
    assert "<iframe" in content


def test_a_manager_sees_the_texts_of_the_own_agency_alone():
    rows = browser_of(ManagerFactory(agency="SKV")).get("/texts/").context["rows"]
    assert {row.entry for row in rows} == {"SKV"}
    assert browser_of(UserFactory()).get("/texts/").status_code == 403


def test_the_list_is_a_file_too(office):
    answer = office.get("/texts/?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        answer.content.decode("utf-8-sig")
        .splitlines()[0]
        .endswith("svenska;engelska;arabiska;dari;somaliska;tigrinja")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_stands_there_with_each_agency(office, language):
    content = office.get(f"/texts/sentences/{language}/").content.decode()
    assert content.count("<li>") > 50
    assert "%(agency)s" not in content.split("<ul lang=")[-1]


def test_each_sentence_has_the_agencies_as_they_are_called_today_those_too_that_have_joined(office):
    Agency.objects.filter(code="SKV").update(name_sv="Folkbokföringsverket", name_en="Register Agency")
    Agency.objects.create(code="RNK", name_sv="Region Norrköping")
    words = words_of(office.get("/texts/sentences/sv/"))
    assert {"Folkbokföringsverket", "Region Norrköping"} <= set(
        re.findall(r"Folkbok\w+|Region Norrköping", words)
    )
    assert "Skatteverket" not in words
    assert "Register Agency" in words_of(office.get("/texts/?agency=SKV"))
