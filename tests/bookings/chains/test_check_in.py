"""Check in: once, at an agency that the chain meets."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.clock import STOCKHOLM
from bookings.chains.attendance_log import FOLLOWS, AttendanceNotPossible
from bookings.chains.book import NotBooked, cancel_chain, move_chain
from bookings.chains.check_in import (
    NoSuchMeeting,
    NothingToRecord,
    NotThatDay,
    check_in,
    record_attendance,
    undo_attendance,
)
from bookings.chains.versions import ChangedMeanwhile
from bookings.models import AttendanceEvent, Chain, Disclosure, Meeting, Newcomer
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register, signed_proposal
from tests.browser import browser_of, words_of
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


def recorded(meeting) -> list[str]:
    return [event.kind for event in AttendanceEvent.objects.filter(meeting=meeting)]


def say(chain, by, *kinds, at=None, agency="MIG"):
    """Record each in turn; an undo is `-kind`."""
    for kind in kinds:
        verb = undo_attendance if kind.startswith("-") else record_attendance
        meeting = verb(
            reference=chain.reference,
            agency=agency,
            kind=kind.removeprefix("-"),
            by=by,
            at=at or chain.site_day.opens_at,
        )
    return meeting


@pytest.mark.parametrize("kind", ["expected", "undone", "made up", "x" * 300, "-made up", "-expected"])
def test_what_is_no_kind_of_attendance_is_refused_with_a_word(by, acting, kind):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        with pytest.raises(NothingToRecord) as refused:
            say(chain, by, kind)
        assert (refused.value.status, refused.value.field) == (422, "kind")
        assert not AttendanceEvent.objects.exists()


@pytest.mark.parametrize("page", ["chain", "visits", "day"])
@pytest.mark.parametrize("said", [{"kind": "made up"}, {"kind": "expected"}, {"undo": "made up"}])
def test_a_made_up_kind_posted_to_a_page_is_answered_with_that_page_and_a_word(by, acting, page, said):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
    address = f"/chains/{chain.reference}/attendance/"
    answer = browser_of(by).post(address, said | {"agency": "MIG", "page": page})
    assert answer.status_code == 422
    assert "nothing that can be recorded" in words_of(answer)


def test_the_first_time_counts(by, acting):
    open_days(FIRST)
    with acting(by):
        party = register(by)
        chain = book(party, by)
        at = chain.meetings.all()[0].starts_at
        for minutes in (0, 5):
            meeting = check_in(
                reference=chain.reference, agency="MIG", by=by, at=at + timedelta(minutes=minutes)
            )
        assert (meeting.checked_in_at, meeting.checked_in_by) == (at, by)
        assert meeting.attendance == "began"
        assert recorded(meeting) == ["began"]
        assert chain.meetings.filter(checked_in_at=None).count() == 4


@pytest.mark.parametrize("agency", ["PM", "XXX", ""])
def test_not_where_the_party_does_not_go(by, acting, agency):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        with pytest.raises(NoSuchMeeting):
            check_in(reference=chain.reference, agency=agency, by=by, at=chain.site_day.opens_at)


def test_not_a_cancelled_day(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = cancel_chain(chain=book(register(by), by), reason="Sjuk", by=by, at=NOW)
        with pytest.raises(NotBooked):
            check_in(reference=chain.reference, agency="MIG", by=by, at=chain.site_day.opens_at)


@pytest.mark.parametrize(
    "at",
    [
        NOW,
        datetime(2026, 12, 7, 23, 59, tzinfo=STOCKHOLM),
        datetime(2026, 12, 9, 0, 0, tzinfo=STOCKHOLM),
    ],
)
def test_nobody_is_checked_in_on_another_day(by, acting, chain, at):
    with acting(by), pytest.raises(NotThatDay):
        check_in(reference=chain.reference, agency="MIG", by=by, at=at)


def test_what_became_of_a_meeting_may_be_written_down_the_day_after(by, acting, chain):
    with acting(by):
        assert (
            say(chain, by, "no_show", at=chain.site_day.closes_at + timedelta(days=1)).attendance == "no_show"
        )
        with pytest.raises(NotThatDay):
            say(chain, by, "no_show", agency="FK", at=chain.site_day.closes_at + timedelta(days=2))


def test_a_wrong_check_in_is_undone_and_the_day_can_be_moved(by, acting, chain):
    with acting(by):
        proposal = signed_proposal(chain.party, first=SECOND, moving=chain)
        meeting = say(chain, by, "began", "-began", "-began")
        assert (meeting.attendance, meeting.checked_in_at, meeting.checked_in_by) == ("expected", None, None)
        assert recorded(meeting) == ["began", "undone"]
        assert move_chain(chain=chain, proposal=proposal, by=by, at=NOW).site_day.date == SECOND


def test_a_check_in_weeks_ahead_from_before_can_still_be_undone(by, acting, chain):
    with acting(by):
        meeting = chain.meetings.get(agency__code="MIG")
        AttendanceEvent.objects.create(meeting=meeting, kind="began", by=by, at=NOW)
        Meeting.objects.filter(pk=meeting.pk).update(attendance="began", checked_in_at=NOW, checked_in_by=by)
        assert say(chain, by, "-began", at=NOW).attendance == "expected"


def test_only_what_was_recorded_last_is_undone(by, acting, chain):
    with acting(by):
        say(chain, by, "began", "done")
        with pytest.raises(AttendanceNotPossible):
            say(chain, by, "-began")
        assert say(chain, by, "-done").attendance == "began"


def test_what_was_recorded_of_the_old_time_is_undone_by_a_move(by, acting, chain):
    with acting(by):
        proposal = signed_proposal(chain.party, first=SECOND, moving=chain)
        meeting = say(chain, by, "late", "no_show")
        move_chain(chain=chain, proposal=proposal, by=by, at=NOW)
        meeting.refresh_from_db()
        assert meeting.attendance == "expected"
        assert recorded(meeting) == ["late", "no_show", "undone", "undone"]


def test_each_event_raises_the_chains_version_and_a_repetition_does_not(by, acting, chain):
    with acting(by):
        say(chain, by, "arrived", "arrived", "began", "-began")
        assert Chain.objects.get(pk=chain.pk).version == 4
        with pytest.raises(ChangedMeanwhile):
            check_in(reference=chain.reference, agency="MIG", by=by, at=chain.site_day.opens_at, seen=["3"])


def test_what_is_written_stays_as_it_was(by, acting, chain):
    with acting(by):
        say(chain, by, "began")
        assert AttendanceEvent.objects.filter(kind="began").update(kind="late") == 0
        assert AttendanceEvent.objects.all()._raw_delete("default") == 0


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(
    st.lists(
        st.sampled_from([f"{sign}{kind}" for kind in FOLLOWS if kind != "expected" for sign in ("", "-")])
    )
)
def test_the_meeting_is_what_its_events_come_to(by, acting, chain, kinds):
    """Whatever is tried in whatever order: the state is the last event that stands, and every event is kept."""
    with acting(by), transaction.atomic():
        standing: list[str] = []
        written = 0
        for kind in kinds:
            try:
                meeting = say(chain, by, kind)
            except AttendanceNotPossible:
                meeting = chain.meetings.get(agency__code="MIG")
            written_now = AttendanceEvent.objects.count()
            if written_now > written:
                standing = standing[:-1] if kind.startswith("-") else [*standing, kind]
            written = written_now
            assert meeting.attendance == (standing[-1] if standing else "expected")
            assert (meeting.checked_in_at is not None) == ("began" in standing)
        transaction.set_rollback(True)


def names_open(visited, acting) -> bool:
    with acting(visited):
        return Newcomer.objects.exists()


@pytest.fixture
def visited(chain, by, acting):
    with acting(by):
        return chain.meetings.select_related("caseworker__agency").get(agency__code="FK").caseworker


def test_an_agency_checks_in_again_on_a_later_day(by, acting, chain, visited, clock):
    """What its first check-in has opened is still there, ended: the second one opens the names anew."""
    at = chain.site_day.opens_at
    clock.move_to(at)
    with acting(visited):
        say(chain, visited, "began", agency="FK")
    assert names_open(visited, acting)
    clock.move_to(at + timedelta(hours=23))
    assert not names_open(visited, acting)
    with acting(by):
        chain = book(chain.party, by, first=SECOND, at=at + timedelta(hours=12))
    clock.move_to(chain.site_day.opens_at)
    assert not names_open(visited, acting)
    with acting(visited):
        say(chain, visited, "began", agency="FK")
        assert Disclosure.objects.get().until > chain.site_day.opens_at
    assert names_open(visited, acting)
    with acting(visited):
        say(chain, visited, "-began", "began", "began", agency="FK")
    assert names_open(visited, acting)


def test_checked_in_by_the_agency_that_summons_no_names_are_open_until_the_desk_says_so(
    by, acting, chain, visited, clock
):
    clock.move_to(chain.site_day.opens_at)
    with acting(by):
        say(chain, by, "began", agency="FK")
    assert not names_open(visited, acting)
    with acting(visited):
        assert say(chain, visited, "began", agency="FK").checked_in_by_id == by.pk
    assert names_open(visited, acting)


def test_a_host_checks_nobody_in(acting, chain, clock):
    clock.move_to(chain.site_day.opens_at)
    host = UserFactory(agency=None, role="host")
    with acting(host), pytest.raises(NoSuchMeeting):
        say(chain, host, "began", agency="FK")
