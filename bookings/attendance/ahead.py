"""What lies ahead and a change of a rule touches: booked chains by site, counted without a party being seen."""

from collections.abc import Collection
from datetime import date

from django.db import connection

from agencies.models import Site
from agencies.rules.touched import Touched

CHAINS_AHEAD = "SELECT site_id, chains FROM chains_ahead(%s, %s, %s, %s, %s, %s)"


def chains_ahead(
    *,
    first: date,
    last: date | None = None,
    tracks: Collection[int] | None = None,
    legal_basis: int | None = None,
    least: int | None = None,
    most: int | None = None,
) -> list[Touched]:
    """The sites at which chains are booked from `first` to `last`, with how many; the secretariat alone counts them.

    Of these tracks, by number; with this legal basis; with a member of `least` to `most` years. None: of any.
    """
    asked = [first, last, None if tracks is None else list(tracks), legal_basis, least, most]
    with connection.cursor() as cursor:
        cursor.execute(CHAINS_AHEAD, asked)
        counted = dict(cursor.fetchall())
    return [Touched(site.name, counted[site.pk]) for site in Site.objects.filter(pk__in=counted)]
