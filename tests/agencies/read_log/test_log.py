"""The read log: only the viewer writes it, only the agency's manager reads it, nobody changes it; spot checks."""

import contextvars
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from agencies.models import Attempt, Reading, SpotCheck
from agencies.read_log.log import LogNotWritten, flush_notes, log_attempt, log_reading, logged
from agencies.read_log.notes import NoReadLogOpen, note_person, note_refusal, taking_notes
from agencies.read_log.spot_checks import NotSigned, last_month, sample_of, sign_reading
from agencies.secrecy.context import Viewer, acting_as
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    ThresholdFactory,
    UserFactory,
    the_agency,
)
from tests.factories.bookings import PartyFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TABLES = ("agencies_reading", "agencies_attempt", "agencies_spotcheck")
PAGE, CASEWORK = Reading.What.PAGE, Reading.Why.CASEWORK


@pytest.fixture
def caseworker(db):
    return UserFactory()


@pytest.fixture
def manager(db):
    return ManagerFactory()


@pytest.fixture
def read(acting):
    """Log that the user is shown so many people; returns their keys."""

    def read(user, *, people: int = 1, at: datetime = NOW) -> list[UUID]:
        keys = [uuid4() for _ in range(people)]
        with acting(user):
            log_reading(people=keys, what=PAGE, why=CASEWORK, at=at)
        return keys

    return read


def test_each_person_has_a_row_by_whoever_the_transaction_acts_for(caseworker, manager, read, acting):
    keys = read(caseworker, people=3)
    with acting(manager):
        assert {reading.person for reading in Reading.objects.all()} == set(keys)
        assert {(r.user, r.agency, r.role, r.link) for r in Reading.objects.all()} == {
            (caseworker, caseworker.agency, "caseworker", "")
        }


def test_logging_many_people_takes_one_query(caseworker, acting, django_assert_num_queries):
    with acting(caseworker), django_assert_num_queries(1):
        log_reading(people=[uuid4() for _ in range(50)], what=PAGE, why=CASEWORK, at=NOW)


def test_without_a_viewer_nothing_is_logged_and_an_error_raised():
    with pytest.raises(LogNotWritten), transaction.atomic():
        log_reading(people=[uuid4()], what=PAGE, why=CASEWORK, at=NOW)


def test_a_reading_cannot_be_written_for_another_user(caseworker, acting):
    other = UserFactory()
    row = {"person": uuid4(), "what": PAGE, "why": CASEWORK, "at": NOW}
    with pytest.raises(ProgrammingError, match="row-level security"), acting(caseworker):
        Reading.objects.bulk_create(
            [Reading(user=other, agency=other.agency, role=other.role, **row)], ignore_conflicts=True
        )


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE {} SET at = now()", "DELETE FROM {}"])
def test_the_log_cannot_be_changed_or_deleted(manager, acting, table, change):
    with pytest.raises(ProgrammingError, match="permission denied"), acting(manager):
        connection.cursor().execute(change.format(table))


def test_only_a_manager_of_the_same_agency_reads_it(caseworker, manager, read, acting):
    read(caseworker)
    for user, seen in (
        (caseworker, 0),
        (ManagerFactory(agency="AF"), 0),
        (CoordinatorFactory(), 0),
        (manager, 1),
    ):
        with acting(user):
            assert Reading.objects.count() == seen
    assert Reading.objects.count() == 0


def test_the_holder_of_a_link_is_logged_and_cannot_read_the_log(manager, acting):
    with acting_as(Viewer(link="a" * 64)):
        log_reading(people=[uuid4()], what=PAGE, why=CASEWORK, at=NOW)
        assert Reading.objects.count() == 0


def test_a_person_is_logged_once_per_request(caseworker, manager, acting):
    key = uuid4()
    with acting(caseworker), taking_notes():
        note_person(key)
        flush_notes(what=PAGE, at=NOW)
        note_person(key)
        flush_notes(what=PAGE, at=NOW)
    with acting(manager):
        assert Reading.objects.count() == 1


