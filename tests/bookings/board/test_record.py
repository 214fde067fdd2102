"""What hosts and coordinators record on the board, with the code of the letter and without."""

import pytest
from django.utils import timezone

from agencies.models import Role
from agencies.web.roles import NotForYourRole
from bookings.board.record import (
    AnotherDay,
    UnknownCode,
    arrive,
    record_on_board,
    undo_on_board,
)
from bookings.chains.attendance_log import AttendanceNotPossible
from bookings.chains.book import NotBooked, cancel_chain
from bookings.chains.check_in import NoSuchMeeting, NothingToRecord, NotThatDay, check_in
from bookings.models import AttendanceEvent, Chain, Meeting, OccupiedDesk
from bookings.visits.queries import names_of, visits
from tests.bookings.booking_steps import SECOND
from tests.factories.agencies import HostFactory, SiteDayFactory, UserFactory, the_site
from tests.moment import NOW

pytestmark = pytest.mark.django_db


def scan(code, chain, by, at):
    return arrive(code=code, site_day=chain.site_day, by=by, at=at)


@pytest.mark.parametrize("typed", ["{0}", "{1}{2}", "{1} {2}", "{1}+{2}"])
def test_a_code_is_read_as_it_is_scanned_or_typed(chain, host, keys, opens, acting, typed):
    code = typed.format(chain.reference, *chain.reference.split("-")).lower()
    with acting(host):
        found = scan(code, chain, host, opens)
        assert (found.meeting, found.was_here) == (keys[0], False)
        assert OccupiedDesk.objects.get(meeting=keys[0]).attendance == "arrived"


def test_a_code_read_twice_changes_nothing_and_says_so(chain, host, opens, acting):
    with acting(host):
        scan(chain.reference, chain, host, opens)
        assert scan(chain.reference, chain, host, opens).was_here
        assert AttendanceEvent.objects.count() == 1


def test_arrival_opens_no_names_and_the_host_no_row_of_the_chain(chain, host, opens, acting):
    with acting(host):
        scan(chain.reference, chain, host, opens)
        assert not Meeting.objects.exists()
        assert not Chain.objects.exists()
        assert not visits().exists()


def test_the_desk_checks_in_whom_the_host_has_received(chain, host, keys, opens, caseworker, acting):
    with acting(caseworker):
        desk = Meeting.objects.get(agency__code="FK").caseworker
    with acting(host):
        scan(chain.reference, chain, host, opens)
        fk = OccupiedDesk.objects.get(agency__code="FK").meeting_id
        record_on_board(meeting=fk, kind="arrived", by=host, at=opens)
    with acting(desk):
        check_in(reference=chain.reference, agency="FK", by=desk, at=opens)
        assert len(names_of(visits().get())) == 4


def test_the_owner_reads_what_the_host_has_recorded(chain, host, opens, caseworker, acting):
    with acting(host):
        scan(chain.reference, chain, host, opens)
    with acting(caseworker):
        event = AttendanceEvent.objects.get()
        assert (event.kind, event.by) == ("arrived", host)
        version = Chain.objects.get().version
    assert version > chain.version


def test_who_comes_late_arrives_for_the_next_meeting(chain, host, keys, opens, clock, acting):
    with acting(host):
        record_on_board(meeting=keys[0], kind="no_show", by=host, at=opens)
        clock.move_to(f"{chain.site_day.date}T11:30:00+01:00")
        assert scan(chain.reference, chain, host, timezone.now()).meeting not in keys[:1]


def test_a_code_of_no_letter_is_unknown(chain, host, opens, acting):
    with acting(host):
        for typed in ("ZZZ-ZZZ", "CFD-K7R", "", "347", "'; DROP TABLE"):
            with pytest.raises(UnknownCode):
                scan(typed, chain, host, opens)


def test_a_code_of_another_site_is_unknown_there(chain, opens, acting):
    elsewhere = HostFactory(sites=[the_site("malmo")])
    with acting(elsewhere), pytest.raises(UnknownCode):
        scan(chain.reference, chain, elsewhere, opens)


def test_a_letter_for_another_day_says_which(chain, host, opens, acting):
    other = SiteDayFactory(date=SECOND)
    with acting(host), pytest.raises(AnotherDay, match="8 december 2026"):
        arrive(code=chain.reference, site_day=other, by=host, at=opens)


def test_nobody_arrives_the_day_before(chain, host, acting):
    with acting(host), pytest.raises(NotThatDay):
        scan(chain.reference, chain, host, NOW)


def test_a_cancelled_day_says_so(chain, host, caseworker, opens, acting):
    with acting(caseworker):
        cancel_chain(chain=chain, reason="Sjuk", by=caseworker, at=NOW)
    with acting(host), pytest.raises(NotBooked):
        scan(chain.reference, chain, host, opens)


def test_an_arrival_is_undone_once(chain, host, keys, opens, acting):
    with acting(host):
        scan(chain.reference, chain, host, opens)
        for _ in range(2):
            undo_on_board(meeting=keys[0], kind="arrived", by=host, at=opens)
        assert OccupiedDesk.objects.get(meeting=keys[0]).attendance == "expected"
        assert AttendanceEvent.objects.count() == 2


def test_what_was_recorded_otherwise_meanwhile_is_not_undone(chain, host, keys, opens, acting):
    with acting(host):
        record_on_board(meeting=keys[0], kind="late", by=host, at=opens)
        with pytest.raises(AttendanceNotPossible):
            undo_on_board(meeting=keys[0], kind="no_show", by=host, at=opens)


@pytest.mark.parametrize("kind", ["began", "done"])
def test_a_meeting_begins_at_the_desk_and_for_the_coordinator_not_for_the_host(
    chain, host, coordinator, keys, opens, acting, kind
):
    with acting(host), pytest.raises(NotForYourRole):
        record_on_board(meeting=keys[0], kind=kind, by=host, at=opens)
    with acting(coordinator):
        record_on_board(meeting=keys[0], kind="began", by=coordinator, at=opens)
        record_on_board(meeting=keys[0], kind="done", by=coordinator, at=opens)
        assert OccupiedDesk.objects.get(meeting=keys[0]).attendance == "done"


def test_nothing_else_is_recorded(chain, host, keys, opens, acting):
    with acting(host):
        for kind in ("undone", "dances", ""):
            with pytest.raises(NothingToRecord):
                record_on_board(meeting=keys[0], kind=kind, by=host, at=opens)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.MANAGER, Role.SECRETARIAT])
def test_nobody_else_records_on_the_board(chain, keys, opens, acting, role):
    other = UserFactory(agency=None if role == Role.SECRETARIAT else "AF", role=role)
    with acting(other):
        with pytest.raises(NotForYourRole):
            record_on_board(meeting=keys[0], kind="arrived", by=other, at=opens)
        with pytest.raises(NotForYourRole):
            scan(chain.reference, chain, other, opens)


def test_a_meeting_elsewhere_is_on_no_board_of_mine(chain, keys, opens, acting):
    elsewhere = HostFactory(sites=[the_site("malmo")])
    with acting(elsewhere), pytest.raises(NoSuchMeeting):
        record_on_board(meeting=keys[0], kind="arrived", by=elsewhere, at=opens)


def test_a_coordinator_with_an_agency_is_led_to_no_other_desk_by_its_own_reference(chain, opens, acting):
    of_af = UserFactory(agency="AF", role=Role.COORDINATOR)
    with acting(of_af):
        found = scan(chain.reference, chain, of_af, opens)
        assert OccupiedDesk.objects.get(meeting=found.meeting).agency.code == "AF"
