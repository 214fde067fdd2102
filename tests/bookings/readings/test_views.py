"""A manager's monthly sample of the read log."""

from datetime import UTC, datetime

import pytest

from agencies.models import Reading, SpotCheck
from agencies.read_log.log import log_reading
from tests.browser import browser_of, csv_rows, words_of
from tests.factories.agencies import CoordinatorFactory, HostFactory, ManagerFactory, UserFactory
from tests.factories.bookings import PartyFactory

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)
QUERIES = 17


@pytest.fixture
def manager(db):
    return ManagerFactory(first_name="Karin", last_name="Lund")


@pytest.fixture
def page(manager):
    return browser_of(manager)


@pytest.fixture
def read(caseworker, acting):
    """The caseworker is shown people of a party, in October."""

    def read(people: int) -> str:
        with acting(caseworker):
            party = PartyFactory(registered_by=caseworker)
            keys = [member.key for member in party.members.all()[:people]]
            log_reading(people=keys, what=Reading.What.PAGE, why=Reading.Why.CASEWORK, at=OCTOBER)
        return party.reference

    return read


def test_it_shows_who_read_about_whom_by_reference(page, read, caseworker):
    reference = read(1)
    words = words_of(page.get("/spot-check/"))
    assert "2026-10" in words
    assert "2026-10-05 10:30" in words
    assert str(caseworker) in words
    assert reference in words
    assert "Given" not in words


def test_it_is_the_same_for_one_and_for_three(page, read, django_assert_num_queries):
    for people in (1, 2):
        read(people)
        with django_assert_num_queries(QUERIES):
            page.get("/spot-check/")


def test_a_reading_is_signed(page, read, manager, acting):
    read(2)
    with acting(manager):
        reading = Reading.objects.all()[0]
    typed = {"reading": reading.pk, "verdict": "asked", "initials": "KL"}
    assert page.post("/spot-check/", typed).url == "/spot-check/"
    assert "1 of 2 signed" in words_of(page.get("/spot-check/"))
    with acting(manager):
        assert SpotCheck.objects.get().by == manager


def test_what_cannot_be_used_is_said_beside_it_and_kept(page, read, manager, acting):
    read(1)
    with acting(manager):
        reading = Reading.objects.get()
    answer = page.post("/spot-check/", {"reading": reading.pk, "verdict": "asked", "initials": "=1"})
    assert answer.status_code == 422
    assert "Type your initials: one to five letters." in answer.text
    assert 'value="=1"' in answer.text
    assert '<option value="asked" selected>' in answer.text


@pytest.mark.parametrize("reading", ["", "0", "999999", "x", "٣"])
def test_a_reading_outside_the_sample_is_not_there(page, read, reading):
    read(1)
    typed = {"reading": reading, "verdict": "checked", "initials": "KL"}
    assert page.post("/spot-check/", typed).status_code == 404


def test_it_is_a_managers(read):
    for user in (UserFactory(), CoordinatorFactory(), HostFactory()):
        for address in ("/spot-check/", "/spot-check.csv"):
            assert browser_of(user).get(address).status_code == 403


def test_another_agencys_manager_sees_nothing_of_it(read):
    reference = read(1)
    answer = browser_of(ManagerFactory(agency="AF")).get("/spot-check/")
    assert reference not in answer.text
    assert "Nobody at your agency was shown anybody last month." in words_of(answer)


def test_the_file_has_the_same_rows(page, read, manager, acting):
    reference = read(2)
    with acting(manager):
        reading = Reading.objects.all()[0]
    page.post("/spot-check/", {"reading": reading.pk, "verdict": "checked", "initials": "KL"})
    answer = page.get("/spot-check.csv")
    assert 'filename="spot-check-2026-10.csv"' in answer.headers["Content-Disposition"]
    heading, *lines = csv_rows(answer)
    assert heading[0] == "When"
    assert {line[3] for line in lines} == {reference}
    assert sorted(line[-1] for line in lines) == ["", "in order KL 2026-11-23"]
