"""One order in full: how far it is, what it is made of, who pays which part, what may be done with it."""

from dataclasses import dataclass
from datetime import datetime

from bookings.interpreting.day import InterpreterDay, is_met_by
from bookings.interpreting.split import SplitOrder
from interpreters.agreements.costs import Cancelling, Terms, charge
from interpreters.agreements.queries import county_of, rank_in
from interpreters.models import Agreement, InterpreterOrder
from interpreters.orders.queries import cancelling_of, next_agreement, terms_of

State = InterpreterOrder.State


@dataclass(frozen=True, slots=True)
class OrderPanel:
    """An order; `following`: whom to ask next, `steps`: what cancelling costs until when, `now` is the one in force.

    `apart`: how many times it serves (a group, or several agencies at once, is one), and what the time of as many
    orders by themselves would cost in öre.
    """

    split: SplitOrder
    state: str
    following: Agreement | None
    steps: list[Cancelling]
    now: Cancelling
    terms: Terms
    county: str
    rank: int | None
    numbers: str
    apart: tuple[int, int]
    is_off_shift: bool  # confirmed with somebody of the pool who is not on shift then

    @property
    def order(self) -> InterpreterOrder:
        return self.split.order


def panel_of(day: InterpreterDay, split: SplitOrder, *, at: datetime) -> OrderPanel:
    """The order's panel; five queries at most."""
    order, terms = split.order, terms_of(split.order)
    is_refused = order.state == State.DECLINED and not hasattr(order, "successor")
    steps, county = cancelling_of(order), county_of(day.site_day.location.site)
    met = [one for one in day.met if is_met_by(order, one)]
    minutes = [one.minutes for one in met]
    return OrderPanel(
        split=split,
        state=order.state_at(at),
        following=next_agreement(order) if is_refused else None,
        steps=steps,
        now=next(step for step in steps if step.until is None or at <= step.until),
        terms=terms,
        county=county,
        rank=rank_in(order.agreement, county),
        numbers=", ".join(day.numbers_of(met)),
        apart=(len(minutes), sum(charge(terms, minutes=one).time_ore for one in minutes)),
        is_off_shift=order.state == State.CONFIRMED and _is_off_shift(day, order),
    )


def _is_off_shift(day: InterpreterDay, order: InterpreterOrder) -> bool:
    if order.interpreter is None:
        return False
    own = [one for one in day.shifts if one.resource_id == order.interpreter.resource_id]
    return not any(one.starts_at <= order.starts_at and order.ends_at <= one.ends_at for one in own)
