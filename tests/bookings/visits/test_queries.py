"""Visits: what the agency that is met sees of another agency's party, before and after it is opened."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction
from django.utils.translation import override

from agencies.models import Agency, Role
from bookings.chains.book import cancel_chain
from bookings.chains.check_in import NoSuchMeeting, NotThatDay, check_in, undo_attendance
from bookings.models import (
    AttendanceEvent,
    Chain,
    Disclosure,
    ExpectedParty,
    Meeting,
    Newcomer,
    OccupiedDesk,
    Party,
    Summons,
)
from bookings.parties.protect import protect_party, unprotect_party
from bookings.visits.disclose import close_disclosure, disclose
from bookings.visits.queries import meetings_beside, names_of, visits
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register
from tests.browser import browser_of, words_of
from tests.factories.agencies import ManagerFactory, SiteDayFactory, UserFactory, the_site
from tests.factories.bookings import ChainFactory, MeetingFactory, PartyFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "children", "adults", "called"),
    [
        ("everyone", 1, 2, "the whole family, children too"),
        ("everyone", 0, 2, "all adults"),
        ("everyone", 0, 1, "one adult"),
        ("adults", 1, 2, "all adults"),
        ("concerned", 0, 2, "those concerned"),
    ],
)
def test_no_children_are_called_where_there_are_none(who, children, adults, called):
    party = ExpectedParty(who=who, infants=0, children=children, adults=adults, seniors=0)
    with override("en"):
        assert party.called == called


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def chain(owner, acting):
    open_days(FIRST)
    with acting(owner):
        return book(register(owner), owner)


@pytest.fixture
def desk(chain, owner, acting):
    """The caseworker of Försäkringskassan whom the chain meets."""
    with acting(owner):
        return chain.meetings.select_related("caseworker").get(agency__code="FK").caseworker


def open_to(desk, chain, *, category, by, acting, days=30, newcomer=None):
    with acting(by):
        disclose(
            party_id=chain.party_id,
            newcomer_id=newcomer,
            discloser=by.agency,
            agency=desk.agency,
            site=chain.site_day.location.site,
            category=category,
            source=Disclosure.Source.CONSENT,
            until=NOW + timedelta(days=days),
            at=NOW,
        )


def desks_on(day):
    return OccupiedDesk.objects.filter(site_day__date=day).select_related("agency").order_by("starts_at")


def test_the_met_agency_sees_that_a_party_comes_and_not_who(chain, desk, acting):
    with acting(desk):
        visit = visits().get()
        assert (visit.chain_reference, visit.size, visit.language) == (chain.reference, 4, "ar")
        assert (visit.infants, visit.children, visit.adults, visit.seniors) == (0, 2, 2, 0)
        assert [*names_of(visit), *meetings_beside(visit)] == []
        assert [Party.objects.count(), Chain.objects.count(), Summons.objects.count()] == [0, 0, 0]
        assert list(Meeting.objects.values_list("agency__code", flat=True)) == ["FK"]


@pytest.mark.parametrize("codes", [(), ("malmo",)])
def test_not_at_other_sites(chain, desk, acting, codes):
    with acting(UserFactory(agency="FK", sites=map(the_site, codes))):
        assert not visits().exists()
        assert not Meeting.objects.exists()


def test_a_host_sees_times_desks_and_one_number_for_a_party(chain, acting):
    with acting(UserFactory(agency=None, role=Role.HOST)):
        desks = list(desks_on(FIRST))
        assert {desk.chain_reference for desk in desks} == {""}
        (number,) = {desk.board_number for desk in desks}
        assert re.fullmatch(r"[1-9]\d\d", number)
        assert len(desks) == 5
        assert not visits().exists()
        assert not Meeting.objects.exists()


def test_a_reference_and_a_number_never_stand_for_the_same_meeting(chain, acting):
    with acting(UserFactory(agency="AF", role=Role.COORDINATOR)):
        shown = {desk.agency.code: (desk.chain_reference, desk.board_number) for desk in desks_on(FIRST)}
    (number,) = {number for code, (_reference, number) in shown.items() if code != "AF"}
    assert number
    assert shown == dict.fromkeys(shown, ("", number)) | {"AF": (chain.reference, "")}


def test_the_party_s_own_agency_reads_its_reference_at_every_desk(chain, acting):
    with acting(UserFactory(role=Role.COORDINATOR)):
        assert {(desk.chain_reference, desk.board_number) for desk in desks_on(FIRST)} == {
            (chain.reference, "")
        }


@pytest.fixture
def outside(chain, owner, acting) -> Chain:
    with acting(owner):
        Chain.objects.update(interpreter=None, outside_interpreter="ordered")
    return chain


@pytest.mark.parametrize(
    ("agency", "role"), [(None, Role.HOST), (None, Role.COORDINATOR), ("MIG", Role.HOST)]
)
def test_the_board_marks_each_desk_to_which_an_interpreter_comes_from_outside(outside, acting, agency, role):
    with acting(UserFactory(agency=agency, role=role)):
        assert [desk.outside_interpreter for desk in desks_on(FIRST)] == ["ordered"] * 5


def test_of_others_parties_at_others_desks_an_agency_learns_no_interpreter(outside, acting):
    with acting(UserFactory(agency="AF", role=Role.COORDINATOR)):
        marks = {desk.agency.code: desk.outside_interpreter for desk in desks_on(FIRST)}
    assert marks == dict.fromkeys(marks, "") | {"AF": "ordered"}


def test_the_whole_day_says_so_in_words(outside, desk, clock):
    clock.move_to("2026-12-08T07:00:00+01:00")
    assert "interpreter ordered outside" in words_of(browser_of(desk).get("/visits/"))


def test_of_a_protected_party_another_agency_is_told_no_language_that_would_tell_who_it_is(
    outside, owner, desk, acting
):
    with acting(owner):
        Party.objects.update(interpreter_language="swl")
    address, party = f"/visits/{outside.reference}/", outside.party
    assert "Swedish Sign Language" in words_of(browser_of(desk).get(address))
    with acting(owner):
        protect_party(party=party, reason="The tax agency says so.", by=owner, at=NOW)
    with acting(desk):
        visit = visits().get()
        assert (visit.language, visit.interpreter_language, visit.needs_interpreter) == ("ar", "", True)
    browser = browser_of(desk)
    for answer in (browser.get(address), browser.get(f"/api/v1/chains/{outside.reference}/")):
        assert "swl" not in answer.text
        assert "ign Language" not in answer.text
    assert "Arabic · with an interpreter" in words_of(browser.get(address))
    assert "Swedish Sign Language" in words_of(browser_of(owner).get(f"/chains/{outside.reference}/"))
    manager = ManagerFactory(agency="MIG")
    with acting(manager):
        unprotect_party(party=party, reason="The tax agency has ended it.", by=manager, at=NOW)
    with acting(desk):
        assert visits().get().interpreter_language == "swl"


def test_a_board_number_is_of_one_day_and_tells_parties_apart(acting):
    """Many parties on one day, the first of them on another as well: numbers in no order, none twice."""
    owner, day = UserFactory(), SiteDayFactory(date=FIRST)
    with acting(owner):
        meetings = [_met_at(day, owner, minute) for minute in range(60)]
        again = MeetingFactory(
            chain=ChainFactory(
                party=meetings[0].chain.party, site_day=SiteDayFactory(date=SECOND), state=Chain.State.DONE
            )
        )
    with acting(UserFactory(agency=None, role=Role.COORDINATOR)):
        numbers = [desk.board_number for desk in desks_on(FIRST)]
        (other_day,) = desks_on(SECOND)
    assert other_day.meeting_id == again.pk
    assert len(set(numbers)) == 60
    assert numbers != sorted(numbers)
    assert other_day.board_number != numbers[0]


def _met_at(day, owner, minute):
    chain = ChainFactory(party=PartyFactory(registered_by=owner), site_day=day)
    return MeetingFactory(chain=chain, starts_at=day.opens_at + timedelta(minutes=minute))


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.MANAGER])
def test_an_agency_sees_its_own_desks_and_its_own_parties_at_every_desk(chain, acting, role):
    with acting(UserFactory(agency="AF", role=role)):
        assert [desk.agency.code for desk in desks_on(FIRST)] == ["AF"]
    with acting(UserFactory(agency="MIG", role=role)):
        assert desks_on(FIRST).count() == 5
    with acting(UserFactory(agency="PM", role=role)):
        assert not desks_on(FIRST).exists()


def test_the_secretariat_sees_no_desk(chain, acting):
    with acting(UserFactory(agency=None, role=Role.SECRETARIAT)):
        assert not desks_on(FIRST).exists()


def test_names_open_by_disclosure_and_close_with_it(chain, desk, owner, acting):
    open_to(desk, chain, category=Disclosure.Category.NAMES, by=owner, acting=acting)
    with acting(desk):
        assert len(names_of(visits().get())) == 4
    with acting(owner):
        closed = close_disclosure(
            party_id=chain.party_id,
            newcomer_id=None,
            discloser=owner.agency,
            agency=desk.agency,
            category=Disclosure.Category.NAMES,
        )
    assert closed == 1
    with acting(desk):
        assert names_of(visits().get()) == []


def test_one_persons_name_opens_alone(chain, desk, owner, acting):
    with acting(owner):
        adult = chain.party.members.first()
    open_to(desk, chain, category=Disclosure.Category.NAMES, by=owner, acting=acting, newcomer=adult.pk)
    with acting(desk):
        assert names_of(visits().get()) == [adult]


def test_a_disclosure_ends_by_itself(chain, desk, owner, acting):
    open_to(desk, chain, category=Disclosure.Category.NAMES, by=owner, acting=acting)
    with time_machine.travel(NOW + timedelta(days=29)), acting(desk):
        assert Newcomer.objects.count() == 4
    with time_machine.travel(NOW + timedelta(days=31)), acting(desk):
        assert Newcomer.objects.count() == 0


def test_other_meetings_open_by_disclosure(chain, desk, owner, acting):
    open_to(desk, chain, category=Disclosure.Category.MEETINGS, by=owner, acting=acting)
    with acting(desk):
        assert [meeting.agency.code for meeting in meetings_beside(visits().get())] == [
            "MIG",
            "SKV",
            "KOM",
            "AF",
        ]
        assert names_of(visits().get()) == []


def test_check_in_on_the_day_opens_the_names_until_midnight(chain, desk, acting):
    at = chain.site_day.opens_at
    with time_machine.travel(at), acting(desk):
        for _ in range(2):
            check_in(reference=chain.reference, agency="FK", by=desk, at=at)
        assert len(names_of(visits().get())) == 4
        assert AttendanceEvent.objects.get().by == desk
    with time_machine.travel(at + timedelta(days=1)), acting(desk):
        assert names_of(visits().get()) == []


def test_check_in_before_the_day_opens_nothing(chain, desk, acting):
    with acting(desk):
        with pytest.raises(NotThatDay):
            check_in(reference=chain.reference, agency="FK", by=desk, at=NOW)
        assert names_of(visits().get()) == []


@pytest.mark.parametrize("undone_by", ["desk", "owner"])
def test_undoing_a_check_in_shuts_the_names_that_it_opened(chain, desk, owner, acting, undone_by):
    at, by = chain.site_day.opens_at, {"desk": desk, "owner": owner}[undone_by]
    with time_machine.travel(at):
        with acting(desk):
            check_in(reference=chain.reference, agency="FK", by=desk, at=at)
        with acting(by):
            undo_attendance(reference=chain.reference, agency="FK", kind="began", by=by, at=at)
        with acting(desk):
            assert names_of(visits().get()) == []
            assert visits().get().attendance == "expected"
            check_in(reference=chain.reference, agency="FK", by=desk, at=at)
            assert len(names_of(visits().get())) == 4


def test_nobody_else_sees_or_writes_what_is_recorded(chain, desk, acting):
    at = chain.site_day.opens_at
    with time_machine.travel(at), acting(desk):
        check_in(reference=chain.reference, agency="FK", by=desk, at=at)
        meeting = visits().get().meeting_id
    for other in (
        UserFactory(agency="AF"),
        UserFactory(agency=None, role=Role.HOST, sites=[the_site("malmo")]),
        UserFactory(agency=None, role=Role.SECRETARIAT),
    ):
        with acting(other):
            assert not AttendanceEvent.objects.exists()
            refused = pytest.raises(ProgrammingError, match="row-level security")
            with refused, transaction.atomic():
                AttendanceEvent.objects.create(meeting_id=meeting, kind="done", by=other, at=at)


def test_the_owner_marking_anothers_desk_opens_nothing(chain, desk, owner, acting):
    at = chain.site_day.opens_at
    with time_machine.travel(at):
        with acting(owner):
            check_in(reference=chain.reference, agency="FK", by=owner, at=at)
        with acting(desk):
            assert names_of(visits().get()) == []


def test_nobody_checks_in_at_anothers_desk(chain, desk, acting):
    with acting(desk), pytest.raises(NoSuchMeeting):
        check_in(reference=chain.reference, agency="AF", by=desk, at=chain.site_day.opens_at)


def test_a_cancelled_day_is_expected_nowhere_and_shuts_what_was_open(chain, desk, owner, acting):
    open_to(desk, chain, category=Disclosure.Category.NAMES, by=owner, acting=acting)
    with acting(owner):
        cancel_chain(chain=chain, reason="Sjuk", by=owner, at=NOW)
    with acting(desk):
        assert not visits().exists()
        assert not Meeting.objects.exists()
        assert not Newcomer.objects.exists()


@pytest.mark.parametrize(
    "forged",
    [
        {"source": "consent"},
        {"category": "meetings"},
        {"until": "2027-12-01T00:00+01"},
        {"agency_id": "AF"},
        {},
    ],
)
def test_the_met_agency_opens_nothing_for_itself(chain, desk, acting, forged):
    row = {
        "party_id": chain.party_id,
        "discloser_id": chain.party.owner_id,
        "agency_id": desk.agency_id,
        "site_id": chain.site_day.location.site_id,
        "category": "names",
        "source": "check_in",
        "given_at": "2026-12-08T08:00+01",
        "until": "2026-12-09T00:00+01",
    } | forged
    if "agency_id" in forged:
        row["agency_id"] = Agency.objects.get(code=forged["agency_id"]).pk
    insert = f"INSERT INTO bookings_disclosure ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})"
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with acting(desk), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(insert, list(row.values()))
