"""Attendance rules: which agencies a party meets on a day, and who of it must come. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from agencies.clock import age_on

ADULT_AGE = 18


@dataclass(frozen=True, slots=True)
class Rule:
    """One agency's attendance rule; ages in whole years; ages and dates are inclusive, None is no limit.

    `may_be_switched`: staff may turn the meeting on or off for one party. `who`: a value of agencies.models.Who.
    """

    agency: str
    tracks: frozenset[int]
    concerns_members: bool
    min_age: int | None
    max_age: int | None
    valid_from: date
    valid_to: date | None
    is_default: bool
    may_be_switched: bool
    who: str

    def applies(self, *, track: int, day: date) -> bool:
        return track in self.tracks and is_valid(self.valid_from, self.valid_to, day)

    def concerns(self, age: int) -> bool:
        return (self.min_age is None or age >= self.min_age) and (self.max_age is None or age <= self.max_age)


@dataclass(frozen=True, slots=True)
class RequiredMeeting:
    """A meeting that the party must have; `members`: who must come, as indexes among its birth dates."""

    agency: str
    who: str
    members: tuple[int, ...]

    @property
    def persons(self) -> int:
        """How many people the length of the meeting is counted for."""
        return 1 if self.who == "one_adult" else len(self.members)


def is_valid(valid_from: date, valid_to: date | None, day: date) -> bool:
    """Whether the day lies within the dates, both inclusive; `valid_to` None: without end."""
    return valid_from <= day and (valid_to is None or day <= valid_to)


def is_adult(birth: date, day: date) -> bool:
    return age_on(birth, day) >= ADULT_AGE


def required_meetings(
    rules: Iterable[Rule],
    births: tuple[date, ...],
    *,
    track: int,
    day: date,
    switched: Mapping[str, bool] | None = None,
) -> tuple[RequiredMeeting, ...]:
    """The meetings of a party with these birth dates on the day, sorted by agency; `switched` as in Profile."""
    found = {}
    for rule in rules:
        if rule.applies(track=track, day=day):
            meeting = _required_meeting(rule, births, day=day, switch=(switched or {}).get(rule.agency))
            if meeting:
                found[rule.agency] = meeting
    return tuple(found[agency] for agency in sorted(found))


def _required_meeting(
    rule: Rule, births: tuple[date, ...], *, day: date, switch: bool | None
) -> RequiredMeeting | None:
    is_met = switch if switch is not None and rule.may_be_switched else rule.is_default
    if not is_met:
        return None
    adults = tuple(n for n, birth in enumerate(births) if is_adult(birth, day))
    if rule.who == "everyone":
        return RequiredMeeting(rule.agency, rule.who, tuple(range(len(births))))
    if not rule.concerns_members:
        return RequiredMeeting(rule.agency, rule.who, adults)
    concerned = tuple(n for n, birth in enumerate(births) if rule.concerns(age_on(birth, day)))
    if not concerned:
        return RequiredMeeting(rule.agency, "adults", adults) if switch else None
    return RequiredMeeting(rule.agency, "adults" if concerned == adults else rule.who, concerned)
