"""Random households, the same for the same state of the random generator (`dice`). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from agencies.models import Housing
from bookings.attendance.rules import ADULT_AGE
from bookings.parties.members import Member
from bookings.parties.register import Particulars
from motesplats.demo.data import family_name, given_name

# Relative frequencies.
LANGUAGES = {"ar": 35, "prs": 20, "so": 18, "ti": 19, "en": 6, "sv": 2}
TRACKS = {1: 30, 2: 40, 3: 30}
LEGAL_BASES = {
    1: ("UTL-5-1", "UTL-5-1", "UTL-5-1", "UTL-5-4", "UTL-5-6", "UTL-12-18"),
    2: ("ANHORIG", "ANHORIG", "UTL-21"),
    3: ("UTL-5-2",),
}
# Numbers of adults and children, with relative frequencies.
SHAPES = {(1, 0): 26, (2, 0): 16, (1, 2): 9, (2, 1): 13, (2, 2): 16, (2, 3): 11, (2, 4): 6, (2, 5): 3}
SINCE_REGISTERED = 110  # days before the meeting on which everybody is born
DECIDED = (110, 160)  # days before the meeting between which the permit is decided
ELDERS = 0.18  # the share of households with somebody of pension age
MOBILES = range(605, 700)  # from 070-1740605 on: the authority's numbers for fiction, given to no subscriber

Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class Household:
    """What a caseworker would enter about a family."""

    track: int
    language: str
    legal_basis: str
    members: tuple[Member, ...]
    particulars: Particulars


def random_household(
    dice: Random,
    *,
    day: date,
    postal: str,
    language: str = "",
    track: int = 0,
    shape: tuple[int, int] | None = None,
    decided: tuple[int, int] = DECIDED,
) -> Household:
    """A household for a meeting on the day; language, track and `shape` (adults, children) are random if not given."""
    language, track = language or _pick(dice, LANGUAGES), track or _pick(dice, TRACKS)
    adults, children = shape or _pick(dice, SHAPES)
    is_old = dice.random() < ELDERS
    ages = [*_adult_ages(dice, adults, is_old=is_old and not children), *_child_ages(dice, children)]
    if is_old and children and len(ages) < 7:
        ages.append(dice.randint(66, 79))
    name = family_name(dice, language=language)
    return Household(
        track=track,
        language=language,
        legal_basis=dice.choice(LEGAL_BASES[track]),
        members=tuple(_members(dice, ages, day=day, language=language, name=name)),
        particulars=_particulars(dice, track=track, day=day, postal=postal, decided=decided),
    )


def _adult_ages(dice: Random, adults: int, *, is_old: bool) -> list[int]:
    first = dice.randint(67, 78) if is_old else dice.randint(19, 52)
    return [first, *(max(18, first + dice.randint(-5, 4)) for _ in range(adults - 1))]


def _child_ages(dice: Random, children: int) -> list[int]:
    return sorted((dice.randint(0, 17) for _ in range(children)), reverse=True)


def _members(dice: Random, ages: Sequence[int], *, day: date, language: str, name: str) -> Iterator[Member]:
    first = dice.choice("FM")
    for place, age in enumerate(ages):
        sex = {0: first, 1: "FM"[first == "F"]}.get(place) or dice.choice("FM")
        birth = day - timedelta(days=365.25 * age + SINCE_REGISTERED + dice.randint(0, 250))
        own_phone = _own_phone(birth) if place == 1 and age >= ADULT_AGE else ""
        yield Member(given_name(dice, language=language, sex=sex), name, birth, sex, own_phone=own_phone)


def _own_phone(birth: date) -> str:
    """Every third has one."""
    number = birth.toordinal()
    return "" if number % 3 else f"070-1740{MOBILES[number % len(MOBILES)]}"


def _particulars(
    dice: Random, *, track: int, day: date, postal: str, decided: tuple[int, int]
) -> Particulars:
    return Particulars(
        decided_on=day - timedelta(days=dice.randint(*decided)),
        is_quota=track == 3,
        housing_kind=dice.choice(("", "", Housing.RENTED, Housing.FACILITY, Housing.ARRANGED)),
        address="" if dice.random() < 0.06 else f"Exempelgatan {dice.randint(1, 90)}, {postal}",
        phone="" if dice.random() < 0.1 else f"070-1740{dice.choice(MOBILES)}",
        step_free=dice.random() < 0.05,
        extra_time=dice.random() < 0.04,
        caseworker_sex="F" if dice.random() < 0.03 else "",
        interpreter_sex="F" if dice.random() < 0.05 else "",
    )


def _pick(dice: Random, weights: Mapping[Choice, int]) -> Choice:
    return dice.choices(list(weights), list(weights.values()))[0]
