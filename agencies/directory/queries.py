"""Reads of an agency's page: its texts by place, its lengths, documents and provider, and who changed what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q

from agencies.directory.entries import AgencyEntry
from agencies.directory.texts import TextPlace, rows_now
from agencies.languages import LANGUAGES
from agencies.models import (
    AgencyChange,
    IdentityProviderChange,
    ServiceChange,
    ServiceDocument,
    ServiceDocumentChange,
    ServiceLength,
    ServiceLengthChange,
    TextAudio,
    TextBlock,
    TextBlockChange,
    TextState,
)

LOOKED_AT = 5  # changes for each one that is shown


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text in its languages: where it stands, the rows that hold now or next, and whether this page may change it."""

    place: TextPlace
    rows: dict[str, TextBlock]
    is_own: bool

    @property
    def first(self) -> TextBlock:
        """The Swedish row, or the next one."""
        return next(self.rows[code] for code in LANGUAGES if code in self.rows)

    @property
    def key(self) -> int:
        """A row by which the text's address names it."""
        return self.first.pk

    @property
    def slot_name(self) -> str:
        return str(TextBlock.Slot(self.place.slot).label)

    @property
    def swedish(self) -> str:
        """What it says, in Swedish if it does."""
        return self.first.text

    @property
    def states(self) -> list[tuple[str, TextBlock | None]]:
        """Each language in itself, and the row in it, if there is one."""
        return [(language.endonym, self.rows.get(code)) for code, language in LANGUAGES.items()]


def texts_of(entry: AgencyEntry, *, today: date) -> list[PlacedText]:
    """What the agency and its service say now or later, by place; to a municipality's the shared texts belong."""
    blocks = TextBlock.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        Q(agency_code=entry.code, service=None) | (Q(service=entry.service) if entry.service else Q(pk=None)),
    ).select_related("municipality", "checked_by")
    if entry.municipality:
        blocks = blocks.filter(Q(municipality=None) | Q(municipality=entry.municipality))
    places: dict[TextPlace, list[TextBlock]] = {}
    for block in blocks:
        places.setdefault(TextPlace.of(block), []).append(block)
    slots = list(TextBlock.Slot.values)
    found = [
        PlacedText(
            place,
            rows_now(rows, today=today),
            entry.municipality is None or place.municipality == entry.municipality,
        )
        for place, rows in places.items()
    ]
    return sorted(
        found,
        key=lambda one: (
            slots.index(one.place.slot),
            one.place.municipality is not None,
            one.place.track or 0,
            one.place.condition,
        ),
    )


def general_texts(*, today: date) -> list[TextBlock]:
    """What is said of every service to everybody that day, without the words; one query."""
    rows = TextBlock.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        service__isnull=False,
        track=None,
        municipality=None,
        condition="",
    )
    return list(rows.only("slot", "language", "service", "track", "municipality", "condition"))


def sounds_of(blocks: Iterable[TextBlock]) -> dict[int, TextAudio]:
    """The sounds of these texts by the text's key, without the bytes; one query."""
    rows = TextAudio.objects.filter(block__in=[block.pk for block in blocks])
    return {row.pk: row for row in rows.defer("sound").select_related("added_by")}


def drafts_in(texts: list[PlacedText]) -> dict[str, int]:
    """How many texts are drafts, by language."""
    return {
        code: number
        for code in LANGUAGES
        if (number := sum(one.rows[code].state == TextState.DRAFT for one in texts if code in one.rows))
    }


def lengths_of(entry: AgencyEntry) -> list[tuple[ServiceLength, bool]]:
    """The lengths of the service that differ, each with whether this page may change it."""
    return _with_own(entry, ServiceLength)


def documents_of(entry: AgencyEntry) -> list[tuple[ServiceDocument, bool]]:
    """What people bring, each with whether this page may change it."""
    return _with_own(entry, ServiceDocument, "document")


def _with_own(entry: AgencyEntry, model: type[Any], *related: str) -> list[tuple[Any, bool]]:
    rows = model.objects.filter(service=entry.service).select_related("municipality", *related)
    if entry.municipality:
        rows = rows.filter(Q(municipality=None) | Q(municipality=entry.municipality))
    is_shared = entry.municipality is None
    return [(row, is_shared or row.municipality == entry.municipality) for row in rows]


def changes_of(entry: AgencyEntry, *, most: int) -> list[tuple[Model, str]]:
    """The latest changes of what stands on the page, each with what it is a change of; six queries."""
    agency, service, home = entry.agency, entry.service, entry.municipality
    here = Q(municipality=home) if home else Q()
    kinds = (
        AgencyChange.objects.filter(pgh_obj=agency),
        IdentityProviderChange.objects.filter(pgh_obj__agency=agency) if agency else None,
        ServiceChange.objects.filter(pgh_obj=service) if service and not home else None,
        ServiceLengthChange.objects.filter(here, service=service) if service else None,
        ServiceDocumentChange.objects.filter(here, service=service) if service else None,
        TextBlockChange.objects.filter(
            here,
            Q(agency_code=entry.code, service=None) | (Q(service=service) if service else Q(pgh_id=None)),
        ),
    )
    rows = [
        row
        for kind in kinds
        if kind is not None
        for row in kind.filter(by__isnull=False).select_related("by").order_by("-pgh_id")[:most]
    ]
    latest = sorted(rows, key=lambda row: row.pgh_created_at, reverse=True)[:most]
    return [(row, str(row._meta.verbose_name)) for row in latest]


def versions_of(text: PlacedText, *, most: int) -> list[TextBlockChange]:
    """What the text said before, or in which other state, latest first, and who changed it when; one query.

    A change of neither, such as of its dates, is left out.
    """
    rows = TextBlockChange.objects.filter(pgh_obj__in=[row.pk for row in text.rows.values()])
    after = {row.pk: (row.text, row.state) for row in text.rows.values()}
    found = []
    for change in rows.select_related("by").order_by("-pgh_id")[: LOOKED_AT * most]:
        said = (change.text, change.state)
        if said != after[change.pgh_obj_id]:
            found.append(change)
        after[change.pgh_obj_id] = said
    return found[:most]
