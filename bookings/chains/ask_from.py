"""Ask the agencies to move those whose meetings an absent caseworker would have held."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies.models import Shift, User
from agencies.refusals import Refusal
from agencies.rosters.who import require_coordinator
from bookings.chains.cover import absent_from


class NobodyToAsk(Refusal):
    kind = "nobody-to-ask"
    status = 409


@transaction.atomic
def ask_to_move_from(*, shift: Shift, by: User, at: datetime) -> int:
    """Mark the chains with a meeting at the shift during the absence as to be moved; how many.

    Their agencies see it where they start; nothing moves by itself. Raises NobodyToAsk, NotForYourRole, SiteNotYours.
    """
    require_coordinator(by, shift.site_day.location.site)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ask_to_move_from(%s, %s, %s)", [shift.resource_id, *absent_from(shift, at=at)])
        asked: int = cursor.fetchone()[0]
    if not asked:
        raise NobodyToAsk(
            _("All have been asked about before, or the day has begun: then ring whoever summons them.")
        )
    return asked
