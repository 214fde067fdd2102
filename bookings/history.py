"""What has happened to a party or a chain: what the verbs tell, and between it who changed which field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Field, Model, Q
from django.utils.translation import gettext as _

from agencies.hours import local
from agencies.models import User
from agencies.models.changes import Change
from bookings.models import (
    Chain,
    ChainChange,
    DisclosureChange,
    Event,
    MeetingChange,
    NewcomerChange,
    Party,
    PartyChange,
)

REMOVED = "delete"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, in the reader's words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody did: an event as the verb tells it, or the fields of a row before and after."""

    at: datetime
    by: User | None
    event: Event | None = None
    about: str = ""
    fields: tuple[FieldChange, ...] = ()


def history_of_party(party: Party) -> list[Entry]:
    """All that was done to the party, its people and what is disclosed of it; the latest first."""
    return _latest_first(
        _events(Q(party=party)),
        _changes(PartyChange, pgh_obj=party),
        _changes(NewcomerChange, party=party),
        _changes(DisclosureChange, party=party),
    )


def history_of_chain(chain: Chain) -> list[Entry]:
    """All that was done to the chain, its meetings and, before it, to its party; the latest first."""
    return _latest_first(
        _events(Q(party=chain.party_id) & (Q(chain=chain) | Q(chain=None))),
        _changes(ChainChange, pgh_obj=chain),
        _changes(MeetingChange, chain=chain),
    )


def _latest_first(*entries: Iterable[Entry]) -> list[Entry]:
    return sorted((entry for part in entries for entry in part), key=attrgetter("at"), reverse=True)


def _events(which: Q) -> Iterator[Entry]:
    for event in Event.objects.filter(which).select_related("by__agency"):
        yield Entry(event.at, event.by, event=event)


def _changes(model: type[Change], **which: Any) -> Iterator[Entry]:
    """Each row as it was, beside the row that followed; two queries."""
    found = list(_with_names(model, "by__agency").filter(**which).order_by("pgh_obj_id", "pgh_id"))
    tracked = model.pgh_tracked_model
    rows = _with_names(tracked).in_bulk({change.pgh_obj_id for change in found}) if found else {}
    for key, changes in groupby(found, key=attrgetter("pgh_obj_id")):
        steps = [*changes, rows.get(key)]
        for before, after in zip(steps, steps[1:], strict=False):
            yield Entry(
                before.pgh_created_at,
                before.by,
                about=_about(before),
                fields=tuple(_differences(before, after)),
            )


def _with_names(model: type[Model], *more: str) -> Any:
    """The model's rows with all that they point to, so that each has its name."""
    keys = [
        field.name
        for field in model._meta.fields
        if field.many_to_one and field.name not in ("by", "pgh_obj")
    ]
    return model.objects.select_related(*keys, *more)


def _about(change: Change) -> str:
    """Whose meeting or whose door it was; a party's and a chain's own pages know what they are about."""
    agency = getattr(change, "agency", None)
    words = _("removed") if change.pgh_label == REMOVED else ""
    return " ".join(filter(None, (str(agency) if agency else "", words)))


def _differences(before: Change, after: Model | None) -> Iterator[FieldChange]:
    if after is None or before.pgh_label == REMOVED:
        return
    for field in before.pgh_tracked_model._meta.fields:
        if hasattr(before, field.attname) and getattr(before, field.attname) != getattr(after, field.attname):
            yield FieldChange(field.verbose_name, _told(before, field), _told(after, field))


def _told(row: Model, field: Field) -> str:
    """The value as a reader knows it."""
    value = getattr(row, field.name)
    if field.choices:
        return getattr(row, f"get_{field.name}_display")() or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    return "–" if value in (None, "") else str(value)
