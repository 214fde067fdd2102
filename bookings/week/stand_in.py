"""Let a colleague stand in for an absent one and take over what is booked, in one press."""

from datetime import datetime

from django.db import transaction

from agencies.models import Shift, User
from agencies.rosters.change import approve_shifts
from agencies.rosters.substitute import substitute
from bookings.chains.cover import Covered, absent_from, cover_shift


@transaction.atomic
def stand_in(*, shift: Shift, colleague: User, by: User, at: datetime) -> Covered:
    """Hand what the absent one misses from the moment on to the colleague, who is put on shift unless there already.

    All or nothing; raises what `substitute` and `cover_shift` raise.
    """
    there = Shift.objects.filter(
        resource=colleague.resource_id,
        site_day=shift.site_day_id,
        starts_at__lt=shift.ends_at,
        ends_at__gt=shift.starts_at,
    ).first()
    if there is None:
        there = substitute(shift=shift, colleague=colleague, by=by, at=at)
        approve_shifts(shifts=[there], by=by, at=at)
    return cover_shift(shift=shift, colleague=there, by=by, at=at, period=absent_from(shift, at=at))
