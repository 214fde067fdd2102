"""The texts are compiled once, and again only when they change."""

import gettext
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

SOURCE = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Your day"
msgstr "መዓልትኹም"
"""


@pytest.fixture
def source(tmp_path: Path, settings: Settings) -> Path:
    settings.LOCALE_PATHS = [tmp_path]
    path = tmp_path / "ti" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE, encoding="utf-8")
    return path


def test_compiled_texts_are_what_gettext_reads(source: Path) -> None:
    call_command("compile_texts")
    with source.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Your day") == "መዓልትኹም"
    assert {path.name for path in source.parent.iterdir()} == {"django.po", "django.mo"}


def test_only_what_changed_is_compiled_again(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("compile_texts")
    call_command("compile_texts")
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    call_command("compile_texts")
    assert [line[0] for line in capsys.readouterr().out.splitlines()] == ["1", "0", "1"]
