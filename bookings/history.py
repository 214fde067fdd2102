"""The history of a party or a chain: the events that verbs wrote, and the changed fields that triggers recorded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from django.db.models import Field, Model, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.languages import letter_name
from agencies.models import User
from agencies.models.changes import Change
from agencies.spoken import spoken_name
from bookings.models import (
    AttendanceEvent,
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
# Their changed rows are details of one sentence.
SUMMED_UP = {
    Event.Kind.MOVED,
    Event.Kind.CANCELLED,
    Event.Kind.AMENDED,
    Event.Kind.CONFIRMED,
    Event.Kind.UNCONFIRMED,
    Event.Kind.FORM,
    Event.Kind.GROUP,
    Event.Kind.PROTECTED,
    Event.Kind.UNPROTECTED,
}
ONE_DEED = timedelta(seconds=10)  # triggers tell when a request began, its event when the verb was called
SAID_BY_EVENTS = {"checked_in_at", "checked_in_by"}  # the attendance events say it in words
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
class Entry:
    """Something that was done: an event, or a change of a row with the fields that differ."""

    at: datetime
    by: User | None
    event: Event | None = None
    attendance: AttendanceEvent | None = None
    about: str = ""
    fields: tuple[FieldChange, ...] = ()
    details: tuple["Entry", ...] = ()  # what the event changed in the rows, which its sentence sums up


def history_of_party(party: Party) -> list[Entry]:
    """Events and changes of the party, its people and its disclosures, the latest first; at most seven queries."""
    return _latest_first(
        _events(Q(party=party)),
        _changes(PartyChange, pgh_obj=party),
        _changes(NewcomerChange, party=party),
        _changes(DisclosureChange, party=party),
    )


def history_of_chain(chain: Chain) -> list[Entry]:
    """Events of the chain, its party and its attendance, changes of the chain and its meetings; the latest first."""
    return _latest_first(
        _attendance(chain),
        _events(Q(party=chain.party_id) & (Q(chain=chain) | Q(chain=None))),
        _changes(ChainChange, pgh_obj=chain),
        _changes(MeetingChange, chain=chain),
    )


def _latest_first(*entries: Iterable[Entry]) -> list[Entry]:
    """Every event once, with the changed rows that are its own deed as details."""
    told = sorted((entry for part in entries for entry in part), key=attrgetter("at"), reverse=True)
    deeds = [entry for entry in told if entry.event and entry.event.kind in SUMMED_UP]
    details: dict[int, list[Entry]] = {}
    rest = []
    for entry in told:
        deed = None if entry.event or entry.attendance else _deed_of(entry, deeds)
        if deed:
            details.setdefault(id(deed), []).append(entry)
        else:
            rest.append(entry)
    return [replace(entry, details=tuple(details.get(id(entry), ()))) for entry in rest]


def _deed_of(change: Entry, deeds: Iterable[Entry]) -> Entry | None:
    """The same person's deed that is nearest in time; None if it cannot be the same request."""
    own = [deed for deed in deeds if deed.by == change.by and abs(deed.at - change.at) <= ONE_DEED]
    return min(own, key=lambda deed: abs(deed.at - change.at), default=None)


def _events(which: Q) -> Iterator[Entry]:
    # What once was recorded as an event of its own is an attendance event now.
    events = Event.objects.filter(which).exclude(kind=Event.Kind.CHECKED_IN)
    for event in events.select_related("by__agency"):
        yield Entry(event.at, event.by, event=event)


def _attendance(chain: Chain) -> Iterator[Entry]:
    events = AttendanceEvent.objects.filter(meeting__chain=chain).order_by("-pk")
    for event in events.select_related("by__agency", "meeting__agency__municipality", "undoes"):
        yield Entry(event.at, event.by, attendance=event)


def _changes(model: type[Change], **which: Any) -> Iterator[Entry]:
    """The changes of every row, each compared with the next one, the last with the row as it is; two queries."""
    relations = [field.name for field in model.tracked_fields() if field.many_to_one]
    changes = model.objects.filter(**which).select_related("by__agency", *relations)
    found = list(changes.order_by("pgh_obj_id", "pgh_id"))
    rows = cast("type[Model]", model.pgh_tracked_model)._default_manager.select_related(*relations)
    current = rows.in_bulk({row_of(change) for change in found}) if found else {}
    for row, group in groupby(found, key=row_of):
        steps = list(group)
        for before, after in zip(steps, [*steps[1:], current.get(row)], strict=True):
            fields = tuple(_differences(before, after))
            is_told = not fields and after is not None and before.pgh_label != REMOVED
            has_passed = model is ChainChange and before.by_id is None  # nobody's deed
            if is_told or has_passed:
                continue
            yield Entry(before.pgh_created_at, before.by, about=_about(before), fields=fields)


def _about(change: Change) -> str:
    """The agency of a meeting or a disclosure, and whether the row was removed."""
    agency = getattr(change, "agency", None)
    words = _("removed") if change.pgh_label == REMOVED else ""
    return " ".join(filter(None, (str(agency) if agency else "", words)))


def _differences(before: Change, after: Model | None) -> Iterator[FieldChange]:
    """The fields that differ; none if the row was removed, or cannot be seen any more."""
    if after is None or before.pgh_label == REMOVED:
        return
    for field in before.tracked_fields():
        if field.name not in SAID_BY_EVENTS and getattr(before, field.attname) != getattr(
            after, field.attname
        ):
            yield FieldChange(str(field.verbose_name), _shown(before, field), _shown(after, field))


def _shown(row: Model, field: "Field[Any, Any]") -> str:
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
