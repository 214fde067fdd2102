"""What this process keeps of data that are the same for everybody: places, agencies, texts, and nobody's person.

Each look reads the stamp of these data with a row that it needs anyway. As long as it is the same, nothing has changed.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, TypeVar

from django.db.models import CharField, Func, Model

MOST = 1_000  # entries of a shelf, then it begins anew
TABLES = (
    "agencies_agency",
    "agencies_document",
    "agencies_location",
    "agencies_municipality",
    "agencies_service",
    "agencies_servicedocument",
    "agencies_site",
    "agencies_textaudio",
    "agencies_textblock",
    "agencies_threshold",
)  # of which a shelf may keep rows: each has the triggers that change the stamp

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class Shelf:
    """What has been read of these tables under one stamp. Threads share it, so nobody changes what it gives."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def get(self, key: Hashable, read: Callable[[], Kept]) -> Kept:
        """What is kept under the key, read if it is not there yet."""
        if key in (kept := self._kept):
            found: Kept = kept[key]
            return found
        found = read()
        self._keep({key: found})
        return found

    def by_key(
        self, kind: str, keys: Collection[Key], read: Callable[[Collection[Key]], Mapping[Key, Kept]]
    ) -> dict[Key, Kept]:
        """The rows of a kind with these keys, as far as there are; one `read` of all that are not there yet."""
        kept = self._kept
        found: dict[Key, Kept] = {key: kept[kind, key] for key in keys if (kind, key) in kept}
        if missing := [key for key in keys if key not in found]:
            new = read(missing)
            self._keep({(kind, key): row for key, row in new.items()})
            found.update(new)
        return found

    def _keep(self, found: Mapping[Hashable, Any]) -> None:
        """A full shelf is replaced, not emptied: somebody may be reading it."""
        self._kept = dict(found) if len(self._kept) >= MOST else {**self._kept, **found}


_latest: dict[str, Shelf] = {}


def stamp() -> Func:
    """The stamp now, as an annotation `stamp`; another one for whoever has changed the data and not yet committed."""
    return Func(function="reference_stamp", output_field=CharField())


def shelf_of(row: Model) -> Shelf:
    """The shelf of the stamp with which the row was read; an empty one, which nobody else gets, if it has none."""
    return shelf_at(getattr(row, "stamp", None) or "")


def shelf_at(stamp: str) -> Shelf:
    """The shelf of this stamp; those of earlier ones are thrown away."""
    if found := _latest.get(stamp):
        return found
    new = Shelf()
    if stamp:
        _latest.clear()
        _latest[stamp] = new
    return new
