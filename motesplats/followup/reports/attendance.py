"""What attendance counts of a site's day, by the database function that counts across the walls."""

from datetime import date

from django.db import connection

from motesplats.followup.reports.numbers import DayNumbers


def counted(site: int, day: date) -> DayNumbers:
    """Who came to the site with this key on the day, for the figures and for the site's own staff; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT dimension, key, number FROM counted_day(%s, %s)", [site, day])
        rows = cursor.fetchall()
    return DayNumbers(
        people={(dimension, key): number for dimension, key, number in rows if dimension != "total"},
        totals={key: number for dimension, key, number in rows if dimension == "total"},
    )
