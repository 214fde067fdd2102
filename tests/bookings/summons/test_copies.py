"""Several letters at once: each alone and all in one, the same pages twice."""

from io import BytesIO

from pypdf import PdfReader

from bookings.summons.render import render, render_each_and_all
from tests.bookings.summons.samples import sample_letter


def words(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_all_in_one_is_each_after_the_other() -> None:
    letters = [sample_letter("sv"), sample_letter("ti")]
    *each, everybody = render_each_and_all(letters)
    assert [words(pdf) for pdf in each] == [words(render(letter)) for letter in letters]
    assert words(everybody) == [page for pdf in each for page in words(pdf)]
