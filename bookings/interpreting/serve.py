"""Say which order's interpreter comes to a chain, or to a group, from outside."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from agencies.spoken import interpreted_as
from bookings.models import ChainOrder, GroupMeeting, InterpretedMeeting
from interpreters.models import InterpreterOrder
from interpreters.orders.allowed import require_may_order


class NotThatChain(Refusal):
    """The chain waits for no interpreter from outside on the order's day."""

    kind = "not-that-chain"
    status = 409


def serve_chain(*, chain: int, order: InterpreterOrder, by: User) -> ChainOrder:
    """Let the order serve the chain with this key. Raises NotThatChain and NotForYourRole."""
    require_may_order(by, order.agency, order.site_day)
    waits = InterpretedMeeting.objects.filter(chain_id=chain, site_day=order.site_day)
    if order.state not in InterpreterOrder.HELD or not waits.exclude(outside_interpreter="").exists():
        raise NotThatChain(_("That order cannot serve that day."))
    served, _made = ChainOrder.objects.update_or_create(chain_id=chain, defaults={"order": order})
    return served


class NotThatGroup(Refusal):
    """The group waits for no interpreter from outside on the order's day, or the order is for another language."""

    kind = "not-that-group"
    status = 409


@transaction.atomic
def serve_group(*, reference: str, order: InterpreterOrder, by: User) -> GroupMeeting:
    """Let the order serve the group with this reference. Raises NotThatGroup and NotForYourRole."""
    require_may_order(by, order.agency, order.site_day)
    groups = GroupMeeting.objects.select_for_update(no_key=True).filter(
        reference=reference.replace("\x00", ""),
        site_day=order.site_day,
        state=GroupMeeting.State.OPEN,
        interpreter=None,
    )
    group = groups.first()
    if order.state not in InterpreterOrder.HELD or group is None or not is_for(order, group):
        raise NotThatGroup(_("That order cannot serve that group."))
    group.order = order
    group.save(update_fields=["order"])
    return group


def is_for(order: InterpreterOrder, group: GroupMeeting) -> bool:
    """Whether it is of a language that the group is held in, and has its hours."""
    is_spoken = group.is_interpreted and order.language in interpreted_as(group.language)
    return is_spoken and order.starts_at <= group.starts_at and group.ends_at <= order.ends_at
