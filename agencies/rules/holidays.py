"""Add and remove the days on which no site opens."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Holiday, Site, User
from agencies.refusals import Refusal
from agencies.rules.dated import require_ahead, require_secretariat
from agencies.sites.saving import ValueNotAllowed, check


class DayIsOpen(Refusal):
    """Sites are open on that day; `sites` says which."""

    kind = "day-is-open"
    status = 409
    field = "date"

    def __init__(self, sites: list[str]) -> None:
        super().__init__(
            _("%(sites)s are open on that day. Call the day off there first.") % {"sites": ", ".join(sites)}
        )
        self.sites = sites


def sites_open_on(day: date) -> list[str]:
    """The names of the sites that are open on the day."""
    open_there = Site.objects.filter(locations__days__date=day, locations__days__closed_at=None)
    return list(open_there.distinct().values_list("name", flat=True))


def check_holiday(day: date, *, at: datetime) -> None:
    """Raises ValueNotAllowed for today and the past, and DayIsOpen."""
    require_ahead(day, at=at, field="date")
    if Holiday.objects.filter(date=day).exists():
        message = _("That day is a holiday already.")
        raise ValueNotAllowed(message, errors={"date": [message]})
    if sites := sites_open_on(day):
        raise DayIsOpen(sites)


@transaction.atomic
def add_holiday(*, date: date, name: str, by: User, at: datetime) -> Holiday:
    """Let no site open on the day. Raises RulesKeptByOthers, ValueNotAllowed and DayIsOpen."""
    require_secretariat(by)
    check_holiday(date, at=at)
    holiday = Holiday(date=date, name=name)
    check(holiday)
    holiday.save()
    return holiday


@transaction.atomic
def remove_holiday(*, holiday: Holiday, by: User, at: datetime) -> None:
    """Let sites open on that day again. Raises RulesKeptByOthers, and ValueNotAllowed for a day that has been."""
    require_secretariat(by)
    require_ahead(holiday.date, at=at, field="date")
    holiday.delete()
