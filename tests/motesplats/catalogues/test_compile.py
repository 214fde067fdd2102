"""The texts are compiled once, and again only when they change."""

import gettext
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

SOURCE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "{text}"
msgstr "{translation}"
"""


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.LOCALE_PATHS = [tmp_path]
    folder = tmp_path / "ti" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for domain, text, translation in (
        ("newcomers", "Your day", "መዓልትኹም"),
        ("staff", "Party", "sällskap"),
    ):
        content = SOURCE.format(text=text, translation=translation)
        (folder / f"{domain}.po").write_text(content, encoding="utf-8")
    return folder


def test_the_texts_of_both_domains_are_compiled_into_what_gettext_reads(folder: Path) -> None:
    call_command("compile_texts")
    with (folder / "django.mo").open("rb") as compiled:
        texts = gettext.GNUTranslations(compiled)
    assert (texts.gettext("Your day"), texts.gettext("Party")) == ("መዓልትኹም", "sällskap")
    assert {path.name for path in folder.iterdir()} == {"newcomers.po", "staff.po", "django.mo"}


@pytest.mark.parametrize("domain", ["newcomers", "staff"])
def test_a_language_is_compiled_again_when_one_of_its_files_changes(
    folder: Path, domain: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("compile_texts")
    call_command("compile_texts")
    later = (folder / "django.mo").stat().st_mtime + 1
    os.utime(folder / f"{domain}.po", (later, later))
    call_command("compile_texts")
    assert [line[0] for line in capsys.readouterr().out.splitlines()] == ["1", "0", "1"]
