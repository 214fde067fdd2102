"""How a day's ordered interpreters came, by their orders."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from agencies.models import Site
from interpreters.models import InterpreterOrder, OrderEvent

State, Fault = InterpreterOrder.State, OrderEvent.Fault


@dataclass(frozen=True, slots=True)
class OrdersOfDay:
    """How many interpreters were ordered, came, and came late."""

    ordered: int
    came: int
    late: int


def orders_of(site: Site, day: date) -> OrdersOfDay:
    """Of the orders that the viewer may see, without those called off or asked anew elsewhere; one query."""
    found = InterpreterOrder.objects.filter(site_day__location__site=site, site_day__date=day)
    found = found.exclude(state=State.CANCELLED).exclude(successor__isnull=False)
    confirmed = Q(state=State.CONFIRMED)
    sums = found.aggregate(
        ordered=Count("pk", distinct=True),
        confirmed=Count("pk", filter=confirmed, distinct=True),
        absent=Count("pk", filter=confirmed & Q(events__fault=Fault.ABSENT), distinct=True),
        late=Count("pk", filter=confirmed & Q(events__fault=Fault.LATE), distinct=True),
    )
    return OrdersOfDay(sums["ordered"], sums["confirmed"] - sums["absent"], sums["late"])
