"""Propose the best days for a party, or say why there is none and what would help. Nothing is written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.codes import agency_name, known_codes
from agencies.models import Agency, Site, SiteDay
from agencies.refusals import Refusal
from bookings.attendance.eligibility import (
    LONGEST_RANGE,
    require_adult,
    require_own_track,
    require_quota_track,
    require_valid_basis,
)
from bookings.attendance.profile import Profile
from bookings.attendance.queries import rules_in_force
from bookings.attendance.rules import is_adult, is_valid
from bookings.availability.problem import load_rule_book
from bookings.models import Chain, LegalBasis, Track
from bookings.parties.queries import meetings_by_key, together_of
from bookings.proposals.answer import Answer, Hint, Option
from bookings.proposals.choose import DAY, found_options, more_after
from bookings.proposals.day_problems import Search, day_problems
from bookings.proposals.reasons import RANGE, closed, hints_of, not_possible, prevented
from interpreters.pool.queries import pool_speaks

CHOICES = 3
LOOKED_ON = timedelta(days=42)  # after the period, for a time with an interpreter of ours


class SiteNotOpen(Refusal):
    kind = "site-not-open"
    field = "site"


class RangeNotUsable(Refusal):
    kind = "range-not-usable"
    field = "to"


class StopNotSwitchable(Refusal):
    kind = "stop-not-switchable"
    field = "without"


def propose(  # noqa: PLR0913
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
    starts: datetime | None = None,
    after: date | None = None,
    explain: bool = False,
    without: tuple[str, ...] = (),
    joined: str = "",
) -> Answer:
    """The best chains from the first to the last day, the earliest among them; `after` a day, every day in order.

    `moving` counts that chain's own claims as free; `meeting` then moves only the one with that key, within its day:
    with `starts` to that time, or, if that cannot be (`not_possible` says why), to the nearest.
    Meetings that are held together with it move with it, and with `joined` the one with that key, too.
    `without`: codes of agencies that are not met, and whose meetings are turned off when a proposal is booked.
    Raises SiteNotOpen, RangeNotUsable, TrackOfAnother, QuotaNotPossible, UnaccompaniedMinor, LegalBasisNotValid or
    StopNotSwitchable.
    """
    _require_usable(profile, site, track, first, last)
    _require_switchable(without)
    profile = profile.without(without) if without else profile
    if profile.is_quota and not moving:
        require_quota_track([track])
    if moving and meeting:
        site_days = [moving.site_day]
    else:
        soonest = local(at).date() + timedelta(days=site.minimum_notice_days)
        begin = max(first, soonest, after + DAY if after else first)
        site_days = _open_days(profile, site, first=begin, last=last)
    if not site_days:
        return Answer((), (closed(site, last=last, at=at),))
    rule_book = load_rule_book(profile, track=track.number)
    agencies = {agency.code: agency for agency in Agency.objects.filter(pk__in=rule_book.agencies.values())}
    kept_outside = bool(moving and meeting and moving.outside_interpreter)
    search = Search(
        profile=profile,
        rule_book=rule_book,
        agencies=agencies,
        track=track,
        limit=limit,
        moving=moving,
        meeting=meeting,
        starts=starts,
        outside=kept_outside,
        without=without,
        in_order=after is not None,
        together=_together(moving, meeting, joined) if moving and meeting else (),
    )
    explain = explain and not meeting
    answer = _answer(site_days, search, explain=explain)
    if answer.options or meeting or not profile.needs_interpreter:
        return answer
    from_outside = _answer(site_days, replace(search, outside=True), explain=explain)
    return _with_ours(from_outside, search, site=site, after=last) if from_outside.options else answer


def first_after(*, last: date, **search: Any) -> Hint | None:
    """The first day that works after the last one of a search without an answer; `search` as for `propose`."""
    begin, end = last + DAY, last + timedelta(days=LONGEST_RANGE)
    option = earliest(**search | {"first": begin, "last": end})
    if option is None:
        return None
    day = option.site_day.date
    change = {"from": day.isoformat(), "to": (day + RANGE).isoformat()}
    return Hint("first", day=day, change=change, option=option)


def earliest(**search: Any) -> Option | None:
    """The earliest day's best chain; `search` as for `propose`."""
    try:
        options = propose(**search | {"after": search["first"] - DAY, "limit": 1}).options
    except Refusal:  # nothing is in force that lets the party come then, or come there
        return None
    return options[0] if options else None


