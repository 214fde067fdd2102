"""Write what letter, sheet and pages say of an agency, in each language, from a day on; the one verb that does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.directory.entries import AgencyEntry
from agencies.directory.saving import lock_seen, next_version, state_after
from agencies.languages import LANGUAGES
from agencies.models import Municipality, TextBlock, TextState, User
from agencies.refusals import Refusal
from agencies.sites.saving import ValueNotAllowed, check
from agencies.texts.glyphs import missing_glyphs
from agencies.texts.readable import MOST_WORDS, words_in
from agencies.texts.sounds import drop_sound_of

SWEDISH = "sv"
OF_SERVICE = (TextBlock.Slot.ABOUT, TextBlock.Slot.SHEET, TextBlock.Slot.AFTER)


class NotYourText(Refusal):
    """The text is another agency's, or one that all municipalities share."""

    kind = "not-your-text"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("That text is kept by others."))


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where a text stands and who reads it: the slot, and a track, a municipality or a condition, if any."""

    slot: str
    track: int | None = None
    municipality: Municipality | None = None
    condition: str = ""

    def fields(self, entry: AgencyEntry) -> dict[str, Any]:
        """What all its rows have in common; why one is summoned is said by the agency, the rest by its service."""
        is_of_service = self.slot in OF_SERVICE
        return {
            "slot": self.slot,
            "track": self.track,
            "municipality": self.municipality,
            "condition": self.condition,
            "service": entry.service if is_of_service else None,
            "agency_code": "" if is_of_service else entry.code,
        }

    @classmethod
    def of(cls, block: TextBlock) -> "TextPlace":
        return cls(block.slot, block.track, block.municipality, block.condition)


def general_place(entry: AgencyEntry, slot: str) -> TextPlace:
    """Where the text for everybody stands; on a municipality's page for everybody of it."""
    return TextPlace(slot, municipality=entry.municipality)


@transaction.atomic
def write_texts(
    *,
    entry: AgencyEntry,
    place: TextPlace,
    values: Mapping[str, Any],
    since: date | None,
    seen: int,
    by: User,
    at: datetime,
) -> None:
    """Write the texts and states of a place, as `text_sv`, `state_sv` …; an emptied text is said no longer.

    `since`: from this day on, the former text until the day before; None: at once, in its place. A checked text that
    changes is a draft again. Raises NotYourText, ValueNotAllowed, and what every change of the page raises.
    """
    lock_seen(entry, seen, by=by)
    if entry.municipality and entry.municipality != place.municipality:
        raise NotYourText
    if place.slot in OF_SERVICE and entry.service is None:
        raise ValueNotAllowed(_("The agency has no service yet."))
    _require_short(values)
    _require_printable(values)
    today = local(at).date()
    if since and since <= today:
        raise ValueNotAllowed(
            _("From tomorrow at the earliest; leave it empty to change the text at once."),
            errors={"since": [_("Choose a later day, or leave it empty.")]},
        )
    if place == TextPlace(place.slot) and not values.get("text_sv", "").strip():
        message = _("Whoever has no text in the own language reads the Swedish one: it cannot be empty.")
        raise ValueNotAllowed(message, errors={"text_sv": [message]})
    values = _with_drafts(entry, place, values, today=today)
    for language in LANGUAGES:
        _write(entry, place, language, values, since, today=today, by=by, at=at)
    next_version(entry)


def _with_drafts(
    entry: AgencyEntry, place: TextPlace, values: Mapping[str, Any], *, today: date
) -> Mapping[str, Any]:
    """The values; when the Swedish text changes its translations are drafts again: they may say something else."""
    swedish = _row_now(entry, place, SWEDISH, today=today)
    if swedish is None or swedish.text == values.get("text_sv", "").strip():
        return values
    return {**values, **{f"state_{code}": TextState.DRAFT for code in LANGUAGES if code != SWEDISH}}


def _require_short(values: Mapping[str, Any]) -> None:
    """Raise ValueNotAllowed beside each text that is longer than people read at once."""
    too_long = {
        f"text_{code}": [
            _(
                "At most %(most)s words; these are %(count)s. Make two sentences of one, or leave something out."
            )
            % {"most": MOST_WORDS, "count": count}
        ]
        for code in LANGUAGES
        if (count := words_in(values.get(f"text_{code}", ""))) > MOST_WORDS
    }
    if too_long:
        raise ValueNotAllowed(next(iter(too_long.values()))[0], errors=too_long)


def _require_printable(values: Mapping[str, Any]) -> None:
    """Raise ValueNotAllowed beside each text that has a character which no font of ours can print."""
    unprintable = {
        f"text_{code}": [_("The letter's font has no %(characters)s.") % {"characters": " ".join(lacks)}]
        for code in LANGUAGES
        if (lacks := missing_glyphs(values.get(f"text_{code}", ""), code))
    }
    if unprintable:
        raise ValueNotAllowed(next(iter(unprintable.values()))[0], errors=unprintable)


def rows_now(rows: Iterable[TextBlock], *, today: date) -> dict[str, TextBlock]:
    """Of a place's rows, by language the one that holds on the day, or else the next one."""
    found: dict[str, TextBlock] = {}
    for row in sorted(rows, key=lambda row: row.valid_from, reverse=True):
        holds = row.valid_to is None or row.valid_to >= today
        if holds and (row.valid_from <= today or row.language not in found):
            found[row.language] = row
    return found


def _write(
    entry: AgencyEntry,
    place: TextPlace,
    language: str,
    values: Mapping[str, Any],
    since: date | None,
    *,
    today: date,
    by: User,
    at: datetime,
) -> None:
    text = values.get(f"text_{language}", "").strip()
    fields = place.fields(entry) | {"language": language}
    old = _row_now(entry, place, language, today=today)
    state = state_after(
        old.text if old else "",
        text,
        was=old.state if old else None,
        asked=values.get(f"state_{language}"),
    )
    if old and (old.text, old.state) == (text, state):
        return
    is_new_from = since if since and (old is None or old.text != text) else None
    if old and is_new_from and old.valid_from < is_new_from:
        _end(old, is_new_from)
        old = None
    elif old and not text:
        old.delete()
    if text:
        _save(old or TextBlock(**fields), text, state, is_new_from, by=by, at=at)


def _row_now(entry: AgencyEntry, place: TextPlace, language: str, *, today: date) -> TextBlock | None:
    fields = place.fields(entry) | {"language": language}
    rows = TextBlock.objects.filter(**_as_lookups(fields)).filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return rows_now(rows, today=today).get(language)


def _end(row: TextBlock, before: date) -> None:
    row.valid_to = before - timedelta(days=1)
    check(row)
    row.save()


def _save(row: TextBlock, text: str, state: str, since: date | None, *, by: User, at: datetime) -> None:
    if row.pk and row.text != text:
        drop_sound_of(row)
    row.text = text
    if state == TextState.DRAFT:
        row.checked_by, row.checked_at = None, None
    elif row.state != state or row.checked_at is None:
        row.checked_by, row.checked_at = by, at
    row.state = state
    if since:
        row.valid_from = since
    try:
        check(row)
    except ValueNotAllowed as refusal:
        errors = {f"text_{row.language}": [refusal.message]}
        raise ValueNotAllowed(refusal.message, errors=errors) from None
    row.save()


def _as_lookups(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"{name}__isnull" if value is None else name: True if value is None else value
        for name, value in fields.items()
    }
