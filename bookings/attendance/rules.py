"""Attendance rules: which agencies a party meets on a day, and who of it must come. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from agencies.clock import age_on
from bookings.attendance.keys import key_of

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
class Order:
    """One agency is met before another; a hard order is never broken. Dates as of a rule."""

    before: str
    after: str
    is_hard: bool
    valid_from: date
    valid_to: date | None


def orders_on(orders: Iterable[Order], day: date, *, is_hard: bool) -> frozenset[tuple[str, str]]:
    """The hard orders that hold on the day, or the others, as (before, after)."""
    return frozenset(
        (order.before, order.after)
        for order in orders
        if order.is_hard == is_hard and is_valid(order.valid_from, order.valid_to, day)
    )


@dataclass(frozen=True, slots=True)
class RequiredMeeting:
    """A meeting that the party must have; `members`: who must come, as indexes among its birth dates.

    `alone`: the adult whose own meeting it is, as such an index; None: of all who have none of their own.
    """

    agency: str
    who: str
    members: tuple[int, ...]
    alone: int | None = None

    @property
    def key(self) -> str:
        """Its name in the party's chain."""
        return key_of(self.agency, None if self.alone is None else self.alone + 1)

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
    own: Collection[tuple[int, str]] = (),
) -> tuple[RequiredMeeting, ...]:
    """The meetings of a party with these birth dates on the day, sorted by agency.

    `switched` and `own` as in Profile; `births` in ascending order if there are any `own`.
    """
    found = {}
    for rule in rules:
        if rule.applies(track=track, day=day):
            meeting = _required_meeting(rule, births, day=day, switch=(switched or {}).get(rule.agency))
            if meeting:
                found[rule.agency] = meeting
    meetings = (found[agency] for agency in sorted(found))
    return tuple(part for meeting in meetings for part in _parts(meeting, own, births, day=day))


def _parts(
    meeting: RequiredMeeting, own: Collection[tuple[int, str]], births: tuple[date, ...], *, day: date
) -> Iterator[RequiredMeeting]:
    """The meeting, or one of each adult who asks to be met alone and one of the rest, if anybody is left."""
    alone = [n for n in meeting.members if (n, meeting.agency) in own and is_adult(births[n], day)]
    if not alone or len(meeting.members) == 1:
        yield meeting
        return
    if rest := tuple(n for n in meeting.members if n not in alone):
        is_one_of_many = meeting.who == "one_adult" and len(rest) > 1
        yield replace(meeting, who=meeting.who if is_one_of_many else "concerned", members=rest)
    for n in alone:
        yield RequiredMeeting(meeting.agency, "concerned", (n,), alone=n)


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
