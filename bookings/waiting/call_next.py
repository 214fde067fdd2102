"""Let the agencies look, by the outbox, whom of their waiting parties a time fits that nobody has any more."""

from django.db import connection


def call_waiting(site: int) -> None:
    """Let each agency with parties waiting at the site with this key look for freed time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT offer_freed_time(%s)", [site])


def offer_on(party: int) -> None:
    """Let the agency of the party with this key look who else the day fits that it was offered and does not need.

    Nothing where it was offered none. Whoever holds its link asks for it too, and learns nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT offer_on(%s)", [party])
