"""What is sent to the render process to be printed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printable:
    """HTML with the names of its style sheets.

    `tighter` names style sheets to add one by one for as long as the anchor `sheet` (the information sheet) begins
    after page `pages`.
    """

    html: str
    sheets: tuple[str, ...]
    tighter: tuple[str, ...] = ()
    pages: int = 0
