"""The pages' templates: nothing inline that the content security policy forbids, no form that needs a script."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser import browser_of
from tests.factories.agencies import UserFactory

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = [path for path in sorted(TEMPLATES.rglob("*.html")) if "summons" not in path.parts]
# A block of JSON is data: no browser runs it.
FORBIDDEN = re.compile(
    r"\sstyle=|<style|\son\w+=|javascript:|<script(?![^>]*(?:\ssrc=|\stype=.application/json))|hx-on|hx-vals=.js|\|safe\b"
)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_inline_style_or_script(path):
    assert not FORBIDDEN.search(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "text", ['<p style="x">', "<style>", '<a onclick="x">', "<script>x</script>", "{{ x|safe }}"]
)
def test_inline_style_and_script_are_found(text):
    assert FORBIDDEN.search(text)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_whatever_htmx_posts_is_a_submit_button_of_a_plain_form(path):
    for button in re.findall(r"<[^>]*hx-post[^>]*>", path.read_text("utf-8").replace("%}", "")):
        assert button.startswith('<button type="submit"')


@pytest.mark.django_db
def test_the_policy_allows_nothing_inline():
    policy = browser_of(UserFactory()).get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "style-src 'self'" in policy
    assert "script-src 'self'" in policy


def test_no_line_of_a_template_is_longer_than_160_characters():
    lines = [
        (path.name, line)
        for path in TEMPLATES.rglob("*.html")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert [(name, line.strip()) for name, line in lines if len(line) > 160] == []
