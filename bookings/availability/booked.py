"""What is booked against shifts, for the verbs of rosters; never whose it is, but by what the viewer may call it."""

from collections.abc import Sequence

from django.db import connection

from agencies.rosters.held import Held, Period
from bookings.availability.claims import LONGEST_CLAIM
from bookings.models import Claim, ExpectedParty, GroupMeeting, OccupiedDesk

# The conditions on starts_at are there for the index below the view, which cannot use the overlap.
HELD = """
    SELECT resource_id, lower(period), upper(period) FROM free_busy
    WHERE resource_id = ANY(%(keys)s) AND period && tstzrange(%(first)s, %(last)s)
      AND starts_at > %(earliest)s AND starts_at < %(last)s
    ORDER BY starts_at, resource_id
"""


def held_in(resources: Sequence[int], period: Period) -> list[Held]:
    """What any agency's meetings hold of the resources in the period; one query."""
    first, last = period
    with connection.cursor() as cursor:
        cursor.execute(
            HELD,
            {"keys": list(resources), "first": first, "last": last, "earliest": first - LONGEST_CLAIM},
        )
        return [Held(*row) for row in cursor.fetchall()]


def names_in(resources: Sequence[int], period: Period) -> list[str]:
    """The references of their chains that the viewer may see; for others the day's numbers on the board."""
    begins = {"starts_at__gte": period[0], "starts_at__lt": period[1]}
    of_meetings = Claim.objects.filter(resource__in=resources, meeting__isnull=False, **begins)
    own = of_meetings.values_list("meeting__chain__reference", flat=True)
    groups = GroupMeeting.objects.filter(
        caseworker__resource__in=resources, state=GroupMeeting.State.OPEN, **begins
    )
    met = ExpectedParty.objects.filter(caseworker__resource__in=resources, **begins)
    desks = OccupiedDesk.objects.filter(caseworker__resource__in=resources, **begins)
    return [*own, *met.values_list("chain_reference", flat=True), *map(str, desks), *map(str, groups)]
