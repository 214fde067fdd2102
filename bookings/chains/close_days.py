"""Close the days that have passed."""

from django.db import connection


def close_past_days() -> int:
    """Write down of every agency's booked days which have passed by the transaction's moment; gives their number.

    No viewer sees them all, so a function of the database does it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT close_past_days()")
        closed: int = cursor.fetchone()[0]
        return closed
