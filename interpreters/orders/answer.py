"""What the supplier answers to an order: received, confirmed, declined."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import User
from interpreters.models import Interpreter, InterpreterOrder, OrderEvent
from interpreters.orders.record import locked_order, record, require_state
from interpreters.orders.wish import OVERLAP, InterpreterIsOrdered, check_interpreter, wish_of

State = InterpreterOrder.State


@transaction.atomic
def receive_order(*, order: InterpreterOrder, by: User, at: datetime) -> InterpreterOrder:
    """The supplier has the order and will answer. Raises OrderIsSettled and NotForYourRole."""
    order = locked_order(order, by=by)
    require_state(order, State.ASKED, at=at)
    order.state = State.RECEIVED
    order.save(update_fields=["state"])
    record(order, OrderEvent.Kind.RECEIVED, by=by, at=at)
    return order


@transaction.atomic
def confirm_order(
    *,
    order: InterpreterOrder,
    by: User,
    at: datetime,
    interpreter: Interpreter | None = None,
    travel_minutes: int | None = None,
    travel_km: int | None = None,
) -> InterpreterOrder:
    """The supplier sends somebody, perhaps an interpreter of the pool, who travels so far.

    Raises OrderIsSettled, OrderNotUsable, InterpreterIsOrdered and NotForYourRole; then nothing is written.
    """
    order = locked_order(order, by=by)
    require_state(order, *InterpreterOrder.OPEN, at=at)
    if interpreter:
        check_interpreter(interpreter, wish_of(order))
        order.interpreter = interpreter
    order.travel_minutes = order.travel_minutes if travel_minutes is None else travel_minutes
    order.travel_km = order.travel_km if travel_km is None else travel_km
    order.state = State.CONFIRMED
    _save(order)
    record(order, OrderEvent.Kind.CONFIRMED, by=by, at=at)
    return order


@transaction.atomic
def decline_order(*, order: InterpreterOrder, by: User, at: datetime, why: str = "") -> InterpreterOrder:
    """The supplier has nobody. Raises OrderIsSettled, WhyNotUsable and NotForYourRole."""
    order = locked_order(order, by=by)
    require_state(order, *InterpreterOrder.OPEN, at=at)
    order.state = State.DECLINED
    order.save(update_fields=["state"])
    record(order, OrderEvent.Kind.DECLINED, by=by, at=at, why=why)
    return order


def _save(order: InterpreterOrder) -> None:
    try:
        with transaction.atomic():
            order.save(update_fields=["state", "interpreter", "travel_minutes", "travel_km"])
    except IntegrityError as error:
        if OVERLAP not in str(error):
            raise
        message = _("The interpreter is already ordered for a part of that time.")
        raise InterpreterIsOrdered(message) from error
