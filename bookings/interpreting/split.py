"""Who pays which part of an order: by the minutes of meetings and groups with its interpreter, across the walls."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from agencies.models import Agency
from bookings.models import OrderMinutes
from interpreters.agreements.costs import Charge, Share, split
from interpreters.models import InterpreterOrder
from interpreters.orders.queries import charge_of, cost_of

State = InterpreterOrder.State


@dataclass(frozen=True, slots=True)
class SplitOrder:
    """An order with its cost in öre; `shares` add up to `minutes` and `ore`, `met` are minutes of meetings."""

    order: InterpreterOrder
    charge: Charge
    ore: int
    met: int
    shares: dict[Agency, Share]

    @property
    def minutes(self) -> int:
        """The minutes that are shared: of the meetings, or while there are none all that is ordered."""
        return sum(share.minutes for share in self.shares.values())

    @property
    def waiting_minutes(self) -> int:
        """Paid, and nobody is met."""
        return max(self.charge.paid_minutes - self.met, 0)


def split_orders(found: Iterable[InterpreterOrder]) -> list[SplitOrder]:
    """Each order with its split; one query for them all. What agencies meet together each has its equal part of."""
    orders = list(found)
    minutes: dict[int, dict[Agency, Fraction]] = {}
    rows = OrderMinutes.objects.filter(order__in=orders).select_related("agency")
    for row in rows.order_by("agency__code", "agency_id"):
        own = minutes.setdefault(row.order_id, {})
        own[row.agency] = own.get(row.agency, Fraction()) + Fraction(row.minutes, row.shared_by)
    return [_split(order, minutes.get(order.pk, {})) for order in orders]


def _split(order: InterpreterOrder, met: dict[Agency, Fraction]) -> SplitOrder:
    """A declined order costs nobody anything; what cancelling costs is the ordering agency's."""
    ore, charge = cost_of(order), charge_of(order)
    if order.state in {State.DECLINED, State.CANCELLED}:
        shares = {order.agency: Share(0, ore)} if ore else {}
        return SplitOrder(order, charge, ore, 0, shares)
    shares = split(ore, met=met, ordered_minutes=order.ordered_minutes, orderer=order.agency)
    return SplitOrder(order, charge, ore, round(sum(met.values())), shares)
