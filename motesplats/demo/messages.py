"""Tells the demo's families of their days in the next two weeks, and lets some of them answer; each family once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from agencies.dates import stockholm
from agencies.models import Dispatch, SiteDay, User
from agencies.secrecy.context import Viewer, acting_as, viewer_of
from bookings.answers.give import Call, give_answer
from bookings.answers.queries import is_number_known
from bookings.messages.plan import KIND, plan_summons
from bookings.messages.send import give_up
from bookings.models import Chain, Link, Message, SummonsAnswer
from motesplats.demo.data import DemoSite
from motesplats.demo.families import MOBILES

AHEAD = timedelta(days=14)
Kind = SummonsAnswer.Kind
# Relative frequencies; "" has not answered yet.
ANSWERS = {"": 55, Kind.YES: 35, Kind.ANOTHER_TIME: 4, Kind.HELP: 6}


def tell_days(
    demo: DemoSite, site_days: Iterable[SiteDay], caseworkers: Iterable[User], *, now: datetime
) -> int:
    """Plan the messages of booked days that have none yet, as of now; gives how many families are told."""
    last = stockholm(now) + AHEAD
    days = [day for day in site_days if day.opens_at > now and day.date <= last]
    told = 0
    for by in caseworkers:
        with acting_as(viewer_of(by)):
            chains = list(_untold(days))
            for chain in chains:
                latest = chain.summonses.latest("version")
                plan_summons(chain=chain, summons=latest, by=by, at=now)
            _fail_one(chains, at=now)
            links = list(_links(chains))
        _answer(demo, links, now=now)
        told += len(chains)
    return told


def _untold(days: list[SiteDay]) -> Iterable[Chain]:
    booked = Chain.objects.filter(site_day__in=days, state=Chain.State.BOOKED, messages=None)
    return booked.select_related("party", "site_day__location__site").order_by("site_day__date", "pk")


def _fail_one(chains: list[Chain], *, at: datetime) -> None:
    """The first family's first message is given up, so that there is one to see; once for each agency."""
    if Message.objects.filter(state=Message.State.FAILED).exists():
        return
    waits = Message.objects.filter(
        chain__in=chains[:1], kind=Message.Kind.SUMMONS, state=Message.State.PLANNED
    )
    message = waits.exclude(channel="letter").first()
    dispatch = message and Dispatch.objects.select_related("by").filter(kind=KIND, subject=message.pk).first()
    if dispatch:
        give_up(dispatch, at=at)


def _links(chains: list[Chain]) -> Iterable[Link]:
    """The first adult's link of each, in the order of the days."""
    first: dict[int, Link] = {}
    for link in Link.objects.filter(chain__in=chains).order_by("chain__site_day__date", "pk"):
        first.setdefault(link.chain_id, link)
    return first.values()


def _answer(demo: DemoSite, links: list[Link], *, now: datetime) -> None:
    """Some answer by their own link, always the same for the same bookings."""
    dice = Random(f"answers {demo.code} {stockholm(now)}")
    for link in links:
        answer = dice.choices(list(ANSWERS), list(ANSWERS.values()))[0]
        why = dice.choice(("ill", "children")) if answer == Kind.ANOTHER_TIME else ""
        call = Call(period=dice.choice(("morning", "afternoon"))) if answer == Kind.HELP else Call()
        if answer:
            with acting_as(Viewer(link=link.token_hash)):
                if answer == Kind.HELP and not is_number_known(link):
                    call = replace(call, number=f"070-1740{dice.choice(MOBILES)}")
                give_answer(link=link, answer=answer, why=why, call=call, at=now)
