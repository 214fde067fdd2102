"""What the text blocks say to one party: by its track, its municipality and its people on the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agencies.clock import age_on
from agencies.models import Agency, Service, TextBlock
from agencies.shelf import Shelf
from agencies.texts.choose import Audience, Words
from agencies.texts.queries import Texts, conditions_of, texts_for
from bookings.attendance.rules import ADULT_AGE
from bookings.models import LinkParty, Newcomer, Party


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """What happens at a service: in one sentence, at length, and afterwards."""

    about: Words
    sheet: Words
    after: Words

    @property
    def are_checked(self) -> bool:
        return self.about.is_checked and self.sheet.is_checked and self.after.is_checked


def texts_of_party(
    party: Party | LinkParty,
    members: Iterable[Newcomer],
    *,
    adults: int,
    children: int,
    track: int,
    day: date,
    language: str,
    shelf: Shelf,
) -> Texts:
    """The texts that hold on the day of the meetings, in the track of this number; one query, or none.

    Where no member is seen, for want of the paper code, it counts how many are called.
    """
    ages = [age_on(member.birth_date, day) for member in members] or [ADULT_AGE] * adults + [0] * children
    conditions = conditions_of(ages, adult_age=ADULT_AGE, housing=party.housing_kind)
    reader = Audience(
        language=language, track=track, municipality=party.municipality_id, conditions=conditions
    )
    return texts_for(reader, on=day, shelf=shelf)


def why_summoned(texts: Texts, owner: Agency) -> Words:
    """The letter's first paragraph, in the name of the agency that summons."""
    return texts.words(TextBlock.Slot.WHY, agency_code=owner.code)


def words_of_service(texts: Texts, service: Service) -> ServiceWords:
    return ServiceWords(
        *(
            texts.words(slot, agency_code=service.agency_code, service=service.pk)
            for slot in (TextBlock.Slot.ABOUT, TextBlock.Slot.SHEET, TextBlock.Slot.AFTER)
        )
    )
