"""How long a service takes in a track or a municipality, and what people bring to it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.directory.entries import AgencyEntry
from agencies.directory.saving import lock_seen, next_version
from agencies.models import ServiceDocument, ServiceLength, User
from agencies.refusals import Refusal
from agencies.sites.saving import ValueNotAllowed, check


class KeptByOthers(Refusal):
    """The row is of another agency, or is shared by all municipalities."""

    kind = "not-your-service"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("What all municipalities share is changed by the secretariat."))


@transaction.atomic
def set_length(*, entry: AgencyEntry, values: Mapping[str, Any], seen: int, by: User, at: datetime) -> None:
    """Say how long the service takes in a track, a municipality or both; what was said of these before is replaced.

    Raises KeptByOthers, ValueNotAllowed, and what every change of the page raises.
    """
    _set_row(ServiceLength, ("track", "municipality"), entry, values, seen=seen, by=by)


@transaction.atomic
def ask_document(*, entry: AgencyEntry, values: Mapping[str, Any], seen: int, by: User, at: datetime) -> None:
    """Let people bring a document: all, or those of a track, a municipality, with children, or who live so.

    Raises as set_length.
    """
    _set_row(ServiceDocument, ("document", "track", "municipality"), entry, values, seen=seen, by=by)


@transaction.atomic
def drop_row(
    *, entry: AgencyEntry, row: ServiceLength | ServiceDocument, seen: int, by: User, at: datetime
) -> None:
    """Say the length, or ask for the document, no longer. Raises KeptByOthers and what every change raises."""
    lock_seen(entry, seen, by=by)
    found = entry.of_it(type(row)).filter(pk=row.pk)
    if not found.exists():
        raise KeptByOthers
    found.get().delete()
    next_version(entry)


def _set_row(
    model: type[ServiceLength] | type[ServiceDocument],
    key: tuple[str, ...],
    entry: AgencyEntry,
    values: Mapping[str, Any],
    *,
    seen: int,
    by: User,
) -> None:
    lock_seen(entry, seen, by=by)
    if entry.service is None:
        raise ValueNotAllowed(_("The agency has no service yet."))
    if entry.municipality and values["municipality"] != entry.municipality:
        raise KeptByOthers
    lookups = {
        name if values[name] is not None else f"{name}__isnull": True
        if values[name] is None
        else values[name]
        for name in key
    }
    rows = model._default_manager.filter(service=entry.service, **lookups)
    row = rows.first() or model(service=entry.service)
    for name, value in values.items():
        setattr(row, name, value)
    check(row)
    row.save()
    next_version(entry)
