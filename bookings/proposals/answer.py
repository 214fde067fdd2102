"""The answer to a search for days: proposals with the rows that showing them needs, and hints why others fail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from agencies.models import Agency, SiteDay
from bookings.availability.pauses import Between, pauses_between
from bookings.proposals.signed import Proposal

MARKS = ("earliest", "least-waiting")


@dataclass(frozen=True, slots=True)
class Option:
    """A proposal with the rows that showing it needs."""

    proposal: Proposal
    site_day: SiteDay
    agencies: dict[str, Agency]
    left_out: tuple[str, ...] = ()  # codes of agencies that would be met if they had a desk there
    with_children: bool = False
    marks: tuple[str, ...] = ()  # of MARKS

    @property
    def pauses(self) -> tuple[Between, ...]:
        """Break, lunch and waiting between the meetings."""
        spans = list(dict.fromkeys((offer.starts_at, offer.ends_at) for offer in self.proposal.offers))
        site = self.site_day.location.site
        return tuple(chain(*pauses_between(spans, site, with_children=self.with_children)))


@dataclass(frozen=True, slots=True)
class Hint:
    """Why a day does not work, or what does instead; `change`: of the search, by the names of the API's fields.

    `kind` as in the planner, or `notice`, `no_stops` and `stays`; or an act, whose search found `option`: `first`,
    `without`, `site` (`place`) and `any_sex`; or why the only meeting to move cannot begin at the time `starts_at`:
    `shut_then`, `party_busy`, `order_then`, `interpreter_busy`, `desk_busy`, `room_busy`, `no_break`, `no_lunch`.
    """

    kind: str
    agency: str | None = None
    day: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    also: "Hint | None" = None
    change: Mapping[str, Any] | None = None
    option: Option | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The proposals in order of time; `why_not` is there exactly when no proposal is.

    `more_after`: asked again with `after` this day, the days follow in order, none left out; None: all are shown.
    `not_possible`: why the open days before the last proposal do not work, when that was asked for.
    `ours_are_busy`: no interpreter of ours is free in the period, so that one may be ordered outside; then the first
    proposal may be a later day with one of ours.
    """

    options: tuple[Option, ...]
    why_not: tuple[Hint, ...]
    more_after: date | None = None
    not_possible: tuple[Hint, ...] = ()
    ours_are_busy: bool = False
