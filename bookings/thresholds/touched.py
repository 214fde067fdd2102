"""What a new value of a threshold touches: links of booked days, and days that become thin or are so no longer."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from agencies.models import Site, ThresholdCode
from agencies.rules.touched import Touched
from agencies.thresholds import dated
from bookings.attendance.ahead import chains_ahead
from bookings.capacity.pages import load_ahead
from bookings.capacity.thin import ThinDay, ThinLimits, thin_days

Code = ThresholdCode


def touched_by(*, code: ThresholdCode, value: int, valid_from: date, today: date) -> list[Touched]:
    """Where the value touches how much of what lies ahead; empty where that is known only when it happens."""
    if code == Code.LINK_DAYS:
        return chains_ahead(first=valid_from)
    if code in (Code.THIN_HOURS, Code.THIN_UNSAID):
        return list(_thin(code, value, valid_from, today=today))
    return []


def _thin(code: ThresholdCode, value: int, since: date, *, today: date) -> Iterator[Touched]:
    """Looked at are the weeks of the capacity page, at the sites that have open days in them."""
    values = dated(Code.THIN_HOURS, Code.THIN_UNSAID)
    changed = {**values, code: values[code].changed(since, value)}
    judged_on = max(today, since)
    before, after = (
        ThinLimits(each[Code.THIN_HOURS].on, timedelta(days=each[Code.THIN_UNSAID].on(judged_on)))
        for each in (values, changed)
    )
    for site in Site.objects.filter(locations__days__date__gte=since).distinct():
        ahead, _weeks = load_ahead(site, today=today)
        was, will = (
            _days(thin_days(ahead.days, ahead.expected, limits, today=judged_on, party_size=ahead.party_size))
            for limits in (before, after)
        )
        if more := len(will - was):
            yield Touched(_("%(site)s, days that become thin") % {"site": site.name}, more)
        if fewer := len(was - will):
            yield Touched(_("%(site)s, days that are thin no longer") % {"site": site.name}, fewer)


def _days(thin: list[ThinDay]) -> set[tuple[int, date]]:
    return {(one.day.location, one.day.on) for one in thin}
