"""Whoever is shown unusually many people raises an alarm; who looks after the account closes it with a word."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import InternalError, transaction
from rest_framework.test import APIClient
from structlog.testing import capture_logs

from agencies.models import Reading, UnusualReading, User
from agencies.read_log.log import log_reading
from agencies.read_log.unusual import AlarmClosed, NoWord, close_alarm, unusual_readings
from tests.browser import browser_of, words_of
from tests.factories.agencies import ManagerFactory, ThresholdFactory, UserFactory, the_site
from tests.factories.bookings import PartyFactory
from tests.moment import NOW
from tests.signing_in import key_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "fresh_cache")]


@pytest.fixture(autouse=True)
def _few(db) -> None:
    ThresholdFactory(code="unusual_people", value=50)


@pytest.fixture
def reader(db) -> User:
    return UserFactory()


@pytest.fixture
def manager(reader) -> User:
    return ManagerFactory(agency=reader.agency)


@pytest.fixture
def read(acting):
    """The user is shown so many people, whom nobody has seen before."""

    def show(user: User, people: int, *, days_ago: int = 0) -> None:
        with time_machine.travel(NOW - timedelta(days=days_ago), tick=False), acting(user):
            log_reading(
                people=[uuid4() for _ in range(people)],
                what=Reading.What.API,
                why=Reading.Why.CASEWORK,
                at=NOW - timedelta(days=days_ago),
            )

    return show


def alarms(user: User, acting) -> list[tuple[int, int, int]]:
    with acting(user):
        return list(unusual_readings().order_by("pk").values_list("level", "people", "usual"))


def test_more_people_than_the_limit_raise_an_alarm(reader, manager, read, acting):
    read(reader, 50)
    assert alarms(manager, acting) == []
    with capture_logs() as logs:
        read(reader, 1)
    assert [entry["event"] for entry in logs] == ["unusual_reading"]
    assert alarms(manager, acting) == [(0, 51, 0)]


def test_the_same_day_alarms_again_only_when_it_is_twice_as_many(reader, manager, read, acting):
    for people in (51, 20, 28, 1, 95):
        read(reader, people)
    assert alarms(manager, acting) == [(0, 51, 0), (1, 100, 0)]


def test_the_same_people_again_are_no_more_people(reader, manager, acting):
    people = [uuid4() for _ in range(40)]
    with acting(reader):
        for _ in range(3):
            log_reading(people=people, what=Reading.What.API, why=Reading.Why.CASEWORK, at=NOW)
    assert alarms(manager, acting) == []


def test_who_always_reads_many_is_not_unusual(reader, manager, read, acting):
    for days in (5, 4, 3, 2, 1):
        read(reader, 45, days_ago=days)
    read(reader, 135)
    assert alarms(manager, acting) == []
    read(reader, 1)
    assert alarms(manager, acting) == [(0, 136, 45)]


def test_who_is_new_is_compared_with_colleagues_of_the_role(reader, manager, read, acting):
    read(UserFactory(agency=reader.agency), 30, days_ago=1)
    read(reader, 90)
    assert alarms(manager, acting) == []
    read(reader, 1)
    assert alarms(manager, acting) == [(0, 91, 30)]


def test_a_list_of_everybody_by_a_token_raises_it_at_once(reader, manager, acting):
    with acting(reader):
        for _ in range(13):
            PartyFactory(registered_by=reader)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {key_of(reader)}")
    assert client.get("/api/v1/parties/").status_code == 200
    assert alarms(manager, acting) == [(0, 52, 0)]


def test_only_who_looks_after_the_account_sees_it(reader, manager, read, acting):
    read(reader, 51)
    others = (
        reader,
        UserFactory(agency=reader.agency),
        ManagerFactory(agency="AF"),
        ManagerFactory(agency=reader.agency, sites=[the_site("goteborg")]),
    )
    assert [alarms(user, acting) for user in others] == [[]] * 4
    assert len(alarms(UserFactory(agency=None, is_superuser=True), acting)) == 1


def test_nobody_looks_after_oneself(manager, read, acting):
    read(manager, 51)
    assert alarms(manager, acting) == []
    elsewhere = ManagerFactory(agency=manager.agency, sites=[the_site("goteborg")])
    assert len(alarms(elsewhere, acting)) == 1


def test_a_superuser_is_watched_too(read, acting):
    read(UserFactory(agency="MIG", is_superuser=True), 51)
    assert len(alarms(ManagerFactory(), acting)) == 1


def test_it_is_closed_once_with_a_word(reader, manager, read, acting):
    read(reader, 51)
    with acting(manager):
        alarm = unusual_readings().get()
        for word in ("", "…", "x" * 301, "Statistics\0", "Statistics\u202e"):
            with pytest.raises(NoWord):
                close_alarm(alarm=alarm, word=word, by=manager, at=NOW)
        close_alarm(alarm=alarm, word="Statistics", by=manager, at=NOW)
        with pytest.raises(AlarmClosed):
            close_alarm(alarm=alarm, word="Again", by=manager, at=NOW)
        assert unusual_readings().get().word == "Statistics"


def test_it_is_never_rewritten(reader, manager, read, acting):
    read(reader, 51)
    with acting(manager), pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        UnusualReading.objects.update(people=1)
    with acting(reader):
        assert UnusualReading.objects.update(people=1) == 0
        assert UnusualReading.objects.all().delete()[0] == 0


def test_the_manager_is_told_on_the_start_page_and_closes_it(reader, manager, read, acting):
    read(reader, 51)
    browser = browser_of(manager)
    assert "1 account has read about unusually many people." in words_of(browser.get("/"))
    page = browser.get("/unusual-readings/")
    assert str(reader) in words_of(page)
    key = page.text.split('name="alarm" value="')[1].split('"')[0]
    refused = browser.post("/unusual-readings/", {"alarm": key, "word": ""})
    assert refused.status_code == 422
    assert "Say in a word what it was" in words_of(refused)
    assert browser.post("/unusual-readings/", {"alarm": key, "word": "Statistics"}).status_code == 302
    assert "unusually many" not in words_of(browser.get("/"))
    assert "Statistics" in words_of(browser.get("/unusual-readings/"))
    for odd in ("", "x", "9" * 30, "²"):
        assert browser.post("/unusual-readings/", {"alarm": odd, "word": "Statistics"}).status_code == 404
