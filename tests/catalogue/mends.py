"""A mend of the walls is taken back for a while, for checks that must be able to fail."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations import RunSQL

from tests.database import as_migrator


@contextmanager
def taken_back(mend: RunSQL, *later: RunSQL) -> Iterator[None]:
    """Without the mend; afterwards it is there again, and what later migrations have made of it."""
    with as_migrator() as cursor:
        cursor.execute(str(mend.reverse_sql))
    try:
        yield
    finally:
        with as_migrator() as cursor:
            for one in (mend, *later):
                cursor.execute(str(one.sql))
