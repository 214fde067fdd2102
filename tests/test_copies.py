"""What a test that commits leaves behind is what it found."""

import pytest
from django.db import connection

from agencies.models import Site
from tests.copies import COPIED, restore_reference
from tests.database import as_migrator, empty_tables, load_reference

pytestmark = pytest.mark.django_db(transaction=True)
STAMPS = "agencies_referencestamp"  # a row for each transaction that has changed the data


def rows() -> dict[str, int]:
    """How many rows each copied table has, also where the policies hide them from the owner."""
    with as_migrator() as cursor:
        cursor.execute(COPIED)
        tables = [table for table, _is_forced, _columns in cursor.fetchall() if table != STAMPS]
        cursor.execute(" ".join(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;" for table in tables))
        counted = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counted[table] = cursor.fetchone()[0]
        cursor.connection.rollback()
    return counted


def forced() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
        return {name for (name,) in cursor.fetchall()}


def test_the_copies_are_what_loading_gives():
    empty_tables()
    load_reference()
    loaded, walls = rows(), forced()
    empty_tables()
    restore_reference()
    assert rows() == loaded
    assert forced() == walls
    assert min(loaded.values()) > 0
    assert len(walls) > 50


def test_new_rows_are_numbered_on_after_the_copies():
    last = Site.objects.latest("pk")
    site = Site.objects.get(code="norrkoping")
    site.pk, site.code, site.name = None, "another", "Another"
    site.save()
    assert site.pk == last.pk + 1
