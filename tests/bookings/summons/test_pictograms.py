"""The codes say what they should, the clock points where it should."""

import re

import pytest
import segno
from barcode.codex import Code128

from bookings.summons.pictograms import AGENCY_PICTOGRAMS, barcode, clock_face, pictogram, qr
from tests.bookings.summons.samples import DOCUMENTS, LINK


def dark(svg: str) -> set[tuple[int, int]]:
    """The modules that the picture's path blackens."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", svg)
    return {(int(x) + i, int(y)) for x, y, length in runs for i in range(int(length))}


def test_the_qr_code_is_the_links_with_its_quiet_zone() -> None:
    matrix = segno.make(LINK, error="m", micro=False).matrix
    assert dark(qr(LINK)) == {
        (x + 4, y + 4) for y, row in enumerate(matrix) for x, module in enumerate(row) if module
    }


def test_the_bar_code_holds_the_reference_and_nothing_else() -> None:
    (modules,) = Code128("N4K-7QT").build()
    assert dark(barcode("N4K-7QT")) == {(x + 10, 0) for x, module in enumerate(modules) if module == "1"}


def test_a_label_cannot_break_out_of_the_picture() -> None:
    assert "<b>" not in qr("x", label="<b>")


@pytest.mark.parametrize(
    ("time", "short", "long"), [((9, 0), "13.5 24.0", "24.0 7.5"), ((15, 0), "34.5 24.0", "24.0 7.5")]
)
def test_the_hands_point_at_the_time(time: tuple[int, int], short: str, long: str) -> None:
    assert re.findall(r'd="M24 24L([\d. ]+)"', clock_face(*time)) == [short, long]


def test_every_pictogram_that_a_letter_may_use_is_drawn() -> None:
    for name in {*AGENCY_PICTOGRAMS.values(), *(document["pictogram"] for document in DOCUMENTS.values())}:
        assert "currentColor" in pictogram(name)
        assert 'stroke="#0a5060"' in pictogram(name, ink="#0a5060")
