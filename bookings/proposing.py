"""Propose: the best days for a party, or why there is none and what would help. Writes nothing, holds nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from agencies.hours import local
from agencies.models import Agency, Site, SiteDay
from agencies.refusals import Refusal
from bookings.attendance import Visit, is_valid
from bookings.claims import claimed_spans
from bookings.eligibility import require_adult, require_own_track, require_valid_basis
from bookings.models import Chain, LegalBasis, Track
from bookings.planner import (
    SLOT_MINUTES,
    Placed,
    Plan,
    Problem,
    Reason,
    Stop,
    best_plans,
    other_times,
    why_not,
)
from bookings.planning import Book, Pool, met_here, open_book, problem_for, read_pool
from bookings.profile import Profile
from bookings.proposals import Offer, Proposal

LONGEST_RANGE = 180  # days
CHOICES = 3


class SiteNotOpen(Refusal):
    kind = "site-not-open"
    field = "site"


class RangeNotUsable(Refusal):
    kind = "range-not-usable"
    field = "to"


@dataclass(frozen=True, slots=True)
class Option:
    """A proposal with the day it lies on, ready to be shown."""

    proposal: Proposal
    site_day: SiteDay
    agencies: dict[str, Agency]


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that would help. `kind` as in the planner, or `notice`, `no_stops` and `stays`."""

    kind: str
    agency: str | None = None
    day: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    also: "Hint | None" = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The proposals, best first; hints are there exactly when no proposal is."""

    options: tuple[Option, ...]
    why_not: tuple[Hint, ...]


@dataclass(frozen=True)
class Wish:
    """What is asked: whose day, in which track, whether a booked chain or one meeting of it is to move."""

    profile: Profile
    book: Book
    agencies: dict[str, Agency]
    track: Track
    limit: int
    moving: Chain | None
    meeting: str

    def visits(self, day: date) -> tuple[Visit, ...]:
        return self.book.visits(self.profile, track=self.track.number, day=day)


@dataclass(frozen=True)
class Question:
    """One planner's problem over those days of a location on which the party needs the same visits."""

    pool: Pool
    days: tuple[int, ...]
    problem: Problem
    meeting: str = ""
    taken: int = 0  # where the only meeting that may move begins now

    def plans(self, limit: int) -> tuple[Plan, ...]:
        """The best plans; for one meeting alone, those that give it another time."""
        if self.meeting:
            return other_times(self.problem, self.meeting, taken=self.taken, limit=limit)
        return best_plans(self.problem, limit=limit)

    def site_day(self, index: int) -> SiteDay:
        return self.pool.horizon.site_days[self.days[index]]


def propose(
    *,
    profile: Profile,
    site: Site,
    track: Track,
    first: date,
    last: date,
    at: datetime,
    limit: int = CHOICES,
    moving: Chain | None = None,
    meeting: str = "",
) -> Answer:
    """The best chains from the first to the last day.

    `moving` counts that chain's own claims as free; `meeting` then moves only that agency's meeting, within its day.
    Raises SiteNotOpen, RangeNotUsable, TrackOfAnother, UnaccompaniedMinor or LegalBasisNotValid.
    """
    _require_usable(profile, site, track, first, last)
    if moving and meeting:
        site_days = [moving.site_day]
    else:
        notice = timedelta(days=site.minimum_notice_days)
        site_days = _open_days(profile, site, first=max(first, local(at).date() + notice), last=last)
    if not site_days:
        return Answer((), (_closed(site, last=last, at=at),))
    book = open_book(profile, track=track.number)
    agencies = {agency.code: agency for agency in Agency.objects.filter(pk__in=book.agencies.values())}
    wish = Wish(profile, book, agencies, track, limit, moving, meeting)
    questions = list(_questions(site_days, wish))
    options = _best(questions, wish)
    return Answer(options, () if options else _hints(questions))


def _require_usable(profile: Profile, site: Site, track: Track, first: date, last: date) -> None:
    require_own_track(track, owner_code=profile.owner_code)
    if site.state != Site.State.OPEN:
        raise SiteNotOpen(
            _("%(site)s is %(state)s; no days are booked there.")
            % {"site": site, "state": site.get_state_display()}
        )
    if last < first:
        raise RangeNotUsable(_("The last day lies before the first."))
    if (last - first).days > LONGEST_RANGE:
        raise RangeNotUsable(_("Search at most %(days)s days at a time.") % {"days": LONGEST_RANGE})
    require_adult(profile.births, day=first)


def _open_days(profile: Profile, site: Site, *, first: date, last: date) -> list[SiteDay]:
    """The open days on which the legal basis holds; it must hold on one of them, unless it is overridden."""
    days = SiteDay.objects.filter(location__site=site, date__range=(first, last)).select_related(
        "location__site"
    )
    if profile.step_free:
        days = days.filter(location__step_free=True)
    found = list(days.order_by("location_id", "date"))
    if profile.overridden:
        return found
    basis = LegalBasis.objects.get(pk=profile.legal_basis)
    valid = [day for day in found if is_valid(basis.valid_from, basis.valid_to, day.date)]
    if found and not valid:
        require_valid_basis(basis, day=found[0].date)
    return valid


def _closed(site: Site, *, last: date, at: datetime) -> Hint:
    soonest = local(at).date() + timedelta(days=site.minimum_notice_days)
    return Hint("notice", day=soonest) if last < soonest else Hint("closed")