def _together(moving: Chain, meeting: str, joined: str) -> tuple[tuple[str, str], ...]:
    """What is held together with what while the meeting moves; a day that moves as a whole has none."""
    held = together_of(meetings_by_key(moving))
    held.pop(meeting, None)
    return tuple(sorted((held | ({joined: meeting} if joined else {})).items()))


def _answer(site_days: list[SiteDay], search: Search, *, explain: bool) -> Answer:
    problems = list(day_problems(site_days, search))
    options, possible = found_options(problems, search)
    if search.starts and not any(_begins(option, search) for option in options):
        return Answer(options, () if options else hints_of(problems), not_possible=prevented(problems))
    if not options:
        return Answer((), hints_of(problems))
    return Answer(
        options,
        (),
        more_after=more_after(options, possible, search),
        not_possible=not_possible(problems, possible, options) if explain else (),
    )


def _begins(option: Option, search: Search) -> bool:
    """Whether the meeting that is to move begins then at the time that somebody wants."""
    offers = (offer for offer in option.proposal.offers if offer.key == search.meeting)
    return any(offer.starts_at == search.starts for offer in offers)


def _with_ours(from_outside: Answer, search: Search, *, site: Site, after: date) -> Answer:
    """Days with an interpreter from outside; if ours are only busy, the nearest time with one of ours comes first."""
    profile = search.profile
    if not pool_speaks([site], language=profile.interpreter_language, sex=profile.interpreter_sex):
        return from_outside
    ours: Sequence[Any] = ()
    if search.limit > 1 and not search.in_order:
        later = _open_days(profile, site, first=after + DAY, last=after + LOOKED_ON)
        ours = _answer(later, replace(search, limit=1, in_order=True), explain=False).options
    options = (*ours, *from_outside.options)[: search.limit]
    return replace(from_outside, options=options, ours_are_busy=True)


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
    require_adult(profile.births, day=last)  # whoever is adult on no day of the search; see _open_days


def _require_switchable(codes: Sequence[str]) -> None:
    """Raise StopNotSwitchable unless the rules let staff turn these agencies' meetings off."""
    if not codes:
        return
    switchable = {rule.agency for rule in rules_in_force() if rule.may_be_switched}
    if fixed := sorted(set(codes) - switchable):
        unknown = set(fixed) - set(known_codes())
        message = (
            _("There is no agency %(code)s.") % {"code": ", ".join(sorted(unknown))}
            if unknown
            else _("The meeting with %(agency)s cannot be left out.")
            % {"agency": ", ".join(map(agency_name, fixed))}
        )
        raise StopNotSwitchable(message, errors={"without": [message]})


def _open_days(profile: Profile, site: Site, *, first: date, last: date) -> list[SiteDay]:
    """The open days on which somebody is adult and the legal basis holds; there must be one, if any day is open.

    Nobody new is booked at a paused place, or on a day that is merged into another one.
    The legal basis need not hold if it is overridden.
    """
    days = SiteDay.objects.filter(
        location__site=site,
        location__state=Site.State.OPEN,
        date__range=(first, last),
        closed_at=None,
        merges_into=None,
    ).select_related("location__site")
    if profile.step_free:
        days = days.filter(location__step_free=True)
    opened = list(days.order_by("location_id", "date"))
    found = [day for day in opened if any(is_adult(birth, day.date) for birth in profile.births)]
    if opened and not found:
        require_adult(profile.births, day=max(day.date for day in opened))
    if profile.overridden:
        return found
    basis = LegalBasis.objects.get(pk=profile.legal_basis)
    valid = [day for day in found if is_valid(basis.valid_from, basis.valid_to, day.date)]
    if found and not valid:
        require_valid_basis(basis, day=found[0].date)
    return valid
