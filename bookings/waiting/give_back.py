"""Keep what time a day gives back, and let each agency look whom of its waiting parties it fits."""

from datetime import datetime

from django.db import connection

from bookings.models import Chain, FreedTime


def give_back(*, chain: Chain, at: datetime) -> None:
    """Write down the hours that the chain holds, before it lets go of them; nothing for a day that has begun.

    Nobody is told whose they were. What is asked of other agencies they do as themselves, by the outbox.
    """
    hours = list(chain.meetings.values_list("starts_at", "ends_at"))
    starts_at = min((starts for starts, _ends in hours), default=at)
    if starts_at <= at:
        return
    FreedTime.objects.create(
        site_day_id=chain.site_day_id,
        interpreter_id=chain.interpreter_id,
        starts_at=starts_at,
        ends_at=max(ends for _starts, ends in hours),
        freed_at=at,
    )
    call_waiting(chain.site_day.location.site_id)


def call_waiting(site: int) -> None:
    """Let each agency with parties waiting at the site with this key look for freed time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT offer_freed_time(%s)", [site])
