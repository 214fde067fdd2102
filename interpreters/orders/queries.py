"""Reads of orders, and what each costs."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from agencies.clock import local
from agencies.models import Site, SiteDay, ThresholdCode
from agencies.thresholds import threshold
from interpreters.agreements.costs import Cancelling, Charge, Terms, cancellation_ore, cancelling, charge
from interpreters.agreements.queries import next_in_rank, terms_on
from interpreters.models import Agreement, InterpreterOrder

State = InterpreterOrder.State


def orders() -> QuerySet[InterpreterOrder]:
    """Those that the viewer may see, with what their cost is made of."""
    return InterpreterOrder.objects.select_related(
        "agreement", "agency", "interpreter", "site_day__location__site", "successor", "former"
    ).prefetch_related("agreement__terms__prices")


def orders_on(site_day: SiteDay) -> list[InterpreterOrder]:
    """The day's orders, with their events."""
    return list(orders().filter(site_day=site_day).prefetch_related("events__by"))


def alarm_before(*, at: datetime) -> timedelta:
    """How long before it begins what has no interpreter is an alarm; one query."""
    return timedelta(hours=threshold(ThresholdCode.ALARM_HOURS, on=local(at).date()))


def unfilled_orders(sites: Iterable[Site], *, at: datetime, within: timedelta) -> QuerySet[InterpreterOrder]:
    """What begins at the sites within that time and nobody has confirmed; declined and asked anew is not among it."""
    return (
        orders()
        .filter(
            site_day__location__site__in=list(sites),
            state__in=[*InterpreterOrder.OPEN, State.DECLINED],
            starts_at__gt=at,
            starts_at__lte=at + within,
        )
        .exclude(successor__isnull=False)
    )


def terms_of(order: InterpreterOrder) -> Terms:
    """The agreement's terms on the order's day."""
    found = terms_on(order.agreement, order.site_day.date, form=order.form, level=order.level)
    assert found, "an order is of a form and level that has a price"
    return found


def charge_of(order: InterpreterOrder) -> Charge:
    """What the order costs if it is carried out."""
    return charge(
        terms_of(order),
        minutes=order.ordered_minutes,
        travel_minutes=order.travel_minutes,
        km=order.travel_km,
    )


def cost_of(order: InterpreterOrder) -> int:
    """What the order costs in öre as things stand: a declined one nothing, a cancelled one what cancelling cost."""
    if order.state == State.DECLINED:
        return 0
    return charge_of(order).ore if order.cancellation_ore is None else order.cancellation_ore


def cancelling_of(order: InterpreterOrder) -> list[Cancelling]:
    """What cancelling the order costs at which time; nothing before the supplier has confirmed it."""
    if order.state != State.CONFIRMED:
        return [Cancelling(None, 0)]
    return cancelling(terms_of(order), charge_of(order), starts_at=order.starts_at)


def cancellation_of(order: InterpreterOrder, *, at: datetime) -> int:
    """What cancelling the order costs in öre at the moment."""
    if order.state != State.CONFIRMED:
        return 0
    return cancellation_ore(terms_of(order), charge_of(order), starts_at=order.starts_at, at=at)


def agreements_tried(order: InterpreterOrder) -> list[Agreement]:
    """Those of the order and of the declined ones before it."""
    tried, one = [], order
    while one:
        tried.append(one.agreement)
        one = one.former  # type: ignore[assignment]  # the first one has none
    return tried


def next_agreement(order: InterpreterOrder) -> Agreement | None:
    """Whom the county ranks next, after all that have been tried."""
    return next_in_rank(
        agreements_tried(order),
        agency=order.agency,
        site=order.site_day.location.site,
        day=order.site_day.date,
        form=order.form,
        level=order.level,
    )
