"""Change an agency's names and contact card, and what its service is called and how long it takes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from agencies.directory.entries import AgencyEntry
from agencies.directory.saving import AgencyKeptByOthers, lock_seen, next_version, save_translated
from agencies.models import User
from agencies.sites.saving import save_next


@transaction.atomic
def change_names(*, entry: AgencyEntry, values: Mapping[str, Any], seen: int, by: User, at: datetime) -> None:
    """Change the names and their states. Raises AgencyKeptByOthers, AgencyChanged and ValueNotAllowed."""
    lock_seen(entry, seen, by=by)
    if entry.agency is None:
        raise AgencyKeptByOthers
    save_translated(entry.agency, "name", values)


@transaction.atomic
def change_contact(
    *, entry: AgencyEntry, values: Mapping[str, Any], seen: int, by: User, at: datetime
) -> None:
    """Change telephone, e-mail, address, web page and how a deaf person reaches the agency. Raises as above."""
    lock_seen(entry, seen, by=by)
    if entry.agency is None:
        raise AgencyKeptByOthers
    save_next(entry.agency, values)


@transaction.atomic
def change_service(
    *, entry: AgencyEntry, values: Mapping[str, Any], seen: int, by: User, at: datetime
) -> None:
    """Change title, usual length and where the service is met. Raises as above."""
    lock_seen(entry, seen, by=by)
    if entry.service is None or not entry.keeps_service:
        raise AgencyKeptByOthers
    save_translated(entry.service, "title", values)
    if entry.row != entry.service:
        next_version(entry)
