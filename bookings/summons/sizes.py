"""The sizes in which a letter is set, from large to small. Pure."""

from dataclasses import dataclass, fields

PT = 25.4 / 72  # mm
TIGHT, TINY = 1.25, 9  # lead and points, at most


@dataclass(frozen=True, slots=True)
class Size:
    """Type in points; lead as a factor; the rest in mm: see letter.css for what each is the measure of."""

    text: float
    small: float
    lead: float
    row: float
    gap: float
    face: float
    bring: float
    clock: float
    qr: float
    between: float
    node: float
    pad: float
    weekday: float
    paper: float
    icon: float
    joined: bool = False  # lines that otherwise stand one beneath the other

    def css(self) -> str:
        """As custom properties for a style sheet."""
        units = {"text": "pt", "small": "pt", "weekday": "pt", "paper": "pt", "lead": ""}
        return " ".join(
            f"--{field.name}: {getattr(self, field.name):g}{units.get(field.name, 'mm')};"
            for field in fields(self)
            if field.name != "joined"
        )


SIZES = (
    Size(11.5, 10.5, 1.35, 1.8, 4.5, 12.5, 1.2, 27, 25, 3.5, 8, 3.5, 21, 11.5, 7),
    Size(11, 10, 1.35, 1.5, 3.8, 12, 1, 27, 25, 3.5, 8, 3.5, 21, 11, 7),
    Size(10.5, 10, 1.3, 1.1, 3, 11, 0.6, 27, 25, 3.5, 8, 3.5, 21, 10.5, 7),
    Size(10, 10, 1.28, 0.7, 2.4, 10.5, 0.4, 25, 25, 3.2, 8, 3, 21, 10, 7),
    Size(10, 10, 1.22, 0.2, 1.4, 10, 0, 22, 22, 2.3, 7, 1.5, 18, 10, 6.5),
    Size(10, 9, 1.25, 0.4, 1.8, 10, 0, 24, 23, 2.8, 8, 2.5, 20, 10, 7),
    Size(9.5, 9, 1.2, 0.2, 1.4, 9.5, 0, 22, 22, 2.3, 7, 1.5, 18, 9.5, 6.5),
    Size(9.5, 9, 1.18, 0.1, 1.2, 9, 0, 20, 21, 1.8, 7, 1.5, 18, 9, 5.5, joined=True),
    Size(9, 8.5, 1.18, 0.1, 1, 8.5, 0, 20, 20, 1.8, 7, 1.5, 18, 8.5, 5.5, joined=True),
    Size(8.5, 8.5, 1.12, 0, 0.7, 8.2, 0, 18, 19, 1.8, 7, 1, 16, 8.5, 5, joined=True),
)
SHEET_SIZES = SIZES[:3]  # it has as many pages as it needs


def size_rules() -> str:
    """A rule for each size, by the class `size-1` and so on."""
    return "\n".join(f".size-{number} {{ {size.css()} }}" for number, size in enumerate(SIZES, start=1))


def class_of(size: int) -> str:
    """The classes of a part that is set in that size, for the measures and for what is not measured."""
    own = SIZES[size - 1]
    marks = {"tight": own.lead <= TIGHT, "joined": own.joined, "tiny": own.text <= TINY}
    return " ".join([f"size-{size}", *(mark for mark, is_so in marks.items() if is_so)])
