"""Guesses how high the parts of a letter will be in each size of type, from the lengths of their texts. Pure.

A guess that is wrong costs one layout more, never a letter that does not fit.
"""

from collections.abc import Iterable
from unicodedata import category

from bookings.summons.letter import Letter, LetterDocument, LetterStop, Page
from bookings.summons.sizes import PT, SHEET_SIZES, SIZES, Size

HEADER = 30.0
WINDOW = 37.0  # the address, with the empty place beneath
PAUSE = 1.25  # of the lines of small type
# By how much the sum of the parts is too high in each size, as letters that were laid out have shown.
TOO_HIGH = (2.0, 5.0, 9.0, 6.0, 5.0, 4.0, 3.0, 8.0, 13.0, 15.0)
TOO_HIGH_IN_SWEDISH = (10.0, 10.0, 11.0, 8.0, 7.0, 6.0, 5.0, 8.0, 13.0, 15.0)
HEADING = 11 * 1.4 * PT


def page_heights(page: Page) -> tuple[float, ...]:
    """In mm, in each size."""
    too_high = TOO_HIGH_IN_SWEDISH if page.language == "sv" else TOO_HIGH
    return tuple(_page_height(page, size) - less for size, less in zip(SIZES, too_high, strict=True))


def sheet_heights(letter: Letter) -> tuple[float, ...]:
    """In mm, in each size that a sheet has; of all its pages together."""
    return tuple(_sheet_height(letter, size) for size in SHEET_SIZES)


def _page_height(page: Page, size: Size) -> float:
    line = size.text * size.lead * PT
    parts = [
        HEADER,
        _key(page, size, line),
        _changes(page, size, line),
        HEADING,
        sum(_stop(stop, page, size, line) for stop in page.stops),
        (len(page.line) - len(page.stops)) * (PAUSE * size.small * PT * size.lead + size.row * 2 / 3),
        HEADING,
        _bring(page, size),
        size.qr + 4 + 2.2 * size.small * 1.2 * PT,
        3 * size.gap,
    ]
    return sum(parts)


def _key(page: Page, size: Size, line: float) -> float:
    swedish = 0.0 if page.language == "sv" else size.small * size.lead * PT
    day = (size.weekday + 12.5) * 1.3 * PT + swedish
    when = 2 * size.pad + HEADING + day + 2 + max(size.clock, 26)
    place = page.place
    where = 2 * size.pad + HEADING + (0 if size.joined else 12 * size.lead * PT)
    lines = [f"{place.kind} {place.street}"] if size.joined else [place.kind, place.street]
    where += line * sum(_lines(text, size.text, 88) for text in (*lines, place.directions) if text)
    points, lead, edges = (9.5, 1.2, 3) if page.is_long_address else (11, 1.25, 5)
    to = edges + points * lead * PT * sum(
        _lines(text, points, 88) for text in (page.recipient, *page.address)
    )
    return max(when, max(WINDOW, to) + where) + size.gap


def _changes(page: Page, size: Size, line: float) -> float:
    if not page.changes:
        return 0.0
    return 5 + HEADING + line * sum(_lines(text, size.text, 158) for text in page.changes) + size.gap


def _stop(stop: LetterStop, page: Page, size: Size, line: float) -> float:
    is_many = len(stop.names) > 3
    wide = 180 - 31 - size.node - 7 - (0 if is_many else 33.5) - 4 * size.between
    swedish = "" if page.language == "sv" else stop.name.sv
    name = f"{stop.name.text} {swedish}"
    what = 11.5 * 1.3 * PT * _lines(name, 11, wide) + line * _lines(stop.about, size.text, wide)
    names = " · ".join(stop.names) or "x" * 20
    who = size.small * 1.25 * PT * _lines(names, size.small, wide - 8 if is_many else 26)
    return max(size.face, what + who if is_many else max(what, who)) + 2 * size.row


def _bring(page: Page, size: Size) -> float:
    heights = []
    for first in range(0, len(page.documents), 3):
        row = page.documents[first : first + 3]
        lines = max(_document(document, size, page.language) for document in row)
        heights.append(max(size.icon, lines * size.paper * 1.2 * PT + 2 * size.bring))
    return sum(heights)


def _document(document: LetterDocument, size: Size, language: str) -> int:
    swedish = "" if language == "sv" else document.name.sv
    if size.joined:
        return _lines(f"{document.name.text} {swedish}", size.paper, 47)
    return _lines(document.name.text, size.paper, 47) + (_lines(swedish, size.small, 47) if swedish else 0)


def _sheet_height(letter: Letter, size: Size) -> float:
    line, small = size.text * 1.38 * PT, size.small * 1.38 * PT
    blocks = (
        max(
            11.5 * 1.3 * PT
            + small
            + line * _lines(stop.sheet, size.text, 78)
            + (line * _lines(f"{stop.after} 1234567890", size.text, 78) + 0.8 if stop.after else 0)
            for _page, stop in block
        )
        + 6.5
        for block in letter.blocks
    )
    contact = 8 + len(letter.pages) * HEADING + 2 * line if letter.pages[0].contact else 0
    return 24 + sum(blocks) + 4 + 6 + 3 * line + contact


def _lines(text: str, points: float, width: float) -> int:
    """How many lines of that width in mm the text takes."""
    return 1 + sum(_breaks(text.split(), width / (points * PT)))


def _breaks(words: Iterable[str], width: float) -> Iterable[int]:
    """The breaks before or inside each word; the width in ems."""
    used = 0.0
    for word in words:
        long = sum(map(_advance, word))
        if used and used + long > width:
            used = 0.0
            yield 1
        yield int(long // width)
        used += long % width + 0.26


def _advance(letter: str) -> float:
    """How wide a letter is on average, in ems."""
    if "\u1200" <= letter <= "\u139f":
        return 0.72
    if "\u0600" <= letter <= "\u06ff":
        return 0.0 if category(letter) == "Mn" else 0.49
    return 0.64 if letter.isupper() else 0.53
