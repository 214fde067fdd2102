"""Propose the best days for a party, or say why there is none and what would help. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain

from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Agency, Site, SiteDay
from agencies.refusals import Refusal
from bookings.attendance.eligibility import require_adult, require_own_track, require_valid_basis
from bookings.attendance.profile import Profile
from bookings.attendance.rules import is_valid
from bookings.availability.pauses import Pause, has_children, pauses_between
from bookings.availability.problem import (
    RuleBook,
    load_rule_book,
)
from bookings.models import Chain, LegalBasis, Track
from bookings.planner import (
    SLOT_MINUTES,
    Placed,
    Plan,
    Reason,
    why_not,
)
from bookings.proposals.day_problems import DayProblem, Search, day_problems
from bookings.proposals.signed import Offer, Proposal

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
    """A proposal with the rows that showing it needs."""

    proposal: Proposal
    site_day: SiteDay
    agencies: dict[str, Agency]
    left_out: tuple[str, ...] = ()  # codes of agencies that would be met if they had a desk there
    with_children: bool = False

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """Break, lunch and waiting between the meetings."""
        spans = [(offer.starts_at, offer.ends_at) for offer in self.proposal.offers]
        site = self.site_day.location.site
        return tuple(chain(*pauses_between(spans, site, with_children=self.with_children)))


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
    rule_book = load_rule_book(profile, track=track.number)
    agencies = {agency.code: agency for agency in Agency.objects.filter(pk__in=rule_book.agencies.values())}
    search = Search(profile, rule_book, agencies, track, limit, moving, meeting)
    problems = list(day_problems(site_days, search))
    options = _best(problems, search)
    return Answer(options, () if options else _hints(problems))


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


def _best(day_problems: Sequence[DayProblem], search: Search) -> tuple[Option, ...]:
    """The best days first; a second chain of the same day only after one of every day."""
    more = search.limit + bool(search.moving)  # the chain as it is booked may be among them, and is left out
    plans = [(day_problem, plan) for day_problem in day_problems for plan in day_problem.plans(more)]
    plans.sort(key=lambda found: (found[1].waiting, found[1].added_pay, _moment(*found)))
    ranks: dict[int, int] = {}
    ranked: list[tuple[int, int, Option]] = []
    for day_problem, plan in plans:
        option = _option(day_problem, plan, search)
        if search.moving and _stays(option, search.moving):
            continue
        rank = ranks.get(option.site_day.pk, 0)
        ranks[option.site_day.pk] = rank + 1
        ranked.append((rank, len(ranked), option))
    best = sorted(ranked, key=lambda entry: entry[:2])[: search.limit]
    return tuple(replace(option, left_out=_left_out(option, search)) for *_order, option in best)


def _left_out(option: Option, search: Search) -> tuple[str, ...]:
    offered = {offer.code for offer in option.proposal.offers}
    by_rule = search.required_meetings(option.site_day.date)
    return tuple(meeting.agency for meeting in by_rule if meeting.agency not in offered)


def _moment(day_problem: DayProblem, plan: Plan) -> datetime:
    return day_problem.site_calendars.horizon.moment(plan.meetings[0].start)


def _stays(option: Option, moving: Chain) -> bool:
    """Whether the proposal is what is booked already."""
    booked = {(meeting.agency_id, meeting.starts_at) for meeting in moving.meetings.all()}
    return booked == {(offer.agency, offer.starts_at) for offer in option.proposal.offers}


def _option(day_problem: DayProblem, plan: Plan, search: Search) -> Option:
    site_day = day_problem.site_day(plan.day)
    proposal = Proposal(
        party=search.profile.key,
        site_day=site_day.pk,
        track=search.track.number,
        interpreter=plan.interpreter,
        waiting_minutes=plan.waiting * SLOT_MINUTES,
        offers=tuple(_offer(day_problem, placed, search.rule_book) for placed in plan.meetings),
        meeting=search.meeting,
        version=search.moving.version if search.moving else 0,
        days=search.profile.days,
    )
    with_children = has_children(search.profile.births, site_day.date)
    return Option(proposal, site_day, search.agencies, with_children=with_children)


def _offer(day_problem: DayProblem, placed: Placed, rule_book: RuleBook) -> Offer:
    start = int(day_problem.site_calendars.horizon.moment(placed.start).timestamp()) // 60
    return Offer(
        agency=rule_book.agencies[placed.agency],
        code=placed.agency,
        desk=placed.desk,
        room=placed.room,
        start=start,
        end=start + (placed.end - placed.start) * SLOT_MINUTES,
    )


def _hints(day_problems: Sequence[DayProblem]) -> tuple[Hint, ...]:
    if not day_problems:
        return (Hint("no_stops"),)
    hints = [
        _hint(day_problem, reason) for day_problem in day_problems for reason in why_not(day_problem.problem)
    ]
    return tuple(sorted(hints, key=lambda hint: hint.day or date.max)) or (Hint("stays"),)


def _hint(day_problem: DayProblem, reason: Reason) -> Hint:
    starts_at = ends_at = None
    if reason.start is not None and reason.end is not None:
        starts_at = day_problem.site_calendars.horizon.moment(reason.start)
        ends_at = starts_at + timedelta(minutes=SLOT_MINUTES * (reason.end - reason.start))
    return Hint(
        kind=reason.kind,
        agency=reason.agency,
        day=day_problem.site_day(reason.day).date if reason.day is not None else None,
        starts_at=starts_at,
        ends_at=ends_at,
        also=_hint(day_problem, reason.with_) if reason.with_ else None,
    )
