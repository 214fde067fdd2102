"""The tests' ground: real PostgreSQL as the app's own role, with the reference data that every installation has."""

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from os import environ
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test.utils import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from agencies.models import Site, User
from agencies.read_log.notes import taking_notes
from agencies.secrecy.context import acting_as, viewer_of
from bookings.summons import copies
from bookings.summons.render import to_html
from tests.copies import copy_reference, restore_reference
from tests.database import empty_tables, make_database, remove_database
from tests.lot import Lot
from tests.moment import NOW
from tests.read_only import guarded_gets

# A busy machine is no fault of the code: no example is judged by its time. The examples are always the same.
hypothesis_settings.register_profile(
    "motesplats", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("motesplats")


def pytest_addoption(parser: pytest.Parser) -> None:
    said = "walk the journeys of staff on all their screens, not on one drawn by lot"
    parser.addoption("--every-screen", action="store_true", help=said)


def pytest_collection_finish() -> None:
    """Look less often for garbage, and never among what was loaded: that took a tenth of a run."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


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
    """Let the migrator make the database and the app fill it."""
    with django_db_blocker.unblock():
        made = make_database()
        copy_reference()
    yield
    with django_db_blocker.unblock():
        remove_database(made)


@pytest.fixture(autouse=True)
def _as_it_was(request: pytest.FixtureRequest, django_db_blocker) -> Iterator[None]:
    """After a test that commits, empty the tables as the migrator and put the reference data back."""
    yield
    if commits(request):
        with django_db_blocker.unblock():
            empty_tables()
            restore_reference()


def commits(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    asks = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(asks or (marker and marker.kwargs.get("transaction")))


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
def letters_as_text(monkeypatch) -> None:
    """A letter is what its template says, not set as a PDF: for tests of who may read it."""
    monkeypatch.setattr(copies, "render_all", lambda letters: "".join(map(to_html, letters)).encode())


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
def lot() -> Lot:
    """Draws the cases that script/test takes of a long matrix; a drill's `lot` takes all."""
    return Lot()


@pytest.fixture
def norrkoping(db) -> Site:
    return Site.objects.get(code="norrkoping")
