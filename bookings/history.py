"""The history of a party or a chain: the events that verbs wrote, and the changed fields that triggers recorded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.history import REMOVED, FieldChange, first_values, row_changes
from agencies.models import User
from agencies.models.changes import Change
from bookings.models import (
    AttendanceEvent,
    Chain,
    ChainChange,
    DisclosureChange,
    Event,
    MeetingChange,
    NewcomerChange,
    OwnContactChange,
    Party,
    PartyChange,
)

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
    """Events and changes of the party, its people and its disclosures, the latest first; at most eight queries."""
    return _latest_first(
        _events(Q(party=party)),
        _changes(PartyChange, pgh_obj=party),
        _changes(NewcomerChange, party=party),
        # What was given with the registration is said by it.
        _changes(OwnContactChange, added_after=party.registered_at + ONE_DEED, party=party),
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


def _changes(model: type[Change], *, added_after: datetime | None = None, **which: Any) -> Iterator[Entry]:
    for one in row_changes(model, said_elsewhere=SAID_BY_EVENTS, **which):
        if one.is_added and added_after and one.at <= added_after:
            continue
        fields = first_values(one.change) if one.is_added else one.fields
        is_told = not fields and one.is_seen and not one.is_removed
        has_passed = model is ChainChange and one.by is None  # nobody's deed
        if is_told or has_passed:
            continue
        yield Entry(one.at, one.by, about=_about(one.change), fields=fields)


def _about(change: Change) -> str:
    """The agency of a meeting or a disclosure, whose own contact it is, and whether the row was removed."""
    agency = getattr(change, "agency", None)
    if isinstance(change, OwnContactChange):
        return _("Own contact of %(name)s") % {"name": change.newcomer}
    words = _("removed") if change.pgh_label == REMOVED else ""
    return " ".join(filter(None, (str(agency) if agency else "", words)))
