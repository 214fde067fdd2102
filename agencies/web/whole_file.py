"""Why a table's file, which is read in whole or not at all, is refused."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from agencies.refusals import Refusal
from agencies.web.csv_rows import RowError

MOST_ROWS, MOST_ERRORS = 5000, 200


class FileNotUsable(Refusal):
    """The file has mistakes: `rows`, the first two hundred."""

    kind = "import-not-usable"
    field = "file"

    def __init__(self, rows: Collection[RowError]) -> None:
        super().__init__(_("Nothing was saved. Correct the marked rows and send the file again."))
        self.rows = sorted(rows, key=lambda one: (one.row, one.column))[:MOST_ERRORS]


def require_few(rows: Sequence[object]) -> None:
    """Raises FileNotUsable for too many rows: before anything is looked up for each."""
    if len(rows) > MOST_ROWS:
        raise FileNotUsable([RowError(1, "", _("At most 5,000 rows at a time."))])


def require_right(rows: Sequence[object], errors: Collection[RowError]) -> None:
    """Raises FileNotUsable for too many rows, for a mistake, and for none."""
    require_few(rows)
    if errors:
        raise FileNotUsable(errors)
    if not rows:
        raise FileNotUsable([RowError(1, "", _("The file has no rows below its header."))])
