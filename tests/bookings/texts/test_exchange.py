"""A translator's file goes out, and it comes back as drafts, all of it or nothing."""

import codecs
from dataclasses import replace
from datetime import timedelta
from xml.etree.ElementTree import fromstring

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from agencies.models import TextBlock
from bookings.texts.exchange import XLIFF, FileNotRead, Unit, key_of, read_file, to_po, to_xliff, units_of
from bookings.texts.overview import place_rows
from tests.agencies.sites.typed import inputs
from tests.agencies.staff.test_second_person import browser_of
from tests.factories.agencies import ManagerFactory, SecretariatFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WRITERS = {"po": to_po, "xlf": to_xliff}


@pytest.fixture
def office() -> Client:
    return browser_of(SecretariatFactory())


@pytest.fixture
def rows():
    return place_rows(on=timezone.localdate())


def send(office: Client, content: bytes, language: str = "so"):
    file = SimpleUploadedFile("texts.xlf", content)
    return office.post("/texts/import/", {"language": language, "file": file})


@pytest.mark.parametrize("kind", WRITERS)
def test_what_goes_out_comes_back_as_it_was(rows, kind):
    units = list(units_of(rows, "ti"))
    back = read_file(WRITERS[kind](units, "ti"))
    assert [(one.key, one.source, one.target) for one in back] == [
        (one.key, one.source, one.target) for one in units
    ]
    assert len({unit.key for unit in units}) == len(units) > 40


def test_the_xliff_is_in_its_namespace_and_says_its_languages(rows):
    root = fromstring(to_xliff(units_of(rows, "prs"), "prs"))
    file = root.find("x:file", {"x": XLIFF})
    assert file is not None
    assert (file.get("source-language"), file.get("target-language")) == ("sv", "fa-AF")
    assert len(file.findall("x:body/x:trans-unit", {"x": XLIFF})) > 40


@pytest.mark.parametrize("kind", WRITERS)
def test_a_translation_is_taken_in_as_a_draft(office, rows, kind):
    content = office.get(f"/texts/so.{kind}?agency=SKV").content
    changed = content.replace(TextBlock.objects.get(**SOMALI).text.encode(), b"Qoraal cusub.")
    assert send(office, changed).headers["Location"] == "/texts/?taken=1"
    row = TextBlock.objects.get(**SOMALI)
    assert (row.text, row.state) == ("Qoraal cusub.", "draft")
    assert send(office, changed).headers["Location"] == "/texts/?taken=0"


SOMALI = {"service__agency_code": "SKV", "slot": "about", "track": None, "condition": "", "language": "so"}


def test_a_text_that_was_missing_is_written(office, rows):
    content = office.get("/texts/so.xlf?agency=SKV").content
    TextBlock.objects.get(**SOMALI).delete()
    assert send(office, content).headers["Location"] == "/texts/?taken=1"
    assert TextBlock.objects.get(**SOMALI).state == "draft"


def test_a_source_that_has_changed_since_is_refused_and_nothing_is_taken(office, rows):
    content = office.get("/texts/so.po").content
    swedish = TextBlock.objects.get(**SOMALI | {"language": "sv"})
    swedish.text = "Något annat."
    swedish.save()
    before = list(TextBlock.objects.order_by("pk").values_list("pk", "text"))
    page = send(office, content.replace(b"Haddii", b"Hadii"))
    assert page.status_code == 422
    assert "has been changed since the file was made" in page.content.decode()
    assert list(TextBlock.objects.order_by("pk").values_list("pk", "text")) == before


@pytest.mark.parametrize(("target", "word"), [("ord " * 61, "60"), ("漢", "漢")])
def test_a_row_with_a_fault_is_named_and_nothing_is_taken(office, rows, target, word):
    row = next(row for row in rows if row.entry == "SKV")
    (unit,) = units_of([row], "so")
    content = to_po([type(unit)(unit.key, unit.source, target)], "so")
    page = send(office, content).content.decode()
    assert key_of(row) in page
    assert word in page


@pytest.mark.parametrize(
    "content",
    [
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><xliff>&b;</xliff>",
        b"<xliff><unclosed></xliff>",
        b"\x00\x01\x02",
        "<xliff/>".encode("utf-16"),
        b'msgid "a"\nnonsense',
        b'msgid ""\nmsgstr "Content-Type: text/plain; charset=nonsense\\n"\n\nmsgid "a"\nmsgstr "\xc3\xa5"\n',
        b'msgid ""\nmsgstr "POT-Creation-Date: nonsense\\n"\n\nmsgid "a"\nmsgstr "b"\n',
    ],
)
def test_a_hostile_or_broken_file_is_refused(office, content):
    assert send(office, content).status_code == 422
    with pytest.raises(FileNotRead):
        read_file(content)