def test_reading_a_name_without_notes_is_an_error(caseworker, acting):
    with acting(caseworker):
        person = PartyFactory(registered_by=caseworker).members.earliest("pk")

        def look() -> str:
            return person.given_name

        with pytest.raises(NoReadLogOpen):
            contextvars.Context().run(look)
        with taking_notes() as notes:
            assert look()
    assert notes.unwritten == {person.key}


def test_a_task_is_logged_at_the_end_of_its_block(caseworker, manager, acting):
    with acting(caseworker), logged(what=Reading.What.PRINT, why=Reading.Why.SUMMONS, at=NOW):
        note_person(uuid4())
    with acting(manager):
        assert Reading.objects.get().what == "print"


def test_an_attempt_is_one_row_a_minute(caseworker, manager, acting):
    for seconds in (0, 30, 60):
        with acting(caseworker):
            at = NOW + timedelta(seconds=seconds)
            log_attempt(route="party", asked="ABC-DEF", reason="not-found", at=at)
    with acting(manager):
        assert [attempt.at for attempt in Attempt.objects.order_by("at")] == [NOW, NOW + timedelta(minutes=1)]


def test_a_refusal_is_noted_in_a_request_and_ignored_elsewhere():
    contextvars.Context().run(note_refusal, "wrong-code")
    with taking_notes() as notes:
        note_refusal("wrong-code", link="a")
    assert (notes.refused, notes.link) == ("wrong-code", "a")


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2026, 11, 1, 0, tzinfo=UTC), date(2026, 10, 1)),
        (datetime(2026, 10, 31, 23, 30, tzinfo=UTC), date(2026, 10, 1)),  # November in Stockholm
        (datetime(2027, 1, 15, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_last_month_is_stockholms(at, month):
    assert last_month(at=at) == month


def test_the_sample_is_shuffled_and_always_the_same(caseworker, manager, read, acting):
    ThresholdFactory(code="spot_checks", value=50, valid_from=date(2026, 10, 2))
    read(caseworker, people=40, at=datetime(2026, 10, 31, 22, 30, tzinfo=UTC))
    read(caseworker, people=5, at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))  # November in Stockholm
    with acting(manager):
        october = [r.pk for r in sample_of(agency=manager.agency, month=date(2026, 10, 1))]
        again = [r.pk for r in sample_of(agency=manager.agency, month=date(2026, 10, 1))]
        november = sample_of(agency=manager.agency, month=date(2026, 11, 1))
        assert len(october) == len(set(october)) == 20
        assert october == again
        assert october != sorted(october)
        assert len(november) == 5


@pytest.mark.parametrize(
    ("verdict", "initials", "wrong"),
    [
        ("fine", "KL", {"verdict"}),
        ("checked", "", {"initials"}),
        ("checked", "=1+1", {"initials"}),
        ("", "K\x00", {"verdict", "initials"}),
        ("asked", "KLMNOP", {"initials"}),
    ],
)
def test_a_spot_check_needs_a_result_and_initials(
    caseworker, manager, read, acting, verdict, initials, wrong
):
    read(caseworker)
    with acting(manager), pytest.raises(NotSigned) as refused:
        sign_reading(reading=Reading.objects.get(), verdict=verdict, initials=initials, by=manager, at=NOW)
    assert set(refused.value.errors) == wrong


def test_a_manager_signs_readings_of_the_own_agency_only(caseworker, manager, read, acting):
    read(caseworker)
    with acting(manager):
        reading = Reading.objects.get()
        sign_reading(reading=reading, verdict="checked", initials=" åk ", by=manager, at=NOW)
        assert SpotCheck.objects.get().initials == "åk"
    stranger = ManagerFactory(agency="AF")
    for agency in (the_agency("AF"), the_agency("MIG")):
        with pytest.raises((ProgrammingError, IntegrityError)), acting(stranger):
            SpotCheck.objects.create(
                reading=reading, agency=agency, verdict="checked", initials="X", by=stranger, at=NOW
            )
