"""How long a yes holds after the day."""

from collections.abc import Mapping
from datetime import date

from bookings.models import Disclosure
from checklists.models import ConsentPeriod

Category = Disclosure.Category
# Until the secretariat says otherwise; the checklist goes on after the meetings.
AT_FIRST: Mapping[str, int] = {category.value: 30 for category in Category} | {Category.CHECKLIST.value: 90}


def days_open(*, on: date) -> dict[str, int]:
    """For each category how many days a yes holds, if that day is booked; one query."""
    said = ConsentPeriod.objects.filter(valid_from__lte=on).order_by("valid_from")
    return {**AT_FIRST, **dict(said.values_list("category", "days"))}
