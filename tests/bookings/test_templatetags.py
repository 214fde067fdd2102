"""The tag libraries of our own apps: names, Swedish beside a translation, hours, one question for each page."""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template.backends.django import get_installed_libraries
from django.template.library import import_library
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from agencies.clock import local
from bookings.templatetags.board import from_now
from bookings.templatetags.letter import swedish_beside
from bookings.templatetags.staff import hours, menu_of
from tests.bookings.booking_steps import book, open_days, register
from tests.browser import browser_of
from tests.factories.agencies import UserFactory
from tests.moment import NOW


def own_libraries() -> list[str]:
    """The module paths of the tag libraries that lie in this project."""
    own = {app.name for app in apps.get_app_configs() if app.path.startswith(f"{settings.BASE_DIR}/")}
    return [path for path in get_installed_libraries().values() if path.split(".")[0] in own]


def test_no_two_libraries_register_the_same_name() -> None:
    libraries = [import_library(path) for path in own_libraries()]
    assert len(libraries) >= 3
    registered = Counter(name for library in libraries for name in library.tags | library.filters)
    assert [name for name, count in registered.items() if count > 1] == []


def test_the_swedish_text_stands_beside_a_translated_one_only() -> None:
    assert swedish_beside("Skatteverket", "sv") == ""
    assert swedish_beside("<b>", "ar") == ' <bdi class="sv" lang="sv" dir="ltr">&lt;b&gt;</bdi>'


def test_nobody_who_is_not_signed_in_summons() -> None:
    assert not menu_of(AnonymousUser()).summons


@pytest.mark.django_db
def test_the_hours_of_a_chain_run_from_its_first_meeting_to_its_last(acting) -> None:
    open_days()
    user = UserFactory()
    with acting(user):
        chain = book(register(user), user)
        first, *_, last = chain.meetings.order_by("starts_at")
        assert hours(chain) == f"{local(first.starts_at):%H:%M}–{local(last.ends_at):%H:%M}"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/parties/"])
def test_a_page_asks_once_whether_its_reader_summons(address: str) -> None:
    browser = browser_of(UserFactory())
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    asked = [query for query in queries if '"summoned_by" =' in query["sql"]]
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "now"),
        (18, "in 18 min"),
        (-12, "12 min ago"),
        (150, "in 2 hours"),
        (-59, "59 min ago"),
        (-545, "9 hours ago"),
    ],
)
def test_times_are_told_in_minutes_and_then_in_hours(minutes, words):
    with override("en"):
        assert from_now(NOW + timedelta(minutes=minutes), NOW) == words
