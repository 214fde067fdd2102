"""The tests' databases: one is migrated and filled for the whole run, each worker works on its own copy."""

from collections.abc import Iterator
from contextlib import contextmanager
from os import environ, getpid
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import connections, transaction
from django.test.utils import setup_databases, teardown_databases

from motesplats.demo.contacts import fill_contacts
from tests.moment import NOW

# What the migrations themselves wrote and nobody else does.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def make_database() -> list:
    """Let every connection lead to a new database with reference data; several runs may share a server."""
    migrator = connections["migrator"]
    with one_at_a_time() as exists:
        if not exists:
            made = _set_up(NAME=template_name(), TEMPLATE=None)
            load_reference()
            for connection, old_name, _is_first in made:
                connection.close()
                connection.settings_dict["NAME"] = old_name
            connections["default"].close()
        own = f"test_{migrator.settings_dict['NAME']}_{getpid()}"
        return _set_up(NAME=own, TEMPLATE=template_name())


def load_reference() -> None:
    """What every installation begins with, as on the tests' day, and what somebody filled in: the sites' contacts."""
    with time_machine.travel(NOW, tick=False):
        call_command("load_reference")
    fill_contacts()


def remove_database(made: list) -> None:
    """Drop the worker's database, and the one it was copied from: a worker that starts later makes it again."""
    connections["default"].close()
    teardown_databases(made, verbosity=0)
    with one_at_a_time(), connections["migrator"]._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{template_name()}"')


def template_name() -> str:
    """The same for every worker of a run."""
    return f"test_template_{environ.get('PYTEST_XDIST_TESTRUNUID') or getpid()}"


def _set_up(**how: str | None) -> list:
    connections["migrator"].settings_dict["TEST"].update(how)
    return setup_databases(
        verbosity=0, interactive=False, aliases={"migrator": None}, serialized_aliases=set()
    )


@contextmanager
def one_at_a_time() -> Iterator[bool]:
    """Keep the run's other workers waiting; tells whether the template exists."""
    with connections["migrator"]._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [template_name()])
        cursor.execute("SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)", [template_name()])
        yield cursor.fetchone()[0]


@contextmanager
def as_migrator() -> Iterator[Any]:
    """A cursor of the tables' owner, in a transaction and on a connection of its own.

    A test that named the database `migrator` in its mark would have all tables flushed after it.
    """
    migrator = connections["migrator"]
    own = migrator.get_new_connection(migrator.get_connection_params())
    try:
        with own, own.cursor() as cursor:
            cursor.execute("SET lock_timeout = '10s'")
            yield cursor
    finally:
        own.close()


@contextmanager
def round_several_tests() -> Iterator[None]:
    """A transaction in which tests that do not commit have savepoints; at its end it leaves nothing."""
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]  # a durable block may lie in it, as in Django's
    with whole:
        yield
        transaction.set_rollback(True)


def empty_tables(*only: str) -> None:
    """Truncate as the migrator: the test's connections are the app's, and may not."""
    tables = only or set(connections["default"].introspection.django_table_names(only_existing=True)) - KEPT
    with as_migrator() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(sorted(tables))} RESTART IDENTITY")
