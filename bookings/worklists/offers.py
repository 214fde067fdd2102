"""Look, as each agency, whom of its waiting parties a freed time fits best; the offer is a task, and books nothing."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from agencies.dispatches.outbox import add_dispatch, viewer_for
from agencies.models import Dispatch, Site, SiteDay, User
from agencies.refusals import Refusal
from agencies.secrecy.context import acting_as
from bookings.attendance.eligibility import tracks_of
from bookings.models import Chain, FreedTime, Party, Summons, SummonsAnswer, WaitingParty
from bookings.parties.queries import day_ahead, profile_of
from bookings.proposals.answer import Option
from bookings.proposals.propose import propose
from bookings.summons.summoned_day import SummonedDay
from bookings.waiting.fit import FittingParty, best_fit
from bookings.waiting.join import End, Why, stop_waiting, wait_for_day
from bookings.waiting.queries import freed_times, has_offer, on_the_list, waiting_parties
from interpreters.models import Mastery

KIND = "bookings.freed"  # of dispatch: a party that waits or has waited; its agency looks for all that wait there
LOOKED_AT = 8  # parties that the planner tries for one freed time
TIMES = 10  # freed times at once
MINUTE = timedelta(minutes=1)


def offer_dispatched(dispatch: Dispatch, *, at: datetime) -> None:
    """Offer each freed time of the site to the best fit among the agency's waiting parties; again changes nothing."""
    with acting_as(viewer_for(dispatch)):
        if site := _site_of(dispatch.subject):
            offer_freed(site=site, by=dispatch.by, at=at)


def offer_freed(*, site: Site, by: User, at: datetime) -> None:
    """The same for the viewer's agency; a party has one offer at a time, and a freed day one party of the agency."""
    _add_whoever_asked(site, by=by, at=at)
    # In the order of their keys: another worker that looks for the same agency waits, and finds what is offered.
    list(WaitingParty.objects.select_for_update().filter(site=site, ended_at=None).order_by("pk"))
    _withdraw(site, at=at)
    for freed in freed_times(site=site.pk, at=at)[:TIMES]:
        waiting = list(waiting_parties().filter(site=site))
        if any(one.offered_day_id == freed.site_day_id for one in waiting):
            continue
        if chosen := _best_of(waiting, freed, by=by, at=at):
            WaitingParty.objects.filter(pk=chosen.key, ended_at=None).update(
                offered_day=freed.site_day, offered_at=at
            )


def find_day(
    party: Party, site_day: SiteDay, *, by: User, at: datetime, moving: Chain | None
) -> Option | None:
    """The best that the planner finds for the party on that day, the chain that moves counting as free; or None."""
    track = tracks_of(by).first()
    if track is None:
        return None
    try:
        answer = propose(
            profile=profile_of(party),
            site=site_day.location.site,
            track=track,
            first=site_day.date,
            last=site_day.date,
            at=at,
            limit=1,
            moving=moving,
        )
    except Refusal:  # the party may not come then, or not there
        return None
    return answer.options[0] if answer.options else None


def pass_on(*, waiting: WaitingParty, by: User, at: datetime) -> None:
    """The offer is nothing for the party; the next best gets it, the party keeps its place."""
    passed = WaitingParty.objects.filter(pk=waiting.pk, ended_at=None).exclude(offered_day=None)
    if passed.update(offered_day=None, offered_at=None, passed_at=at):
        add_dispatch(kind=KIND, subject=waiting.party_id, by=by, at=at)


def let_go(*, party: Party, at: datetime) -> None:
    """Take a party that keeps its day after all off the list; the time that it was offered goes to the next."""
    kept = WaitingParty.objects.filter(party=party, ended_at=None).exclude(pk__in=on_the_list().values("pk"))
    if kept.exists():
        stop_waiting(party=party, how=End.LEFT, at=at)


