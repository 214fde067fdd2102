"""What begins soon at somebody's sites and has no interpreter: told on the pages where they start."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from agencies.models import Site, SiteDay
from bookings.models import Chain, GroupMeeting, InterpretedMeeting
from interpreters.models import InterpreterOrder
from interpreters.orders.queries import alarm_before, unfilled_orders

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Alarm:
    """Hours without an interpreter, told because they begin within so many hours.

    `reference` and `state` are the order's, empty while nobody has ordered one.
    """

    site_day: SiteDay
    language: str
    starts_at: datetime
    ends_at: datetime
    hours_left: int
    within: int
    reference: str = ""
    state: str = ""


def alarms(sites: Iterable[Site], *, at: datetime) -> list[Alarm]:
    """By time: orders without a yes, groups that none serves, and for coordinators such chains; four queries."""
    sites, within = list(sites), alarm_before(at=at)
    found = [*_orders(sites, at, within), *_chains(sites, at, within), *_groups(sites, at, within)]
    return sorted(found, key=lambda alarm: (alarm.starts_at, alarm.reference))


def _orders(sites: list[Site], at: datetime, within: timedelta) -> Iterator[Alarm]:
    for order in unfilled_orders(sites, at=at, within=within).prefetch_related(None):
        yield Alarm(
            order.site_day,
            order.language,
            order.starts_at,
            order.ends_at,
            _hours(at, order.starts_at),
            _hours(at, at + within),
            order.reference,
            order.get_state_display(),
        )


def _chains(sites: list[Site], at: datetime, within: timedelta) -> Iterator[Alarm]:
    """An order that waits for an answer is told as such, and a confirmed one is no alarm."""
    meetings = InterpretedMeeting.objects.select_related("site_day__location__site").filter(
        Q(outside_interpreter=Chain.Outside.ORDERED)
        | Q(outside_interpreter=Chain.Outside.CONFIRMED, order_id__isnull=False),
        site_day__location__site__in=sites,
        starts_at__gt=at,
        starts_at__lte=at + within,
    )
    served = InterpreterOrder.objects.filter(state__in=InterpreterOrder.HELD)
    chains: dict[int, list[InterpretedMeeting]] = {}
    for meeting in meetings.exclude(order_id__in=served.values("pk")):
        chains.setdefault(meeting.chain_id, []).append(meeting)
    for own in chains.values():
        starts_at = min(one.starts_at for one in own)
        yield Alarm(
            own[0].site_day,
            own[0].language,
            starts_at,
            max(one.ends_at for one in own),
            _hours(at, starts_at),
            _hours(at, at + within),
        )


def _groups(sites: list[Site], at: datetime, within: timedelta) -> Iterator[Alarm]:
    groups = GroupMeeting.objects.filter(
        site_day__location__site__in=sites,
        state=GroupMeeting.State.OPEN,
        interpreter=None,
        starts_at__gt=at,
        starts_at__lte=at + within,
    ).exclude(order__state__in=InterpreterOrder.HELD)
    for group in groups.select_related("site_day__location__site"):
        if group.is_interpreted:
            hours = _hours(at, group.starts_at)
            told_for = _hours(at, at + within)
            yield Alarm(group.site_day, group.language, group.starts_at, group.ends_at, hours, told_for)


def _hours(at: datetime, starts_at: datetime) -> int:
    return int((starts_at - at).total_seconds()) // HOUR
