"""The translators' files follow the texts of code and templates; nothing is guessed and nothing is lost."""

import re
from pathlib import Path

import pytest

from agencies.languages import LANGUAGES
from motesplats.catalogues.domains import NEWCOMERS, STAFF, file_of, languages_of, read
from motesplats.catalogues.sources import collect, hidden
from motesplats.catalogues.update import missing_texts, updated_files

ROOT = Path(__file__).parents[3]
PLURALS = {"ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : 4)"}
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plurals};\\n"\n\n'
)
LETTER = "templates/bookings/summons/letter.html"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project whose translators' files are empty."""
    write(
        tmp_path,
        LETTER,
        "  {% translate 'Your day' %}\n"
        " {% blocktranslate count n=n %}{{ n }} adult{% plural %}{{ n }} adults{% endblocktranslate %}",
    )
    write(tmp_path, "bookings/models/party.py", 'name = _("party")\nother = pgettext("of a rule", "party")\n')
    for domain in (NEWCOMERS, STAFF):
        for language in languages_of(domain):
            header = HEADER.format(plurals=PLURALS.get(language, "nplurals=2; plural=(n > 1)"))
            write(tmp_path, f"locale/{language}/LC_MESSAGES/{domain}.po", header)
    update(tmp_path)
    return tmp_path


def write(root: Path, name: str, content: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def update(root: Path) -> None:
    for path, content in updated_files(root):
        path.write_text(content, encoding="utf-8")


def translate(root: Path, domain: str, language: str, text: str, translation: str) -> None:
    path = file_of(domain, language, locale=root / "locale")
    entry = f'msgid "{text}"\nmsgstr '
    assert entry in path.read_text("utf-8")
    path.write_text(
        path.read_text("utf-8").replace(entry + '""', entry + f'"{translation}"'), encoding="utf-8"
    )


def texts(root: Path, domain: str, language: str) -> dict:
    return {
        text.id: text.string for text in read(file_of(domain, language, locale=root / "locale")) if text.id
    }


def test_a_letters_texts_go_to_the_newcomers_in_six_languages_and_the_others_to_staff_in_swedish(root):
    assert texts(root, STAFF, "sv") == {"party": ""}
    for language in set(LANGUAGES) - {"en"}:
        assert list(texts(root, NEWCOMERS, language)) == [
            ("%(n)s adult", "%(n)s adults"),
            "Your day",
        ] or list(texts(root, NEWCOMERS, language)) == ["Your day", ("%(n)s adult", "%(n)s adults")]


def test_every_text_that_a_language_lacks_is_named_and_english_lacks_none(root):
    missing = set(missing_texts(root))
    assert {"ti: Your day", "ar: %(n)s adult", "sv: party"} <= missing
    assert not [text for text in missing if text.startswith("en")]


def test_a_translation_stays_when_its_text_moves_and_goes_when_its_text_changes(root):
    translate(root, NEWCOMERS, "ti", "Your day", "መዓልትኹም")
    write(root, "templates/bookings/newcomer/day.html", "{% translate 'Your day' %}")
    write(root, LETTER, "")
    update(root)
    assert texts(root, NEWCOMERS, "ti") == {"Your day": "መዓልትኹም"}
    write(root, "templates/bookings/newcomer/day.html", "{% translate 'Your days' %}")
    update(root)
    assert texts(root, NEWCOMERS, "ti") == {"Your days": ""}


def test_arabic_keeps_its_six_plural_forms(root):
    assert len(texts(root, NEWCOMERS, "ar")["%(n)s adult", "%(n)s adults"]) == 6


def test_a_text_of_the_models_stays_with_the_newcomers_once_a_translator_of_theirs_has_it(root):
    path = file_of(NEWCOMERS, "so", locale=root / "locale")
    path.write_text(path.read_text("utf-8") + '\nmsgid "party"\nmsgstr "qoys"\n', encoding="utf-8")
    update(root)
    assert texts(root, NEWCOMERS, "so")["party"] == "qoys"
    assert "party" in texts(root, NEWCOMERS, "ar")


def test_updating_twice_changes_nothing(root):
    assert [path for path, content in updated_files(root) if path.read_text("utf-8") != content] == []


def test_the_same_word_in_another_context_is_another_text(root):
    assert {(text.id, text.context) for text in collect(root) if text.id == "party"} == {
        ("party", None),
        ("party", "of a rule"),
    }


def test_a_translation_follows_its_text_to_the_other_domain(root):
    write(root, "bookings/models/day.py", 'name = _("the day")')
    update(root)
    translate(root, STAFF, "sv", "the day", "dagen")
    write(root, LETTER, "{% translate 'the day' %}")
    update(root)
    assert texts(root, NEWCOMERS, "sv") == {"the day": "dagen"}
    assert "the day" not in texts(root, STAFF, "sv")


def test_a_text_in_an_f_string_is_found_out(root):
    write(
        root, "bookings/hints.py", "said = _('Yes')\nboth = f'{said} {_(\"And\")}'\nnone = _(f'{said} no')\n"
    )
    assert list(hidden(root)) == ["bookings/hints.py:2", "bookings/hints.py:3"]
    assert list(hidden(ROOT)) == []


def test_nobody_gives_gettext_a_name_by_which_its_texts_are_not_found():
    apps = ("motesplats", "checklists", "bookings", "interpreters", "agencies")
    sources = (path.read_text() for app in apps for path in (ROOT / app).rglob("*.py"))
    assert {name for source in sources for name in re.findall(r"import \w*gettext\w* as (\w+)", source)} == {
        "_"
    }
