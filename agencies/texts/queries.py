"""The one read of text blocks, by letter, information sheet, newcomer's page and staff pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from agencies.models import Condition, Housing, TextAudio, TextBlock
from agencies.texts.choose import Audience, Block, Words, choose

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


def texts_for(reader: Audience, *, on: date) -> Texts:
    """The blocks of the reader's language, and of Swedish where it has none, valid that day; one query."""
    found = TextBlock.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on),
        Q(track=None) | Q(track=reader.track),
        Q(municipality=None) | Q(municipality=reader.municipality),
        valid_from__lte=on,
        language__in={reader.language, SWEDISH},
        condition__in=["", *reader.conditions],
    )
    return Texts(tuple(Block(**row) for row in found.values(*FIELDS, sound=F("audio__block"))), reader)


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
