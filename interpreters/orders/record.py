"""Lock an order, and write what was done with it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from interpreters.models import InterpreterOrder, OrderEvent
from interpreters.orders.allowed import require_may_order
from interpreters.orders.queries import orders


class OrderIsSettled(Refusal):
    """The order's state does not allow it: it has been confirmed, declined or cancelled, or its hours are over."""

    kind = "order-is-settled"
    status = 409


class WhyNotUsable(Refusal):
    kind = "reason-not-usable"
    field = "reason"


def locked_order(order: InterpreterOrder, *, by: User) -> InterpreterOrder:
    """The order as it is now, locked until the transaction ends. Raises NotForYourRole."""
    found = orders().select_for_update(of=("self",)).get(pk=order.pk)
    require_may_order(by, found.agency, found.site_day)
    return found


def record(
    order: InterpreterOrder, kind: OrderEvent.Kind, *, by: User, at: datetime, why: str = "", fault: str = ""
) -> None:
    """Write the event. Raises WhyNotUsable."""
    try:
        OrderEvent._meta.get_field("why").run_validators(why)
    except ValidationError as error:
        raise WhyNotUsable(" ".join(error.messages)) from error
    OrderEvent.objects.create(order=order, kind=kind, fault=fault, why=why, at=at, by=by)


def require_state(order: InterpreterOrder, *states: str, at: datetime) -> None:
    """Raises OrderIsSettled with what has become of the order."""
    state = order.state_at(at)
    if state not in states:
        raise OrderIsSettled(_("This order is already: %(state)s.") % {"state": state.label})
