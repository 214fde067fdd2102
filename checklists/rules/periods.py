"""How long a yes holds after the day."""

from collections.abc import Mapping
from datetime import date

from agencies.thresholds import Dated
from bookings.models import Disclosure
from checklists.models import ConsentPeriod

Category = Disclosure.Category
# Until the secretariat says otherwise; the checklist goes on after the meetings.
AT_FIRST: Mapping[str, int] = {category.value: 30 for category in Category} | {Category.CHECKLIST.value: 90}


def said_periods() -> dict[str, Dated]:
    """For each category how many days a yes holds, by the booked day; one query."""
    rows = list(ConsentPeriod.objects.order_by("valid_from"))
    return {
        category: Dated(first, tuple((row.valid_from, row.days) for row in rows if row.category == category))
        for category, first in AT_FIRST.items()
    }


def days_open(*, on: date) -> dict[str, int]:
    """For each category how many days a yes holds, if that day is booked; one query."""
    return {category: said.on(on) for category, said in said_periods().items()}
