"""Ask a supplier for an interpreter, and the next in rank when it declines."""

import uuid
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.references import new_reference
from agencies.refusals import Refusal
from interpreters.agreements.queries import agreements
from interpreters.models import Agreement, InterpreterOrder, OrderEvent
from interpreters.orders.allowed import require_may_order
from interpreters.orders.queries import next_agreement
from interpreters.orders.record import OrderIsSettled, locked_order, record
from interpreters.orders.wish import OVERLAP, InterpreterIsOrdered, Wish, checked_wish, unusable, wish_of

ATTEMPTS = 10


class OrderRepeated(Refusal):
    """The key of an earlier request, with another order in it."""

    kind = "order-repeated"
    status = 409


class NobodyNext(Refusal):
    kind = "nobody-next-in-rank"
    status = 409


def ask_order(
    *,
    agreement: Agreement,
    wish: Wish,
    by: User,
    at: datetime,
    agency: Agency | None = None,
    request: uuid.UUID | None = None,
) -> InterpreterOrder:
    """Ask for an interpreter; without an `agency` the one orders that usually does.

    The same `request` of the same user again gives the same order. Raises NotForYourRole, OrderNotUsable,
    InterpreterIsOrdered or OrderRepeated; then nothing is written.
    """
    with transaction.atomic():
        agreement = agreements().get(pk=agreement.pk)
        orderer = agency or _usual_orderer(agreement, by)
        require_may_order(by, orderer, wish.site_day)
        checked = checked_wish(agreement, orderer, wish, at=at)
        request = request and uuid.uuid5(request, str(by.pk))
        order = _order(agreement, orderer, checked)
        if request and (earlier := _earlier(request)):
            return _same(earlier, order)
        order.request = request
        return _insert(order, by=by, at=at)


def ask_next(*, order: InterpreterOrder, by: User, at: datetime) -> InterpreterOrder:
    """Ask whom the county ranks next for what this order asked in vain.

    Raises OrderIsSettled if the order was not declined or somebody has asked already, or NobodyNext.
    """
    with transaction.atomic():
        order = locked_order(order, by=by)
        if order.state != InterpreterOrder.State.DECLINED:
            raise OrderIsSettled(_("Only when an order is declined the next in rank is asked."))
        if InterpreterOrder.objects.filter(former=order).exists():
            raise OrderIsSettled(_("The next in rank has already been asked."))
        agreement = next_agreement(order)
        if not agreement:
            raise NobodyNext(_("Nobody is next in rank in this county. Order under another agreement."))
        wish = checked_wish(agreement, order.agency, wish_of(order), at=at)
        following = _order(agreement, order.agency, wish)
        following.former = order
        return _insert(following, by=by, at=at)


def _usual_orderer(agreement: Agreement, by: User) -> Agency:
    agencies = list(agreement.agencies.all())
    if by.agency in agencies:
        assert by.agency
        return by.agency
    if agreement.orderer:
        return agreement.orderer
    if len(agencies) == 1:
        return agencies[0]
    raise unusable("agency", _("Say which agency orders."))


def _order(agreement: Agreement, agency: Agency, wish: Wish) -> InterpreterOrder:
    return InterpreterOrder(
        agreement=agreement,
        agency=agency,
        **{name: getattr(wish, name) for name in wish.__slots__},
    )


def _earlier(request: uuid.UUID) -> InterpreterOrder | None:
    """The order of an earlier request; waits for one that has not committed yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [request.int % 2**63])
    return InterpreterOrder.objects.filter(request=request).first()


def _same(earlier: InterpreterOrder, order: InterpreterOrder) -> InterpreterOrder:
    said = (
        "agreement_id",
        "agency_id",
        "site_day_id",
        "language",
        "form",
        "level",
        "sex",
        "starts_at",
        "ends_at",
    )
    if any(getattr(earlier, name) != getattr(order, name) for name in said):
        raise OrderRepeated(_("That key was used for another order."))
    return earlier


def _insert(order: InterpreterOrder, *, by: User, at: datetime) -> InterpreterOrder:
    """Insert under a new reference, and try another if it is taken; row level security hides which are."""
    order.asked_at = at
    for attempt in range(ATTEMPTS):
        order.reference = new_reference()
        try:
            with transaction.atomic():
                order.save(force_insert=True)
        except IntegrityError as error:
            if OVERLAP in str(error):
                raise InterpreterIsOrdered(
                    _("The interpreter is already ordered for a part of that time.")
                ) from error
            if "_reference_" not in str(error) or attempt == ATTEMPTS - 1:
                raise
        else:
            break
    record(order, OrderEvent.Kind.ASKED, by=by, at=at)
    return order
