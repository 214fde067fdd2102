"""One order: whoever writes about a party waits for the one before, and is later than that one."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection


def lock_party(party: int) -> None:
    """Let nobody else write in the party's checklist, note or consents until the transaction ends.

    An advisory lock, because two who write may have no row in common that both may update.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('checklist', %s))", [party])


def moment_after(written: Iterable[datetime | None], *, at: datetime) -> datetime:
    """The moment of what is written next, under the lock: `at`, but never before what has been written.

    `at` was read before the lock was waited for; meanwhile others may have written with a later one.
    """
    return max([at, *(moment for moment in written if moment)])
