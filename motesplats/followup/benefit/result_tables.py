"""The results as tables of cells, which page and files share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from motesplats.followup.benefit.display import ShownFigure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOTHING_SAID = "–"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """`kind` is what sets the row apart: reported, subtotal, total, or nothing."""

    label: "StrOrPromise"
    cells: Sequence["StrOrPromise | ShownFigure"]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A table whose first column are the rows' labels; `beyond` is what its figures leave out.

    `words` are the places of the columns that hold words instead of numbers.
    """

    title: "StrOrPromise"
    header: Sequence["StrOrPromise"]
    rows: Sequence[ResultRow]
    beyond: Sequence["StrOrPromise"] = ()
    words: frozenset[int] = frozenset()

    @property
    def columns(self) -> list[tuple["StrOrPromise", bool]]:
        """Each column's name, and whether it holds words."""
        return [(name, place in self.words) for place, name in enumerate(self.header)]

    def named_rows(
        self,
    ) -> list[tuple[ResultRow, list[tuple["StrOrPromise", bool, "StrOrPromise | ShownFigure"]]]]:
        """Each row with its cells, each beside its column's name and whether it holds words."""
        return [
            (row, [(*column, cell) for column, cell in zip(self.columns[1:], row.cells, strict=True)])
            for row in self.rows
        ]
