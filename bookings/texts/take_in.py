"""Take a translator's file in: each row is checked, all are written as drafts, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import TextBlock, TextState
from agencies.texts.glyphs import missing_glyphs
from agencies.texts.readable import MOST_WORDS, words_in
from agencies.texts.sounds import drop_sound_of
from bookings.texts.exchange import Unit, key_of
from bookings.texts.overview import PlaceRow


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


def take_in(*, units: Sequence[Unit], rows: Sequence[PlaceRow], language: str) -> TakenIn:
    """Write the translations as drafts; a row without a translation changes nothing, one error refuses all."""
    places = {key_of(row): row for row in rows}
    errors = tuple(
        UnitFault(number, unit.key, message)
        for number, unit in enumerate(units, start=1)
        if (message := _wrong(unit, places.get(unit.key), language))
    )
    if errors:
        return TakenIn(errors=errors)
    with transaction.atomic():
        changed = sum(_write(unit, places[unit.key], language) for unit in units)
    return TakenIn(changed)


def _wrong(unit: Unit, row: PlaceRow | None, language: str) -> str:
    if row is None or "sv" not in row.texts:
        return _("There is no such text any more.")
    if row.texts["sv"].text != unit.source:
        return _(
            "The Swedish text has been changed since the file was made. Take a new file out for this text."
        )
    if (count := words_in(unit.target)) > MOST_WORDS:
        return _("At most %(most)s words; these are %(count)s.") % {"most": MOST_WORDS, "count": count}
    if lacks := missing_glyphs(unit.target, language):
        return _("The letter's font has no %(characters)s.") % {"characters": " ".join(lacks)}
    return ""


def _write(unit: Unit, row: PlaceRow, language: str) -> bool:
    text = unit.target.strip()
    found = row.texts.get(language)
    if not text or (found and found.text == text):
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
