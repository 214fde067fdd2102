"""What has happened to a party or a chain: what the verbs tell, and between it who changed which field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from django.db.models import Field, Model, Q
from django.utils.translation import gettext as _

from agencies.clock import local
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
    keys = [field.name for field in model.tracked_fields() if field.many_to_one]
    changes = model.objects.filter(**which).select_related("by__agency", *keys)
    found = list(changes.order_by("pgh_obj_id", "pgh_id"))
    rows = model.pgh_tracked_model.objects.select_related(*keys)
    now = rows.in_bulk({change.pgh_obj_id for change in found}) if found else {}
    for key, steps in groupby(found, key=attrgetter("pgh_obj_id")):
        for before, after in pairwise([*steps, now.get(key)]):
            fields = tuple(_differences(before, after))
            yield Entry(before.pgh_created_at, before.by, about=_about(before), fields=fields)


def _about(change: Change) -> str:
    """Whose meeting or whose door it was; a party's and a chain's own pages know what they are about."""
    agency = getattr(change, "agency", None)
    words = _("removed") if change.pgh_label == REMOVED else ""
    return " ".join(filter(None, (str(agency) if agency else "", words)))


def _differences(before: Change, after: Model | None) -> Iterator[FieldChange]:
    if after is None or before.pgh_label == REMOVED:
        return
    for field in before.tracked_fields():
        if getattr(before, field.attname) != getattr(after, field.attname):
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
