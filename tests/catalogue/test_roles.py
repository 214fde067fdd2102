"""The application's role of the database stands above no wall."""

import pytest
from django.db import ProgrammingError, connection

from tests.catalogue.tables import rows

pytestmark = pytest.mark.django_db


def test_the_tests_run_as_the_apps_role():
    assert rows("SELECT current_user, session_user") == [("motesplats_app", "motesplats_app")]


def test_the_apps_role_stands_above_no_wall():
    query = (
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    )
    assert rows(query) == [(False, False, False, False)]
    others = "SELECT rolname FROM pg_roles WHERE rolname <> current_user AND pg_has_role(oid, 'MEMBER')"
    assert rows(others) == []


def test_the_apps_role_owns_nothing():
    assert rows("SELECT relname FROM pg_class WHERE relowner = current_user::regrole") == []
    assert rows("SELECT has_schema_privilege('public', 'CREATE')") == [(False,)]


def test_the_apps_role_truncates_nothing():
    tables = rows(
        "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND has_table_privilege(oid, 'TRUNCATE, REFERENCES, TRIGGER')"
    )
    assert tables == []
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE bookings_party CASCADE")
