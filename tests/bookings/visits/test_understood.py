"""How well people understood each other: said by whoever met them, kept as rows that nobody changes."""

import pytest
from django.db import DatabaseError, transaction

from bookings.models import ExpectedParty, Meeting, Understanding
from bookings.visits.understood import NothingToMark, WhyNotNeeded, mark_understanding, marks_of
from tests.browser import browser_of
from tests.factories.agencies import CoordinatorFactory, UserFactory
from tests.factories.bookings import ChainFactory, MeetingFactory, PartyFactory, UnderstandingFactory
from tests.factories.interpreters import InterpreterFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
Degree = Understanding.Degree


@pytest.fixture
def owner(db):
    return UserFactory()


@pytest.fixture
def desk(db):
    """A caseworker of another agency, whom the party meets."""
    return UserFactory(agency="AF")


@pytest.fixture
def meeting(acting, owner, desk):
    with acting(owner):
        chain = ChainFactory(party=PartyFactory(registered_by=owner), interpreter=InterpreterFactory())
        return MeetingFactory(chain=chain, caseworker=desk, attendance="done", checked_in_at=NOW)


def visit_of(meeting) -> ExpectedParty:
    return ExpectedParty.objects.get(pk=meeting.pk)


def test_the_last_mark_counts_and_the_earlier_one_stays(acting, desk, meeting):
    with acting(desk):
        visit = visit_of(meeting)
        assert marks_of([visit]) == {visit.pk: None}
        mark_understanding(visit=visit, degree=Degree.NO, why="sound", by=desk, at=NOW)
        last = mark_understanding(visit=visit, degree=Degree.PARTLY, why="dialect", by=desk, at=NOW)
        assert marks_of([visit]) == {visit.pk: last}
        assert Understanding.objects.count() == 2


def test_a_mark_is_never_changed_and_never_deleted(acting, desk, meeting):
    with acting(desk):
        mark_understanding(visit=visit_of(meeting), degree=Degree.YES, by=desk, at=NOW)
        assert Understanding.objects.update(degree="no") == 0
        assert Understanding.objects.all().delete()[0] == 0
        assert Understanding.objects.get().degree == "yes"


@pytest.mark.parametrize("attendance", ["expected", "arrived", "late", "no_show"])
def test_a_meeting_that_has_not_begun_has_nothing_to_mark(acting, owner, desk, meeting, attendance):
    with acting(owner):
        Meeting.objects.filter(pk=meeting.pk).update(attendance=attendance, checked_in_at=None)
    with acting(desk), pytest.raises(NothingToMark):
        mark_understanding(visit=visit_of(meeting), degree=Degree.YES, by=desk, at=NOW)


def test_whoever_needs_no_interpreter_has_nothing_to_mark(acting, owner, desk):
    with acting(owner):
        party = PartyFactory(registered_by=owner, needs_interpreter=False)
        meeting = MeetingFactory(
            chain=ChainFactory(party=party), caseworker=desk, attendance="done", checked_in_at=NOW
        )
    with acting(desk), pytest.raises(NothingToMark):
        mark_understanding(visit=visit_of(meeting), degree=Degree.YES, by=desk, at=NOW)


def test_what_was_understood_has_no_why(acting, desk, meeting):
    with acting(desk), pytest.raises(WhyNotNeeded):
        mark_understanding(visit=visit_of(meeting), degree=Degree.YES, why="sound", by=desk, at=NOW)


def test_only_the_agency_that_is_met_marks_and_reads(acting, owner, desk, meeting):
    with acting(desk):
        mark_understanding(visit=visit_of(meeting), degree=Degree.NO, by=desk, at=NOW)
    for other in (owner, UserFactory(agency="FK"), CoordinatorFactory()):
        with acting(other):
            assert not Understanding.objects.exists()
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                UnderstandingFactory(meeting=meeting, by=other)


def test_nobody_marks_in_anothers_name(acting, desk, meeting):
    with acting(desk), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        UnderstandingFactory(meeting=meeting, by=UserFactory(agency="AF"))


def test_it_is_said_on_the_visits_page_without_javascript(acting, desk, meeting):
    browser = browser_of(desk)
    with acting(desk):
        reference = visit_of(meeting).chain_reference
    page, address = f"/visits/{reference}/", f"/chains/{reference}/understood/"
    assert "Did you understand each other?" in browser.get(page).text
    said = {"page": "visit", "degree": "partly", "why": "dialect"}
    assert browser.post(address, said)["Location"] == page
    assert "Through the interpreter: partly, dialect" in " ".join(browser.get(page).text.split())
    assert browser.post(address, {"page": "visit", "degree": "yes", "why": "sound"}).status_code == 302
    assert "Through the interpreter: understood" in " ".join(browser.get(page).text.split())
    for wrong in ({"degree": "well"}, {"degree": "no", "why": "rude"}, {}):
        assert browser.post(address, wrong).status_code == 404


def test_it_is_said_on_the_start_page_of_the_day(acting, desk, meeting, clock):
    with acting(desk):
        visit = visit_of(meeting)
    clock.move_to(visit.ends_at)
    browser = browser_of(desk)
    assert "Did you understand each other?" in browser.get("/").text
    answer = browser.post(
        f"/chains/{visit.chain_reference}/understood/", {"page": "my-day", "degree": "yes"}, follow=True
    )
    assert "Through the interpreter: understood" in " ".join(answer.text.split())


def test_too_early_is_a_clear_word(acting, owner, desk, meeting):
    with acting(owner):
        Meeting.objects.filter(pk=meeting.pk).update(attendance="late", checked_in_at=None)
        reference = meeting.chain.reference
    answer = browser_of(desk).post(f"/chains/{reference}/understood/", {"page": "visit", "degree": "no"})
    assert answer.status_code == 409
    assert "Say it when the meeting with an interpreter has begun." in answer.text


def test_the_api_takes_the_same(signed_in, acting, owner, desk, meeting):
    with acting(owner):
        reference = meeting.chain.reference
    address = f"/api/v1/visits/{reference}/understood/"
    answer = signed_in(desk).post(address, {"degree": "no", "why": "sound"})
    assert (answer.status_code, answer.json()) == (200, {"meeting": "AF:0", "degree": "no", "why": "sound"})
    assert signed_in(desk).post(address, {"degree": "yes", "why": "sound"}).status_code == 422
    assert signed_in(desk).post(address, {"degree": "well"}).status_code == 422
    assert signed_in(UserFactory(agency="FK")).post(address, {"degree": "no"}).status_code == 404
