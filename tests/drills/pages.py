"""Every page of every role in a browser: axe, 320 pixels, text of twice the size, forced colours; prints barriers."""

from tests.journeys.conftest import caseworker, chromium, walk, walk_alone
from tests.journeys.every_page import addresses_of, barriers, pages
from tests.journeys.test_every_page import known, readers
from tests.journeys.test_newcomer import chain, letter

__all__ = ["caseworker", "chain", "chromium", "known", "letter", "readers", "walk", "walk_alone"]


def test_no_page_has_a_barrier(walk, readers, known):
    asked = [(role, address) for role in readers for address in addresses_of(role, known)]
    found = list(pages(asked, readers))
    with walk(1280, "sv") as page:
        page.goto("/")
        wrong = [what for opened in found for what in barriers(page, opened)]
    print(f"\n{len(found)} pages of {len(readers)} readers: {len(wrong)} barriers", *wrong, sep="\n")
    assert wrong == []
