"""The one read of text blocks, by letter, information sheet, newcomer's page and staff pages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from agencies.models import Condition, Housing, TextAudio, TextBlock
from agencies.shelf import Shelf
from agencies.texts.choose import Audience, Block, Words, choose, is_for

SWEDISH = "sv"
SENIOR_AGE = 65
OF_THEIR_OWN = (Housing.OWN, Housing.RENTED)
FIELDS = (
    "slot",
    "text",
    "language",
    "state",
    "agency_code",
    "service",
    "track",
    "municipality",
    "condition",
)


@dataclass(frozen=True, slots=True)
class Texts:
    """The blocks that a party may read on a day, of all slots and services."""

    blocks: tuple[Block, ...]
    reader: Audience

    def words(self, slot: str, *, agency_code: str = "", service: int | None = None) -> Words:
        """What stands in the slot about an agency, by its code, and its service, by its key."""
        return choose(self.blocks, self.reader, slot=slot, agency_code=agency_code, service=service)


@dataclass(frozen=True, slots=True)
class DatedBlock:
    """A block and the days on which it holds, the last one included; None: without an end."""

    block: Block
    since: date
    until: date | None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


def texts_for(reader: Audience, *, on: date, shelf: Shelf | None = None) -> Texts:
    """The blocks of the reader's language, and of Swedish where it has none, valid that day; one query, or none."""
    languages = sorted({reader.language, SWEDISH})
    kept = (shelf or Shelf()).by_key("texts", languages, _blocks_in)
    return Texts(
        tuple(
            dated.block
            for language in languages
            for dated in kept[language]
            if dated.holds(on) and is_for(dated.block, reader)
        ),
        reader,
    )


def _blocks_in(languages: Collection[str]) -> dict[str, list[DatedBlock]]:
    """All blocks by language; one query."""
    found: dict[str, list[DatedBlock]] = {language: [] for language in languages}
    rows = TextBlock.objects.filter(language__in=languages)
    for row in rows.values(*FIELDS, "valid_from", "valid_to", sound=F("audio__block")):
        since, until = row.pop("valid_from"), row.pop("valid_to")
        found[row["language"]].append(DatedBlock(Block(**row), since, until))
    return found


def conditions_of(ages: Iterable[int], *, adult_age: int, housing: str = "") -> tuple[str, ...]:
    """The conditions that hold of people of these ages in that kind of housing, in the order in which they count."""
    ages = list(ages)
    holds = {
        Condition.ALONE: len(ages) == 1,
        Condition.WITH_CHILDREN: any(age < adult_age for age in ages),
        Condition.OWN_HOUSING: housing in OF_THEIR_OWN,
        Condition.PENSIONER: any(age >= SENIOR_AGE for age in ages),
    }
    return tuple(condition.value for condition, is_so in holds.items() if is_so)


def sound_of(key: int, *, on: date) -> TextAudio | None:
    """What is read aloud of the text with this key, if the text holds that day; one query."""
    return TextAudio.objects.filter(
        Q(block__valid_to=None) | Q(block__valid_to__gte=on), block=key, block__valid_from__lte=on
    ).first()
