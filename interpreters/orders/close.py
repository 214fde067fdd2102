"""Cancel an order, and complain of one that was carried out."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from interpreters.models import InterpreterOrder, OrderEvent
from interpreters.orders.queries import cancellation_of
from interpreters.orders.record import locked_order, record, require_state

State = InterpreterOrder.State


class CostsMore(Refusal):
    """Cancelling costs another sum than whoever cancels has seen."""

    kind = "costs-more"
    status = 409


@transaction.atomic
def cancel_order(
    *, order: InterpreterOrder, by: User, at: datetime, why: str = "", seen_ore: int | None = None
) -> InterpreterOrder:
    """Cancel for what that costs at the moment; `seen_ore`: only if it costs no more than that.

    Raises OrderIsSettled, CostsMore, WhyNotUsable and NotForYourRole; then nothing is written.
    """
    order = locked_order(order, by=by)
    require_state(order, *InterpreterOrder.HELD, at=at)
    ore = cancellation_of(order, at=at)
    if seen_ore is not None and ore > seen_ore:
        raise CostsMore(_("Cancelling costs more by now. Look again before you cancel."))
    order.state, order.cancellation_ore = State.CANCELLED, ore
    order.save(update_fields=["state", "cancellation_ore"])
    record(order, OrderEvent.Kind.CANCELLED, by=by, at=at, why=why)
    return order


@transaction.atomic
def complain(
    *, order: InterpreterOrder, fault: OrderEvent.Fault, by: User, at: datetime, why: str = ""
) -> InterpreterOrder:
    """Keep a complaint of an order that was confirmed. Raises OrderIsSettled, WhyNotUsable and NotForYourRole."""
    order = locked_order(order, by=by)
    require_state(order, State.CONFIRMED, State.DONE, at=at)
    record(order, OrderEvent.Kind.COMPLAINED, by=by, at=at, why=why, fault=fault)
    return order
