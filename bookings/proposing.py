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
from bookings.planner import Plan, Problem, Reason, best_plans, why_not
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
    """One thing that would help. `kind` as in the planner, or `notice` and `no_stops`."""

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
class Question:
    """One planner's problem over those days of a location on which the party needs the same visits."""

    pool: Pool
    days: tuple[int, ...]
    problem: Problem

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

    `moving` counts that chain's own claims as free; `meeting` then moves only that agency's meeting.
    Raises SiteNotOpen, RangeNotUsable, TrackOfAnother, UnaccompaniedMinor or LegalBasisNotValid.
    """
    _require_usable(profile, site, track, first, last)
    earliest = first if meeting else max(first, local(at).date() + timedelta(days=site.minimum_notice_days))
    site_days = _open_days(profile, site, first=earliest, last=last)
    if not site_days:
        return Answer((), (_closed(site, last=last, at=at),))
    book = open_book(profile, track=track.number)
    questions = list(_questions(site_days, profile, book, track=track, moving=moving, meeting=meeting))
    options = _best(questions, profile, book, track=track, limit=limit, moving=moving, meeting=meeting)
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
    days = SiteDay.objects.filter(location__site=site, date__range=(first, last)).select_related("location__site")
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


def _questions(
    site_days: list[SiteDay],
    profile: Profile,
    book: Book,
    *,
    track: Track,
    moving: Chain | None,
    meeting: str,
) -> Iterator[Question]:
    lifted = claimed_spans(moving) if moving else {}
    for _location, at_location in groupby(site_days, key=lambda day: day.location_id):
        days = list(at_location)
        pool = read_pool(days, profile, book, lifted=lifted)
        for wanted, numbers in _by_visits(days, profile, book, pool, track=track).items():
            if wanted:
                problem = problem_for(pool, book, profile, wanted, days=numbers)
                if moving and meeting:
                    problem = _locked(problem, pool, moving, meeting=meeting)
                yield Question(pool, tuple(numbers), problem)


def _by_visits(
    days: Sequence[SiteDay], profile: Profile, book: Book, pool: Pool, *, track: Track
) -> dict[tuple[Visit, ...], list[int]]:
    """Days on which the same agencies meet the same members; a birthday or a new rule parts them."""
    groups: dict[tuple[Visit, ...], list[int]] = {}
    for number, day in enumerate(days):
        wanted = met_here(pool, book, book.visits(profile, track=track.number, day=day.date))
        groups.setdefault(wanted, []).append(number)
    return groups


def _locked(problem: Problem, pool: Pool, moving: Chain, *, meeting: str) -> Problem:
    """Every meeting but one stays where it is, at its desk and with its interpreter."""
    held = {m.agency.code: m for m in moving.meetings.select_related("agency", "caseworker", "room")}
    interpreter = moving.interpreter.resource_id if moving.interpreter else None

    def lock(stop):
        if stop.agency == meeting or stop.agency not in held:
            return stop
        kept = held[stop.agency]
        return replace(
            stop,
            start=pool.horizon.slot(kept.starts_at),
            desks=tuple(desk for desk in stop.desks if desk.resource == kept.caseworker.resource_id),
        )

    return replace(
        problem,
        stops=tuple(lock(stop) for stop in problem.stops),
        interpreters=problem.interpreters
        and tuple(one for one in problem.interpreters if one.resource == interpreter),
    )


def _best(
    questions: Sequence[Question],
    profile: Profile,
    book: Book,
    *,
    track: Track,
    limit: int,
    moving: Chain | None,
    meeting: str,
) -> tuple[Option, ...]:
    """The best days first; a second chain of a day only when the days do not suffice."""
    plans = [(q, plan) for q in questions for plan in best_plans(q.problem, limit=limit + bool(moving))]
    plans.sort(key=lambda found: (found[1].waiting, found[1].added_pay, _moment(*found)))
    ranks: dict[int, int] = {}
    ranked = []
    for question, plan in plans:
        option = _option(question, plan, profile, book, track=track, meeting=meeting)
        if moving and _stays(option, moving):
            continue
        rank = ranks.get(option.site_day.pk, 0)
        ranks[option.site_day.pk] = rank + 1
        ranked.append((rank, len(ranked), option))
    return tuple(option for *_order, option in sorted(ranked, key=lambda entry: entry[:2])[:limit])


def _moment(question: Question, plan: Plan) -> datetime:
    return question.pool.horizon.moment(plan.meetings[0].start)


def _stays(option: Option, moving: Chain) -> bool:
    """Whether the proposal is what is booked already."""
    booked = {(m.agency_id, m.starts_at) for m in moving.meetings.all()}
    return booked == {(offer.agency, offer.starts_at) for offer in option.proposal.offers}


def _option(
    question: Question, plan: Plan, profile: Profile, book: Book, *, track: Track, meeting: str
) -> Option:
    horizon, site_day = question.pool.horizon, question.site_day(plan.day)
    offers = tuple(
        Offer(
            agency=book.agencies[placed.agency].pk,
            code=placed.agency,
            desk=placed.desk,
            room=placed.room,
            start=int(horizon.moment(placed.start).timestamp()) // 60,
            end=int(horizon.moment(placed.start).timestamp()) // 60 + (placed.end - placed.start) * 5,
        )
        for placed in plan.meetings
    )
    proposal = Proposal(
        party=profile.key,
        site_day=site_day.pk,
        track=track.number,
        interpreter=plan.interpreter,
        waiting_minutes=plan.waiting * 5,
        offers=offers,
        meeting=meeting,
    )
    return Option(proposal, site_day, dict(book.agencies))


def _hints(questions: Sequence[Question]) -> tuple[Hint, ...]:
    if not questions:
        return (Hint("no_stops"),)
    hints = [_hint(question, reason) for question in questions for reason in why_not(question.problem)]
    return tuple(sorted(hints, key=lambda hint: hint.day or date.max))


def _hint(question: Question, reason: Reason) -> Hint:
    horizon = question.pool.horizon
    has_hour = reason.start is not None and reason.end is not None
    starts_at = horizon.moment(reason.start) if has_hour else None
    return Hint(
        kind=reason.kind,
        agency=reason.agency,
        day=question.site_day(reason.day).date if reason.day is not None else None,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=5 * (reason.end - reason.start)) if starts_at else None,
        also=_hint(question, reason.with_) if reason.with_ else None,
    )
