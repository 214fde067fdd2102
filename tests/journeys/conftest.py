"""A house with open days, and a browser to walk through it."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright

from agencies.models import User
from motesplats.demo.rosters import working_days
from tests.factories.agencies import UserFactory, the_site
from tests.factories.interpreters import open_days
from tests.journeys.screens import not_drawn
from tests.lot import Lot
from tests.signing_in import connect_app

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 1)
OPEN_DAYS = 4
PATIENCE = 30_000  # milliseconds; a busy machine is no fault of the page
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = not_drawn(items, Lot(takes_all=config.getoption("--every-screen")))
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def caseworker(transactional_db, fresh_cache) -> User:
    """A caseworker at a site whose next weeks have open days; no worker prints."""
    days = working_days(timezone.localdate() + timedelta(days=8), OPEN_DAYS)
    open_days(the_site(), days, desks=DESKS, interpreters={"ar": 1})
    return connect_app(UserFactory(username="karin", first_name="Karin", last_name="Öst"))


@pytest.fixture
def walk(caseworker, walk_alone) -> Callable[..., AbstractContextManager[Page]]:
    """The browser of the caseworker's house."""
    return walk_alone


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys; each walk is a visitor of its own, with nothing remembered from others.

    Playwright runs an event loop in this thread as long; the tests themselves ask the database nothing meanwhile.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, "--disable-sync"])
        yield browser
        browser.close()


@pytest.fixture
def walk_alone(live_server, chromium) -> Callable[..., AbstractContextManager[Page]]:
    """`with walk_alone(1280, "sv") as page:` is a visitor with that width and language, complaints collected."""

    @contextmanager
    def walking(width: int, language: str, *, script: bool = True) -> Iterator[Page]:
        complaints: list[str] = []
        with chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale=language,
            java_script_enabled=script,
        ) as context:
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("console", lambda said: complaints.append(said.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            yield page
        assert [words for words in complaints if "Content Security Policy" in words or "Error" in words] == []

    return walking