def test_neither_file_nor_language_is_a_clear_word(office):
    assert office.post("/texts/import/", {"language": "so"}).status_code == 422
    assert office.post("/texts/import/", {"language": "xx"}).status_code == 422
    assert office.get("/texts/xx.po").status_code == 404
    assert office.get("/texts/so.doc").status_code == 404


def the_unit(language: str = "so") -> Unit:
    """The Somali text of what the tax agency does, as it goes out."""
    swedish = TextBlock.objects.get(**SOMALI | {"language": "sv"}).pk
    row = next(
        row for row in place_rows(on=timezone.localdate(), agency="SKV") if row.texts["sv"].pk == swedish
    )
    return next(units_of([row], language))


def with_target(target: str, unit: Unit | None = None) -> Unit:
    return replace(unit or the_unit(), target=target)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_in_another_language_is_not_taken_for_this_one(office, rows, kind):
    before = texts_of("ti")
    page = send(office, WRITERS[kind](units_of(rows, "so"), "so"), "ti")
    assert page.status_code == 422
    assert "in another language: so" in page.content.decode()
    assert texts_of("ti") == before


def test_dari_may_be_called_what_phones_and_tools_call_it(office):
    swedish = the_unit("prs")
    for name in ("prs", "fa", "fa-AF", ""):
        content = to_xliff([with_target("متن تازه", swedish)], "prs")
        content = content.replace(b'target-language="fa-AF"', f'target-language="{name}"'.encode())
        assert send(office, content, "prs").status_code == 302, name


def test_a_text_that_the_file_has_twice_is_refused_by_its_row(office):
    TextBlock.objects.get(**SOMALI).delete()
    page = send(office, to_xliff([with_target("Qoraal."), with_target("Kale.")], "so"))
    assert page.status_code == 422
    assert "The file has this text twice." in page.content.decode()
    assert not TextBlock.objects.filter(**SOMALI).exists()


def test_a_translation_that_begins_later_is_told_of_and_nothing_is_written(office):
    row = TextBlock.objects.get(**SOMALI)
    row.valid_from = timezone.localdate() + timedelta(days=20)
    row.save()
    before = texts_of("so")
    page = send(office, to_xliff([with_target("Qoraal.")], "so"))
    assert page.status_code == 422
    assert "There is already a text for exactly those people at that time." in page.content.decode()
    assert texts_of("so") == before


@pytest.mark.parametrize("kind", WRITERS)
def test_lines_as_a_browser_sends_them_are_no_change_of_the_source(office, kind):
    swedish = TextBlock.objects.get(**SOMALI | {"language": "sv"})
    swedish.text = "Första raden.\r\nAndra raden."
    swedish.save()
    content = WRITERS[kind]([with_target("Hal.\nLaba.")], "so")
    assert send(office, content).headers["Location"] == "/texts/?taken=1"
    assert TextBlock.objects.get(**SOMALI).text == "Hal.\nLaba."


def test_who_has_the_editor_open_is_told_of_the_file_that_came_in(office):
    row = TextBlock.objects.get(**SOMALI)
    address = f"/agencies/SKV/texts/{row.pk}/"
    open_form = inputs(office, address)
    assert send(office, to_xliff([with_target("Qoraal cusub.")], "so")).status_code == 302
    late = office.post(address, open_form | {"text_so": "Kale"})
    assert late.status_code == 409
    assert TextBlock.objects.get(**SOMALI).text == "Qoraal cusub."


def test_a_manager_s_file_changes_the_own_agency_s_texts_alone():
    other = browser_of(ManagerFactory(agency="FK"))
    page = send(other, to_xliff([with_target("Qoraal cusub.")], "so"))
    assert page.status_code == 422
    assert "There is no such text any more." in page.content.decode()
    own = browser_of(ManagerFactory(agency="SKV"))
    assert send(own, to_xliff([with_target("Qoraal cusub.")], "so")).headers["Location"] == "/texts/?taken=1"


def test_a_po_file_may_have_a_mark_of_its_encoding(office):
    content = codecs.BOM_UTF8 + to_po([with_target("Qoraal cusub.")], "so")
    assert send(office, content).headers["Location"] == "/texts/?taken=1"


def texts_of(language: str) -> list[tuple[int, str]]:
    return list(TextBlock.objects.filter(language=language).order_by("pk").values_list("pk", "text"))
