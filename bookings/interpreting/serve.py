"""Say which order's interpreter comes to a chain from outside."""

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from bookings.models import ChainOrder, InterpretedMeeting
from interpreters.models import InterpreterOrder
from interpreters.orders.allowed import require_may_order


class NotThatChain(Refusal):
    """The chain waits for no interpreter from outside on the order's day."""

    kind = "not-that-chain"
    status = 409


def serve_chain(*, chain: int, order: InterpreterOrder, by: User) -> ChainOrder:
    """Let the order serve the chain with this key. Raises NotThatChain and NotForYourRole."""
    require_may_order(by, order.agency, order.site_day)
    waits = InterpretedMeeting.objects.filter(chain_id=chain, site_day=order.site_day, interpreter=None)
    if order.state not in InterpreterOrder.HELD or not waits.exists():
        raise NotThatChain(_("That order cannot serve that day."))
    served, _made = ChainOrder.objects.update_or_create(chain_id=chain, defaults={"order": order})
    return served
