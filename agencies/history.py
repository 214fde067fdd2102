"""What changed in rows whose changes triggers record, with each field before and after, as a reader is shown it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from django.db.models import Field, Model
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.languages import letter_name
from agencies.models import User
from agencies.models.changes import Change
from agencies.spoken import spoken_name

ADDED, REMOVED = "insert", "delete"
LANGUAGE_NAMES = {
    "language": letter_name,
    "letter_language": letter_name,
    "interpreter_language": spoken_name,
}
row_of = attrgetter("pgh_obj_id")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A changed field: its label, and its values as shown to a reader."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A change of a row: the recorded one, and the fields that differ; `is_seen`: the viewer sees what came of it."""

    change: Change
    fields: tuple[FieldChange, ...]
    is_seen: bool

    @property
    def at(self) -> datetime:
        return self.change.pgh_created_at

    @property
    def by(self) -> User | None:
        return self.change.by

    @property
    def is_added(self) -> bool:
        return self.change.pgh_label == ADDED

    @property
    def is_removed(self) -> bool:
        return self.change.pgh_label == REMOVED


def row_changes(
    model: type[Change], *, said_elsewhere: Collection[str] = (), **which: Any
) -> Iterator[RowChange]:
    """The changes of every row, each compared with the next one, the last with the row as it is; two queries.

    Fields that are `said_elsewhere` are left out.
    """
    relations = [field.name for field in model.tracked_fields() if field.many_to_one]
    changes = model.objects.filter(**which).select_related("by__agency", *relations)
    found = list(changes.order_by("pgh_obj_id", "pgh_id"))
    rows = cast("type[Model]", model.pgh_tracked_model)._default_manager.select_related(*relations)
    current = rows.in_bulk({row_of(change) for change in found}) if found else {}
    for row, group in groupby(found, key=row_of):
        steps = list(group)
        for before, after in zip(steps, [*steps[1:], current.get(row)], strict=True):
            yield RowChange(before, tuple(_differences(before, after, said_elsewhere)), after is not None)


def _differences(
    before: Change, after: Model | None, said_elsewhere: Collection[str]
) -> Iterator[FieldChange]:
    """The fields that differ; none if the row was removed, or cannot be seen any more."""
    if after is None or before.pgh_label in (ADDED, REMOVED):
        return
    for field in before.tracked_fields():
        if field.name not in said_elsewhere and getattr(before, field.attname) != getattr(
            after, field.attname
        ):
            yield FieldChange(str(field.verbose_name), shown(before, field), shown(after, field))


def first_values(added: Change) -> tuple[FieldChange, ...]:
    """What an added row said from the first, relations and empty fields left out."""
    plain = (field for field in added.tracked_fields() if not field.many_to_one)
    told = (FieldChange(str(field.verbose_name), "–", shown(added, field)) for field in plain)
    return tuple(one for one in told if one.after != one.before)


def shown(row: Model, field: "Field[Any, Any]") -> str:
    """The value as shown to a reader."""
    value = getattr(row, field.name)
    if name_of := LANGUAGE_NAMES.get(field.name):
        return name_of(value, get_language() or "") or "–"
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")() or "–")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return ", ".join(value) or "–"
    return "–" if value in (None, "") else str(value)
