"""The row locks that every verb takes before it reads or writes claims."""

from collections.abc import Iterable

from django.db import connection

LOCKS = (
    """
    SELECT FROM agencies_resource WHERE id = ANY(%(keys)s) AND kind IN ('party', 'room')
    ORDER BY id FOR NO KEY UPDATE
    """,
    """
    SELECT FROM agencies_shift WHERE resource_id = ANY(%(keys)s) AND site_day_id = ANY(%(days)s)
    ORDER BY id FOR NO KEY UPDATE
    """,
)


KEEP_DAYS = """
    SELECT id FROM agencies_siteday WHERE id = ANY(%s) AND closed_at IS NULL ORDER BY id FOR SHARE
"""


def keep_days(days: Iterable[int]) -> set[int]:
    """Those of the site days that are open, which nobody calls off until the transaction ends; one query.

    Whoever locks shifts as well locks them before.
    """
    with connection.cursor() as cursor:
        cursor.execute(KEEP_DAYS, [list(set(days))])
        return {day for (day,) in cursor.fetchall()}


def keep_site(key: int) -> str:
    """The site's state, which nobody changes until the transaction ends, nor that of its places; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM agencies_site WHERE id = %s FOR SHARE", [key])
        return str(cursor.fetchone()[0])


def lock_resources(keys: Iterable[int], *, days: Iterable[int] = ()) -> None:
    """Lock these resources on these site days until the transaction ends; two queries.

    A desk or an interpreter is locked by its shifts on the days, so that it can be booked on another day meanwhile;
    parties and rooms have no shifts and are locked by their own rows. All callers lock everything that they touch,
    in this one order (parties and rooms, then shifts, each by primary key): otherwise two could deadlock.
    """
    held = {"keys": list(set(keys)), "days": list(set(days))}
    with connection.cursor() as cursor:
        for lock in LOCKS:
            cursor.execute(lock, held)
