"""Take a translator's file in: each row is checked, all are written as drafts, or none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.directory.entries import entry_at
from agencies.directory.saving import lock_seen, next_version
from agencies.languages import understood
from agencies.models import TextBlock, TextState, User
from agencies.texts.glyphs import missing_glyphs
from agencies.texts.readable import MOST_WORDS, words_in
from agencies.texts.sounds import drop_sound_of
from bookings.texts.exchange import Unit, key_of
from bookings.texts.overview import PlaceRow, place_rows


@dataclass(frozen=True, slots=True)
class UnitFault:
    """Why a row of the file is not taken; `number` counts from 1."""

    number: int
    key: str
    message: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a file: how many texts are new or changed, or why none is."""

    changed: int = 0
    errors: tuple[UnitFault, ...] = ()


@transaction.atomic
def take_in(
    *, units: Sequence[Unit], rows: Iterable[PlaceRow], language: str, by: User, at: datetime
) -> TakenIn:
    """Write the translations as drafts; a row without a translation changes nothing, one error refuses all.

    `rows`: the places that `by` keeps. Raises AgencyKeptByOthers, and AgencyChanged if one is just being changed.
    """
    named = {unit.key for unit in units}
    _lock({row.entry for row in rows if key_of(row) in named}, by=by)
    kept = {key_of(row) for row in rows}
    now = place_rows(on=local(at).date())  # read again: what others wrote until the lock is not written over
    places = {key: row for row in now if (key := key_of(row)) in kept}
    errors = list(_errors(units, places, language))
    touched: list[str] = []
    for number, unit in enumerate(units if not errors else (), start=1):
        try:
            touched += [places[unit.key].entry] if _write(unit, places[unit.key], language) else []
        except ValidationError as error:
            errors.append(UnitFault(number, unit.key, " ".join(error.messages)))
    if errors:
        transaction.set_rollback(True)
        return TakenIn(errors=tuple(errors))
    _next_versions(set(touched))
    return TakenIn(len(touched))


def _lock(keys: Iterable[str], *, by: User) -> None:
    """Lock the pages, in the order of their keys: who has one of them open is told when saving."""
    for entry in filter(None, map(entry_at, sorted(keys))):
        lock_seen(entry, entry.version, by=by)


def _next_versions(keys: Iterable[str]) -> None:
    for entry in filter(None, map(entry_at, sorted(keys))):
        next_version(entry)


def _errors(units: Iterable[Unit], places: Mapping[str, PlaceRow], language: str) -> Iterator[UnitFault]:
    seen: set[str] = set()
    for number, unit in enumerate(units, start=1):
        message = _("The file has this text twice.") if unit.key in seen else ""
        if message := message or _wrong(unit, places.get(unit.key), language):
            yield UnitFault(number, unit.key, message)
        seen.add(unit.key)


def _wrong(unit: Unit, row: PlaceRow | None, language: str) -> str:
    if row is None or "sv" not in row.texts:
        return _("There is no such text any more.")
    if unit.language and understood(unit.language) != language:
        return _("The file is in another language: %(language)s.") % {"language": unit.language}
    if row.texts["sv"].text.split() != unit.source.split():  # line ends are changed by XML and by browsers
        return _(
            "The Swedish text has been changed since the file was made. Take a new file out for this text."
        )
    if (count := words_in(unit.target)) > MOST_WORDS:
        return _("At most %(most)s words; these are %(count)s.") % {"most": MOST_WORDS, "count": count}
    if lacks := missing_glyphs(unit.target, language):
        return _("The letter's font has no %(characters)s.") % {"characters": " ".join(lacks)}
    return ""


def _write(unit: Unit, row: PlaceRow, language: str) -> bool:
    text = "\n".join(unit.target.strip().splitlines())
    found = row.texts.get(language)
    if not text or (found and found.text.split() == text.split()):
        return False
    block = found or _beside(row.texts["sv"], language)
    block.text, block.state, block.checked_by, block.checked_at = text, TextState.DRAFT, None, None
    block.full_clean()
    if found:
        drop_sound_of(found)
    block.save()
    return True


def _beside(swedish: TextBlock, language: str) -> TextBlock:
    """A new row for the same people and the same time."""
    same = ("slot", "agency_code", "service", "track", "municipality", "condition", "valid_from", "valid_to")
    return TextBlock(language=language, **{name: getattr(swedish, name) for name in same})
