"""Import published figures from a file: all of it or nothing. What is replaced stays, with the reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.validators import validate_plain
from agencies.web.csv_rows import RowError
from agencies.web.roles import require_role
from agencies.web.whole_file import require_few, require_right
from motesplats.followup.history.figures_file import COLUMNS, FIELDS, PrintedRow, read_figures
from motesplats.followup.history.sums import PrintedFigure, as_figure, wrong_sums
from motesplats.models import ImportedFigure

LOCK = "imported figures"
LONGEST_WHY = 300
Key = tuple[str, str, str, str]
Known = Mapping[Key, ImportedFigure]


class WhyReplacedWrong(Refusal):
    kind = "import-not-usable"
    field = "why"


@dataclass(frozen=True, slots=True)
class Imported:
    """How many figures are new, came instead of another value, and stood there already."""

    added: int
    replaced: int
    unchanged: int


@transaction.atomic
def import_figures(*, content: bytes, why: str = "", by: User | None, at: datetime) -> Imported:
    """Write down what the file says. Without a reason (`why`) it may add figures, and replace none.

    `by`: somebody of the secretariat, or None for whoever runs the command on the server.
    Raises NotForYourRole, FileNotUsable and WhyReplacedWrong.
    """
    if by is not None:
        require_role(by, Role.SECRETARIAT, message=_("Published figures are imported by the secretariat."))
    _require_plain(why)
    _wait_for_others()
    rows, errors = read_figures(content)
    require_few(rows)
    known = {_key(one): one for one in ImportedFigure.objects.filter(replaced_at=None)}
    errors += [*_mistakes(rows, known, why=why), *_sums(rows, known)]
    require_right(rows, errors)
    return _write(rows, known, why=why, by=by, at=at)


def _write(rows: Sequence[PrintedRow], known: Known, *, why: str, by: User | None, at: datetime) -> Imported:
    changed = [row for row in rows if row.key in known and not _is_same(row, known[row.key])]
    new = [row for row in rows if row.key not in known]
    former = [known[row.key].pk for row in changed]
    ImportedFigure.objects.filter(pk__in=former).update(replaced_at=at)
    ImportedFigure.objects.bulk_create(
        ImportedFigure(
            **{field: getattr(row, field) for field in FIELDS},
            number=row.value,
            why=why if row.key in known else "",
            imported_by=by,
            imported_at=at,
        )
        for row in rows
        if row in changed or row in new
    )
    return Imported(len(new), len(changed), len(rows) - len(new) - len(changed))


def _mistakes(rows: Sequence[PrintedRow], known: Known, *, why: str) -> Iterator[RowError]:
    seen: set[Key] = set()
    for row in rows:
        if row.key in seen:
            yield RowError(row.number, "figure_name", _("The file says this figure twice."))
        seen.add(row.key)
        for field, column in zip(FIELDS, COLUMNS, strict=True):
            if wrong := _hidden_characters(getattr(row, field)):
                yield RowError(row.number, column, wrong)
        there = known.get(row.key)
        if there and there.printed != row.printed and not why:
            words = {"printed": there.printed}
            yield RowError(
                row.number, "value", _("It stands here as %(printed)s. Say why it is to be replaced.") % words
            )


def _sums(rows: Sequence[PrintedRow], known: Known) -> Iterator[RowError]:
    in_file = {row.key for row in rows}
    there = [
        PrintedFigure(one.name, one.period, one.scope, one.unit, one.source, one.number, one.note)
        for key, one in known.items()
        if key not in in_file
    ]
    for number, wrong in wrong_sums([*map(as_figure, rows), *there]):
        yield RowError(number, "value", wrong)


def _is_same(row: PrintedRow, there: ImportedFigure) -> bool:
    return all(getattr(row, field) == getattr(there, field) for field in FIELDS)


def _key(one: ImportedFigure) -> Key:
    return one.name, one.period, one.scope, one.source


def _require_plain(why: str) -> None:
    if len(why) > LONGEST_WHY:
        raise WhyReplacedWrong(_("At most %(most)s characters.") % {"most": LONGEST_WHY})
    if wrong := _hidden_characters(why):
        raise WhyReplacedWrong(wrong)


def _hidden_characters(text: str) -> str:
    try:
        validate_plain(text)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _wait_for_others() -> None:
    """One at a time: what may be replaced depends on what is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])
