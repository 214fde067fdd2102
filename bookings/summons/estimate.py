"""Guesses how high the parts of a letter will be in each size of type, from the lengths of their texts. Pure.

A guess that is wrong costs one layout more, never a letter that does not fit.
"""

from collections.abc import Iterable, Mapping
from itertools import repeat
from unicodedata import category

from bookings.summons.letter import Letter, LetterDocument, LetterStop, Page
from bookings.summons.sizes import PT, SHEET_SIZES, SIZES, Size

HEADER = 30.0  # at least
WINDOW = 37.0  # the address, with the empty place beneath
PAUSE = 1.25  # of the lines of small type
# By how much the sum of the parts is too high in each size, in mm, as letters that were laid out have shown. When texts
# have grown, `script/drill letters` prints how far off the guesses are then; what it prints is added here.
TOO_HIGH: Mapping[str, tuple[float, ...]] = {
    "sv": (-1, 3, 10, 5, 7, 7, 4, 9, 12, 12),
    "en": (-5, -3, -4, 1, 6, 2, 7, 16, 20, 21),
    "ar": (1, 6, 3, 2, 5, 1, -2, 4, 11, 10),
    "prs": (-7, -7, -9, -9, -9, -13, -9, 3, 10, 11),
    "so": (-17, -16, -10, -8, -9, -2, -2, 9, 9, 12),
    "ti": (15, 10, 7, 11, 13, 10, 7, 15, 22, 22),
}
SHEET_TOO_HIGH: Mapping[str, tuple[float, ...]] = {
    "sv": (1, 5, 5),
    "en": (0, 5, 1),
    "ar": (0, 3, -2),
    "prs": (-10, -11, -9),
    "so": (-5, -11, -8),
    "ti": (11, 7, 2),
}
HEADING = 11 * 1.4 * PT
WIDE = 180.0  # a page between its margins
COLUMNS, COLUMN_GAP, SHEET_LEAD = 163.0, 7.0, 1.38
BOX = 8.0  # the edges of each box of the sheet, and what is between two


def page_heights(page: Page) -> tuple[float, ...]:
    """In mm, in each size."""
    return _less((_page_height(page, size) for size in SIZES), TOO_HIGH.get(page.language))


def sheet_heights(letter: Letter) -> tuple[float, ...]:
    """In mm, in each size that a sheet has; of all its pages together."""
    guesses = (_sheet_height(letter, size) for size in SHEET_SIZES)
    return _less(guesses, SHEET_TOO_HIGH.get(letter.pages[0].language))


def _less(guesses: Iterable[float], too_high: tuple[float, ...] | None) -> tuple[float, ...]:
    """Corrected by what is known of the language."""
    return tuple(guess - less for guess, less in zip(guesses, too_high or repeat(0.0), strict=False))


def _page_height(page: Page, size: Size) -> float:
    line = size.text * size.lead * PT
    parts = [
        _header(page),
        _key(page, size, line),
        _changes(page, size, line),
        HEADING,
        sum(_stop(stop, page, size, line) for stop in page.stops),
        (len(page.line) - len(page.stops)) * (PAUSE * size.small * PT * size.lead + size.row * 2 / 3),
        HEADING,
        _bring(page, size),
        _foot(page, size),
        3 * size.gap,
    ]
    return sum(parts)


def _header(page: Page) -> float:
    title = 23 * 1.2 * PT + 0.5
    return max(HEADER, title + 12.5 * 1.3 * PT * _lines(page.why, 12.5, WIDE) + 10.5 * 1.3 * PT)


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
    what += line * _lines(stop.tool, size.text, wide) if stop.tool else 0
    names = " · ".join(stop.names) or "x" * 20
    who = size.small * 1.25 * PT * _lines(names, size.small, wide - 8 if is_many else 26)
    return max(size.face, what + who if is_many else max(what, who)) + 2 * size.row


def _foot(page: Page, size: Size) -> float:
    codes = size.qr + 4 + 2.2 * size.small * 1.2 * PT
    lines = 3 * bool(page.own_phone) + 4 * page.is_signed
    below = page.is_signed + bool(page.own_phone) if size.joined else 0
    help_ = 1.25 * PT * (2 * 11 + 13 + (2 + (0 if size.joined else lines)) * size.text)
    rows = bool(page.typed_address) + below
    return max(codes, help_) + rows * size.small * 1.2 * PT


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
    line = size.text * SHEET_LEAD * PT
    columns = len(letter.pages)
    wide = (COLUMNS - COLUMN_GAP * (columns - 1)) / columns
    titles = 18 * 1.2 * PT + line + (6 if letter.pages[0].draft else 0)
    blocks = (max(_block(stop, size, wide) for _page, stop in block) for block in letter.blocks)
    privacy = line * (3 if columns > 1 else 2)
    boxes = [titles, privacy, _sender(letter.pages[0], line), _card(letter, line)]
    return sum(blocks) + 1 + BOX * sum(map(bool, boxes)) + sum(boxes)


def _block(stop: LetterStop, size: Size, wide: float) -> float:
    line, small = size.text * SHEET_LEAD * PT, size.small * SHEET_LEAD * PT
    after = f"1234567890 {stop.after}"
    lines = _lines(stop.sheet, size.text, wide) + (_lines(after, size.text, wide) if stop.after else 0)
    return 6.3 + 11.5 * 1.3 * PT + small + 0.5 + line * lines + (0.8 if stop.after else 0)


def _sender(page: Page, line: float) -> float:
    sender = page.sent_by
    return HEADING + line * (1 + bool(sender.phone) + bool(sender.web)) if sender else 0.0


def _card(letter: Letter, line: float) -> float:
    card = letter.pages[0].contact
    if not card:
        return 0.0
    ways = sum(map(bool, (card.address, card.phone, card.email, card.web)))
    return max(len(letter.pages) * HEADING + line, line * ways)


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
