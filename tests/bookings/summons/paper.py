"""What stands where on a laid-out page: boxes read from WeasyPrint's layout, in millimetres from the paper's corner."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from bookings.summons.letter import Page

MM = 25.4 / 96
PT = 25.4 / 72
SLACK = 0.4  # of a line: what its box has above and below the ink
LEFT, RIGHT, TOP, BOTTOM = 14.9, 195.2, 10.9, 285.3


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of text, or a picture by its class."""

    what: str
    points: float  # size of type; 0 for a picture
    left: float
    top: float
    right: float
    bottom: float
    in_foot: bool = False

    def covers(self, other: "Mark") -> bool:
        """Whether their ink may touch."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.1
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.1
        )


def marks_of(page: Any) -> list[Mark]:
    """All that is printed on a page of a document."""
    return list(_marks(page._page_box, in_foot=False))


def _marks(box: Any, *, in_foot: bool) -> Iterator[Mark]:
    box = getattr(box, "_box", box)  # of one that is placed absolutely
    in_foot = in_foot or type(box).__name__ == "MarginBox"
    if type(box).__name__ == "TextBox":
        if box.text.strip():
            yield _text(box, in_foot)
    elif box.element_tag and box.element_tag.endswith("}svg"):
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, top, left + box.width, top + box.height)
        yield Mark(box.element.get("class"), 0, *_in_mm(corners), in_foot)
    else:
        for child in getattr(box, "children", ()):
            yield from _marks(child, in_foot=in_foot)


def _in_mm(corners: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = corners
    return left * MM, top * MM, right * MM, bottom * MM


def _text(box: Any, in_foot: bool) -> Mark:
    """The ink of a run stands from about three quarters of its size above the base line to a quarter below."""
    size, base = box.style["font_size"], box.position_y + box.baseline
    corners = (box.position_x, base - 0.72 * size, box.position_x + box.width, base + 0.2 * size)
    return Mark(box.text, size * MM / PT, *_in_mm(corners), in_foot)


def overlaps(marks: list[Mark]) -> list[tuple[str, str]]:
    """What is printed over something else."""
    return [(one.what, other.what) for one, other in combinations(marks, 2) if one.covers(other)]


def off_the_paper(marks: list[Mark]) -> list[str]:
    """What stands outside the margins."""
    return [
        mark.what
        for mark in marks
        if not mark.in_foot
        and (mark.left < LEFT or mark.right > RIGHT or mark.top < TOP or mark.bottom > BOTTOM)
    ]


def cut_in_two(pages: list[Any]) -> list[str]:
    """What begins on one page and goes on on the next, of what is read as one: an office's block, the sheet's end."""
    found = [{box.element: box for box in page._page_box.descendants() if _is_one(box)} for page in pages]
    return [
        f"{box.element_tag} {box.element.get('class')}"
        for before, after in pairwise(found)
        for element, box in after.items()
        if element in before
    ]


def _is_one(box: Any) -> bool:
    return box.element_tag == "li" or (box.element_tag == "div" and "end" in box.element.get("class", ""))


def missing_from(marks: list[Mark], page: Page, *, words: list[str]) -> list[str]:
    """Which of the words, and of what every first page holds, is not on it."""
    body = "".join(mark.what for mark in marks if not mark.in_foot).replace(" ", "")
    foot = "".join(mark.what for mark in marks if mark.in_foot)
    needed = [
        page.reference,
        page.phone,
        page.code,
        page.typed_address,
        page.own_phone,
        page.place.site,
        page.place.street,
        page.recipient,
        *words,
    ]
    needed += [stop.name.text for stop in page.stops]
    pictures = [mark.what for mark in marks]
    missing = [word for word in needed if word.replace(" ", "") not in body]
    missing += [name for name in ("qr", "barcode") if name not in pictures]
    return missing + ([] if page.reference in foot else ["the foot's reference"])


def small_share(marks: list[Mark], *, points: float = 10) -> tuple[int, int]:
    """How many characters are smaller than so many points, and how many there are; the foot's not counted."""
    texts = [mark for mark in marks if mark.points and not mark.in_foot]
    return sum(len(m.what) for m in texts if m.points < points - 0.01), sum(len(m.what) for m in texts)
