"""Who changed which rules of a kind, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from agencies.history import FieldChange, RowChange, row_changes
from agencies.models import User
from agencies.models.changes import Change


@dataclass(frozen=True, slots=True)
class ToldChange:
    """Who did what to which rule, and the fields that differ."""

    at: datetime
    by: User
    what: str
    deed: str
    fields: tuple[FieldChange, ...]


def told_changes(*kinds: tuple[type[Change], Callable[[Any], str]], **which: Any) -> list[ToldChange]:
    """All that somebody did to the rows of these kinds, the latest first; two queries for each.

    What was there from the beginning is nobody's. `kinds`: each with what a row is called; `which`: look-ups.
    """
    found = [
        (one.at, one.change.pk, ToldChange(one.at, one.by, name(one.change), _deed(one), one.fields))
        for model, name in kinds
        for one in row_changes(model, said_elsewhere=["version"], by__isnull=False, **which)
        if one.by
    ]
    return [told for *_order, told in sorted(found, key=lambda entry: entry[:2], reverse=True)]


def _deed(change: RowChange) -> str:
    if change.is_added:
        return _("added")
    if change.is_removed:
        return _("removed")
    return _("changed") if change.fields else _("texts or their states changed")
