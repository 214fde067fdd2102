"""A year of the whole country: every site with a report a month, one of them with few people."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from agencies.models import Site
from agencies.read_log.notes import taking_notes
from agencies.secrecy.context import acting_as, viewer_of
from motesplats.followup.refresh import make_edition, release, sum_up
from motesplats.followup.viewer import FIGURES
from tests.browser import browser_of
from tests.database import round_several_tests
from tests.factories.agencies import CoordinatorFactory, SecretariatFactory
from tests.factories.followup import PEOPLE, typed_report
from tests.moment import NOW

MONTHS = [date(2026, month, 1) for month in (7, 8, 9, 10)]


@pytest.fixture(autouse=True)
def _fresh(fresh_cache) -> None:
    """Nobody has had any files yet."""


@pytest.fixture
def secretariat(db) -> Client:
    return browser_of(SecretariatFactory())


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Made once for a file, in a transaction round its tests: all tests of the file after its first one have it."""
    with django_db_blocker.unblock(), round_several_tests():
        with time_machine.travel(NOW, tick=False), taking_notes():
            make_country(lambda user: acting_as(viewer_of(user)))
        yield


def make_country(acting) -> None:
    """Growing with the site's place in the list; Ljusdal has three persons a month."""
    by = CoordinatorFactory(sites=Site.objects.all())
    for number, site in enumerate(Site.objects.all()):
        for month in MONTHS:
            people = (
                {"F|18-64": 3}
                if site.code == "ljusdal"
                else {key: count + number for key, count in PEOPLE.items()}
            )
            with acting(by):
                typed_report(site, month.replace(day=6 + number % 20), by, people=people, no_shows=6 + number)
            with acting_as(FIGURES):
                sum_up(site=site.pk, month=month)
                release(site=site.pk, month=month, today=timezone.localdate())
    make_edition(year=2026, at=timezone.now())
