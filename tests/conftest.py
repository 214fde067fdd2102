"""The tests' ground: real PostgreSQL as the app's own role, with the reference data that every installation has."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from os import environ, getpid
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test.utils import override_settings, setup_databases, teardown_databases

from agencies.models import Site, User
from agencies.read_log.notes import taking_notes
from agencies.secrecy.context import acting_as, viewer_of
from tests.moment import NOW
from tests.read_only import guarded_gets

# What the migrations themselves wrote and nobody else does.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(scope="session", autouse=True)
def _lighter_settings(tmp_path_factory) -> Iterator[None]:
    """Leave out what only costs time: slow hashes, and collecting static files first; a cache for each worker."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    server, _, _ = settings.REDIS_URL.rpartition("/")
    worker = int(environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    with override_settings(
        CACHES={"default": settings.CACHES["default"] | {"LOCATION": f"{server}/{worker + 1}"}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STATIC_ROOT=str(tmp_path_factory.mktemp("static")),
        STORAGES=settings.STORAGES | {"staticfiles": static},
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, _lighter_settings) -> Iterator[None]:
    """Let the migrator make the database and the app fill it; the process id lets several runs share a server."""
    migrator = connections["migrator"].settings_dict
    migrator["TEST"]["NAME"] = f"test_{migrator['NAME']}_{getpid()}"
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"migrator"}, serialized_aliases=set())
        call_command("load_reference")
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _as_it_was(request: pytest.FixtureRequest, django_db_blocker) -> Iterator[None]:
    """After a test that commits, empty the tables as the migrator and load the reference data again."""
    yield
    if commits(request):
        with django_db_blocker.unblock():
            empty_tables()
            call_command("load_reference")


def commits(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    asks = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(asks or (marker and marker.kwargs.get("transaction")))


def empty_tables(*only: str) -> None:
    """Truncate over a connection of its own: the test's are the app's, and may not."""
    migrator = connections["migrator"]
    tables = only or set(connections["default"].introspection.django_table_names(only_existing=True)) - KEPT
    own = migrator.get_new_connection(migrator.get_connection_params())
    try:
        with own, own.cursor() as cursor:
            cursor.execute("SET lock_timeout = '10s'")
            cursor.execute(f"TRUNCATE {', '.join(sorted(tables))} RESTART IDENTITY")
    finally:
        own.close()


@pytest.fixture(autouse=True)
def _free_to_look() -> Iterator[None]:
    """A test reads people as it likes; requests and tasks take notes of their own."""
    with taking_notes():
        yield


@pytest.fixture(scope="session", autouse=True)
def _gets_are_guarded() -> Iterator[None]:
    """Every GET of every test writes nothing but the read log and the session."""
    with guarded_gets():
        yield


@pytest.fixture
def acting() -> Callable[[User], AbstractContextManager[None]]:
    """`with acting(user):` is a transaction that acts for the user."""
    return lambda user: acting_as(viewer_of(user))


@pytest.fixture
def fresh_cache(settings) -> None:
    """Nobody has guessed anything yet, and no code has been used."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": f"test-{uuid4()}"}}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock stands still at NOW; `clock.move_to(...)` sets it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def norrkoping(db) -> Site:
    return Site.objects.get(code="norrkoping")
