"""All text blocks of a day: each place with its state in each language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from agencies.codes import known_codes
from agencies.directory.entries import COMMON
from agencies.directory.texts import OF_SERVICE
from agencies.languages import LANGUAGES, Language
from agencies.models import Agency, Condition, Municipality, Service, TextBlock, TextBlockChange, TextState

Slot = TextBlock.Slot
PRACTICAL = (
    Slot.BEFORE,
    Slot.GET_THERE,
    Slot.LATE_OR_ILL,
    Slot.CHILDREN_AND_FOOD,
    Slot.WELCOMED,
    Slot.SUPPORT_PERSON,
)
CHECKED, DRAFT, AGAIN, MISSING = "checked", "draft", "again", "missing"
SHARED = "shared"  # one reads what everybody reads in that language: "alone" is another text in some languages only


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Where a text stands and who reads it."""

    slot: str
    agency_code: str
    service: int | None
    track: int | None
    municipality: int | None
    condition: str


@dataclass(slots=True)
class PlaceRow:
    """A place, what it is called, its text and state in each language, and whether no other text is read instead."""

    place: BlockPlace
    entry: str  # the key of the agency's page where it is edited
    name: str
    whom: str
    texts: dict[str, TextBlock]
    states: dict[str, str] = field(default_factory=dict)
    is_general: bool = True

    @property
    def first(self) -> int | None:
        """The key of one of its texts, by which the editor finds them all; None where there is no text at all."""
        return next((block.pk for block in self.texts.values()), None)

    @property
    def address(self) -> str:
        """Where its texts are written: the editor, or the form for a new text where there is none."""
        if self.first is not None:
            return resolve_url("agencies:text", self.entry, self.first)
        return resolve_url("agencies:new-text", self.entry) + f"?slot={self.place.slot}"

    @property
    def cells(self) -> list[tuple[Language, str]]:
        """Each language and the state in it."""
        return [(LANGUAGES[code], state) for code, state in self.states.items()]

    def has(self, state: str) -> bool:
        return state in self.states.values()


def place_rows(*, on: date, agency: str = "") -> list[PlaceRow]:
    """Each place that has a text that day or should have one, of one page by its key or of all; four queries."""
    blocks = list(_valid(on).select_related("municipality"))
    once_checked = _once_checked(block.pk for block in blocks if block.state == TextState.DRAFT)
    services = {service.pk: service.agency_code for service in Service.objects.all()}
    names = {code: known.name for code, known in known_codes().items()}
    rows: dict[BlockPlace, PlaceRow] = {}
    for block in blocks:
        place = BlockPlace(
            block.slot,
            block.agency_code,
            block.service_id,
            block.track,
            block.municipality_id,
            block.condition,
        )
        code = services[block.service_id] if block.service_id else block.agency_code
        row = rows.setdefault(place, _row(place, code, names, block.municipality))
        row.texts[block.language] = block
    for place in _expected(services):
        code = services[place.service] if place.service else ""
        rows.setdefault(place, _row(place, code, names, None))
    for row in rows.values():
        wider = [rows[place] for place in _wider(row.place) if place in rows]
        row.is_general = not wider
        shared = {code for one in wider for code in one.texts}
        for code in LANGUAGES:
            is_shared = code not in row.texts and code in shared
            row.states[code] = SHARED if is_shared else _state(row.texts.get(code), once_checked)
    found = [row for row in rows.values() if agency in ("", row.entry)]
    return sorted(found, key=_order)


def _wider(place: BlockPlace) -> Iterator[BlockPlace]:
    """The places whose texts are read where this one has none: of more agencies, tracks, municipalities or people."""
    ways = product(
        {place.agency_code, ""}, {place.track, None}, {place.municipality, None}, {place.condition, ""}
    )
    for agency_code, track, municipality, condition in ways:
        other = replace(
            place, agency_code=agency_code, track=track, municipality=municipality, condition=condition
        )
        if other != place:
            yield other


def counts(rows: Iterable[PlaceRow]) -> dict[str, int]:
    """How many texts have each state."""
    found = dict.fromkeys((CHECKED, DRAFT, AGAIN, MISSING, SHARED), 0)
    for row in rows:
        for state in row.states.values():
            found[state] += 1
    return found