def _questions(site_days: list[SiteDay], wish: Wish) -> Iterator[Question]:
    lifted = claimed_spans(wish.moving) if wish.moving else {}
    for _location, at_location in groupby(site_days, key=lambda day: day.location_id):
        days = list(at_location)
        pool = read_pool(days, wish.profile, wish.book, lifted=lifted)
        for wanted, numbers in _by_visits(days, wish, pool).items():
            if wanted:
                problem = problem_for(pool, wish.book, wish.profile, wanted, days=numbers)
                question = Question(pool, tuple(numbers), problem)
                yield (
                    _locked(question, wish.moving, wish.meeting) if wish.moving and wish.meeting else question
                )


def _by_visits(days: Sequence[SiteDay], wish: Wish, pool: Pool) -> dict[tuple[Visit, ...], list[int]]:
    """Days on which the same agencies meet the same members; a birthday or a new rule parts them."""
    groups: dict[tuple[Visit, ...], list[int]] = {}
    for number, day in enumerate(days):
        groups.setdefault(met_here(pool, wish.book, wish.visits(day.date)), []).append(number)
    return groups


def _locked(question: Question, moving: Chain, meeting: str) -> Question:
    """Every meeting but one stays where it is, at its desk and with its interpreter."""
    slot = question.pool.horizon.slot
    held = {one.agency.code: one for one in moving.meetings.select_related("agency", "caseworker", "room")}
    interpreter = moving.interpreter.resource_id if moving.interpreter else None

    def lock(stop: Stop) -> Stop:
        kept = held.get(stop.agency)
        if kept is None or stop.agency == meeting:
            return stop
        desk, room = kept.caseworker.resource_id, kept.room and kept.room.resource_id
        return replace(
            stop,
            start=slot(kept.starts_at),
            desks=tuple(one for one in stop.desks if one.resource == desk),
            rooms=stop.rooms and tuple(one for one in stop.rooms if one.resource == room),
        )

    interpreters = question.problem.interpreters
    problem = replace(
        question.problem,
        stops=tuple(lock(stop) for stop in question.problem.stops),
        interpreters=interpreters and tuple(one for one in interpreters if one.resource == interpreter),
    )
    taken = slot(held[meeting].starts_at) if meeting in held else 0
    return replace(question, problem=problem, meeting=meeting, taken=taken)


def _best(questions: Sequence[Question], wish: Wish) -> tuple[Option, ...]:
    """The best days first; a second chain of a day only when the days do not suffice."""
    more = wish.limit + bool(wish.moving)  # the day as it is booked is no choice
    plans = [(question, plan) for question in questions for plan in question.plans(more)]
    plans.sort(key=lambda found: (found[1].waiting, found[1].added_pay, _moment(*found)))
    ranks: dict[int, int] = {}
    ranked = []
    for question, plan in plans:
        option = _option(question, plan, wish)
        if wish.moving and _stays(option, wish.moving):
            continue
        rank = ranks.get(option.site_day.pk, 0)
        ranks[option.site_day.pk] = rank + 1
        ranked.append((rank, len(ranked), option))
    return tuple(option for *_order, option in sorted(ranked, key=lambda entry: entry[:2])[: wish.limit])


def _moment(question: Question, plan: Plan) -> datetime:
    return question.pool.horizon.moment(plan.meetings[0].start)


def _stays(option: Option, moving: Chain) -> bool:
    """Whether the proposal is what is booked already."""
    booked = {(meeting.agency_id, meeting.starts_at) for meeting in moving.meetings.all()}
    return booked == {(offer.agency, offer.starts_at) for offer in option.proposal.offers}


def _option(question: Question, plan: Plan, wish: Wish) -> Option:
    site_day = question.site_day(plan.day)
    proposal = Proposal(
        party=wish.profile.key,
        site_day=site_day.pk,
        track=wish.track.number,
        interpreter=plan.interpreter,
        waiting_minutes=plan.waiting * SLOT_MINUTES,
        offers=tuple(_offer(question, placed, wish.book) for placed in plan.meetings),
        meeting=wish.meeting,
    )
    return Option(proposal, site_day, wish.agencies)


def _offer(question: Question, placed: Placed, book: Book) -> Offer:
    start = int(question.pool.horizon.moment(placed.start).timestamp()) // 60
    return Offer(
        agency=book.agencies[placed.agency],
        code=placed.agency,
        desk=placed.desk,
        room=placed.room,
        start=start,
        end=start + (placed.end - placed.start) * SLOT_MINUTES,
    )


def _hints(questions: Sequence[Question]) -> tuple[Hint, ...]:
    if not questions:
        return (Hint("no_stops"),)
    hints = [_hint(question, reason) for question in questions for reason in why_not(question.problem)]
    return tuple(sorted(hints, key=lambda hint: hint.day or date.max)) or (Hint("stays"),)


def _hint(question: Question, reason: Reason) -> Hint:
    horizon = question.pool.horizon
    has_hour = reason.start is not None and reason.end is not None
    starts_at = horizon.moment(reason.start) if has_hour else None
    return Hint(
        kind=reason.kind,
        agency=reason.agency,
        day=question.site_day(reason.day).date if reason.day is not None else None,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=SLOT_MINUTES * (reason.end - reason.start))
        if starts_at
        else None,
        also=_hint(question, reason.with_) if reason.with_ else None,
    )
