"""Orders interpreters for the demo's next days: most are confirmed, some wait for an answer, some were declined."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from agencies.models import SiteDay, User
from agencies.secrecy.context import acting_as, viewer_of
from bookings.models import InterpretedMeeting
from interpreters.models import Agreement, Form, Interpreter, InterpreterOrder
from interpreters.orders.answer import confirm_order, decline_order, receive_order
from interpreters.orders.ask import ask_next, ask_order
from interpreters.orders.wish import Wish
from motesplats.demo.agreements import OF_THE_STATE, of_municipality
from motesplats.demo.data import DemoSite

DAYS, MOST = 5, 4  # days ahead, and interpreters ordered for each
EARLIER = timedelta(days=6)


def order_days(demo: DemoSite, site_days: list[SiteDay], *, now: datetime) -> int:
    """Order for those of the next days that have no orders yet; gives how many orders were made."""
    by = User.objects.get(username=f"samordnare.{demo.code}")
    made = 0
    for day in site_days[:DAYS]:
        with acting_as(viewer_of(by)):
            if day.opens_at > now and not InterpreterOrder.objects.filter(site_day=day).exists():
                made += sum(1 for _order in _orders(demo, day, by=by, now=now))
    return made


def _orders(demo: DemoSite, day: SiteDay, *, by: User, now: datetime) -> Iterator[InterpreterOrder]:
    """One for each of the first interpreters that are met that day, always the same for the same bookings."""
    dice = Random(f"orders {demo.code} {day.date}")
    agreements = list(
        Agreement.objects.filter(
            contract_number__in=[
                one.number for one in (*OF_THE_STATE, of_municipality(demo)) if one.rank != 2
            ]
        )
    )
    met: dict[Interpreter, list[InterpretedMeeting]] = {}
    rows = InterpretedMeeting.objects.filter(site_day=day, interpreter__isnull=False)
    for meeting in rows.select_related("interpreter"):
        assert meeting.interpreter
        met.setdefault(meeting.interpreter, []).append(meeting)
    for n, tolk in enumerate(sorted(met, key=lambda one: one.pk)[:MOST]):
        wish = Wish(
            site_day=day,
            language=tolk.masteries.all()[0].language,
            form=Form.SCREEN if tolk.remote else Form.SITE,
            starts_at=met[tolk][0].starts_at,
            ends_at=max(one.ends_at for one in met[tolk]),
            interpreter=tolk,
        )
        who: dict[str, Any] = {"by": by, "at": min(day.opens_at - EARLIER, now)}
        order = ask_order(agreement=dice.choice(agreements), wish=wish, **who)
        yield _answered(order, n, dice, who)


def _answered(order: InterpreterOrder, n: int, dice: Random, who: dict[str, Any]) -> InterpreterOrder:
    """The third waits for its answer, the fourth was declined, and if there is a next in rank asked anew."""
    if n == 2:
        return receive_order(order=order, **who)
    if n == 3:
        declined = decline_order(order=order, **who)
        is_ranked = order.agreement.ranks.exists()
        return ask_next(order=declined, **who) if is_ranked else declined
    travel: dict[str, Any] = {"travel_minutes": 30 * dice.randrange(4), "travel_km": dice.randrange(80)}
    if order.form == Form.SCREEN:
        travel = {}
    return confirm_order(order=order, **travel, **who)