def missing_texts(*, on: date, agency: str = "") -> list[tuple[PlaceRow, list[str]]]:
    """The places that lack a text, each with the languages in which it is not written."""
    rows = place_rows(on=on, agency=agency)
    lacks = [(row, [code for code, state in row.states.items() if state == MISSING]) for row in rows]
    return [(row, languages) for row, languages in lacks if languages]


def _expected(services: Mapping[int, str]) -> Iterator[BlockPlace]:
    """What a summons says to everybody: of each service, and what one wants to know before the day."""
    for service in services:
        for slot in OF_SERVICE:
            yield BlockPlace(slot.value, "", service, None, None, "")
    for slot in PRACTICAL:
        yield BlockPlace(slot.value, "", None, None, None, "")


def texts_to_write(*, on: date, agency: str = "") -> list[tuple[PlaceRow, list[str]]]:
    """Those of them that somebody should write: instead of the others a more general text is read."""
    return [(row, languages) for row, languages in missing_texts(on=on, agency=agency) if row.is_general]


def places_to_write(agency: Agency, *, on: date) -> list[QuerySet[Any]]:
    """The places on the agency's own page that lack a text, one row each: those of `texts_to_write`, to be counted.

    First those that some languages lack, then of each place in the letter the services without any text there.
    """
    if agency.municipality_id:
        whose = Q(municipality=agency.municipality_id)
    else:
        whose = Q(service__agency_code=agency.code) | Q(service=None, agency_code=agency.code)
        whose &= Q(municipality=None)
    # Elsewhere a more general text is read; of why one is summoned a municipality's is the most general one.
    general = Q(track=None, condition="") & (Q(municipality=None) | Q(slot=TextBlock.Slot.WHY))
    blocks = _valid(on).filter(whose, general).order_by()
    places = blocks.values("slot", "agency_code", "service", "track", "municipality", "condition")
    begun = places.annotate(written=Count("language", distinct=True)).filter(written__lt=len(LANGUAGES))
    return [begun, *(() if agency.municipality_id else _unwritten(agency, on=on))]


def _unwritten(agency: Agency, *, on: date) -> Iterator[QuerySet[Any]]:
    """Of each place in the letter the agency's services of which nothing is said there."""
    services = Service.objects.filter(agency_code=agency.code).order_by()
    general = _valid(on).filter(service=OuterRef("pk"), track=None, municipality=None, condition="")
    for slot in OF_SERVICE:
        yield services.exclude(Exists(general.filter(slot=slot))).values("pk")


def _valid(on: date) -> QuerySet[TextBlock]:
    return TextBlock.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


def _once_checked(drafts: Iterator[int]) -> set[int]:
    """The drafts that were checked before they were changed."""
    changes = TextBlockChange.objects.filter(pgh_obj__in=list(drafts), state=TextState.CHECKED)
    return set(changes.values_list("pgh_obj", flat=True))


def _state(block: TextBlock | None, once_checked: set[int]) -> str:
    if block is None:
        return MISSING
    if block.state == TextState.CHECKED:
        return CHECKED
    return AGAIN if block.pk in once_checked else DRAFT


def _row(
    place: BlockPlace, code: str, names: Mapping[str, str], municipality: Municipality | None
) -> PlaceRow:
    whom = [
        _("track %(number)s") % {"number": place.track} if place.track else "",
        str(municipality or ""),
        str(Condition(place.condition).label) if place.condition else "",
    ]
    slot = str(TextBlock.Slot(place.slot).label)
    name = f"{names.get(code) or code} · {slot}" if code else slot[:1].upper() + slot[1:]
    entry = municipality.code if municipality else code or COMMON
    return PlaceRow(place, entry, name, " · ".join(filter(None, whom)), {})


def _order(row: PlaceRow) -> tuple[object, ...]:
    slots = list(TextBlock.Slot.values)
    return row.entry != COMMON, row.entry, slots.index(row.place.slot), row.place.track or 0, row.whom