def _site_of(party: int) -> Site | None:
    """The site at which the party waits, or has waited: it may have left the list since the search was asked for."""
    places = WaitingParty.objects.filter(party=party).select_related("site").order_by("pk")
    wishes = SummonsAnswer.objects.filter(party=party, kind=SummonsAnswer.Kind.ANOTHER_TIME)
    wishes = wishes.select_related("chain__site_day__location__site").order_by("pk")
    if place := places.filter(ended_at=None).last():
        return place.site
    wish = wishes.filter(pk__in=_open_wishes().values("pk")).last()
    if wish is None and (place := places.last()):
        return place.site
    wish = wish or wishes.last()
    return wish.chain.site_day.location.site if wish else None


def _withdraw(site: Site, *, at: datetime) -> None:
    """Take back offers that are none any more: the day is past or closed, or the party needs none."""
    hold = on_the_list().filter(has_offer(at=at)).values("pk")
    offered = WaitingParty.objects.filter(site=site, ended_at=None, offered_day__isnull=False)
    offered.exclude(pk__in=hold).update(offered_day=None, offered_at=None)


def _open_wishes() -> QuerySet[SummonsAnswer]:
    return SummonsAnswer.objects.filter(
        kind=SummonsAnswer.Kind.ANOTHER_TIME,
        replaced_at=None,
        settled_at=None,
        chain__state=Chain.State.BOOKED,
    )


def _add_whoever_asked(site: Site, *, by: User, at: datetime) -> None:
    """Who has asked for another time waits as well, and holds the booked one until then."""
    asked = _open_wishes().filter(chain__site_day__location__site=site, chain__site_day__opens_at__gt=at)
    waiting = WaitingParty.objects.filter(ended_at=None).values("party")
    for wish in asked.exclude(party__in=waiting).select_related("party", "chain"):
        wait_for_day(
            party=wish.party, site=site, why=Why.ANOTHER_TIME, by=by, at=wish.given_at, chain=wish.chain
        )


def _best_of(waiting: list[WaitingParty], freed: FreedTime, *, by: User, at: datetime) -> FittingParty | None:
    free = [
        one
        for one in waiting
        if one.offered_day_id is None and not (one.passed_at and one.passed_at > freed.freed_at)
    ]
    spoken = _spoken_by(freed)
    first = sorted(free, key=lambda one: (one.party.interpreter_language not in spoken, one.since, one.pk))
    found = [_candidate(one, freed, spoken, by=by, at=at) for one in first[:LOOKED_AT]]
    minutes = (freed.ends_at - freed.starts_at) // MINUTE
    return best_fit([one for one in found if one], minutes=minutes)


def _candidate(
    waiting: WaitingParty, freed: FreedTime, spoken: set[str], *, by: User, at: datetime
) -> FittingParty | None:
    if waiting.chain_id and waiting.chain and waiting.chain.site_day.date == freed.site_day.date:
        return None  # on that day it cannot come
    if _has_had(waiting.party, freed.site_day):
        return None  # it gave that day up; else two days would go round in a circle
    booked = day_ahead(waiting.party, at=at)
    option = find_day(waiting.party, freed.site_day, by=by, at=at, moving=booked)
    if option is None:
        return None
    offers = option.proposal.offers
    return FittingParty(
        key=waiting.pk,
        speaks=waiting.party.needs_interpreter and waiting.party.interpreter_language in spoken,
        left_out=len(option.left_out),
        minutes=max(offer.end for offer in offers) - min(offer.start for offer in offers),
        since=waiting.since,
    )


def _has_had(party: Party, site_day: SiteDay) -> bool:
    """Whether the party has been summoned to that day before."""
    summoned = Summons.objects.filter(chain__party=party).values_list("day", flat=True)
    return any(one.site_day == site_day.pk for day in summoned for one in SummonedDay.from_json(day).days)


def _spoken_by(freed: FreedTime) -> set[str]:
    """The languages of the interpreter who is free now."""
    return set(Mastery.objects.filter(interpreter=freed.interpreter_id).values_list("language", flat=True))
