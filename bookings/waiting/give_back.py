"""Keep what time a day gives back, until a waiting party that is offered it takes it."""

from datetime import datetime

from bookings.models import Chain, FreedTime


def give_back(*, chain: Chain, at: datetime) -> bool:
    """Write down the hours that the chain holds, before it lets go of them; nothing for a day that has begun.

    Nobody is told whose they were. Gives whether there is anything to offer, for which `call_waiting` is called.
    """
    hours = list(chain.meetings.values_list("starts_at", "ends_at"))
    starts_at = min((starts for starts, _ends in hours), default=at)
    if starts_at <= at:
        return False
    FreedTime.objects.create(
        site_day_id=chain.site_day_id,
        interpreter_id=chain.interpreter_id,
        starts_at=starts_at,
        ends_at=max(ends for _starts, ends in hours),
        freed_at=at,
    )
    return True
