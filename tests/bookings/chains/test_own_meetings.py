"""An adult of a couple is met alone: one chain, two meetings with the agency, each adult told of the own one."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, transaction

from agencies.dates import clock
from agencies.models import Service
from bookings.chains.amend import amend_party
from bookings.chains.book import cancel_chain, move_chain
from bookings.chains.check_in import NoSuchMeeting, WhichMeeting, check_in, undo_attendance
from bookings.models import Chain, Claim, Meeting, Newcomer
from bookings.newcomer.calendar_file import calendar_file
from bookings.parties.amend import Correction, MemberAsAmended, StillNeeded
from bookings.parties.members import Member
from bookings.parties.queries import meetings_by_key, profile_of
from bookings.parties.register import NotUsable
from bookings.summons.compose import compose, compose_page
from bookings.summons.summoned_day import SummonedDay
from bookings.visits.queries import visits, with_people
from tests.bookings.booking_steps import FIRST, SECOND, ask, book, open_days, register, signed_proposal
from tests.browser import browser_of, words_of
from tests.moment import NOW

pytestmark = pytest.mark.django_db

OMAR = Member("Omar", "Haddad", date(1989, 11, 2))
LAYLA = Member("Layla", "Haddad", date(1992, 5, 17), own_meetings=("AF",))
SAMI = Member("Sami", "Haddad", date(2015, 3, 28))
FAMILY = (LAYLA, OMAR, SAMI)


@pytest.fixture
def chain(by, acting) -> Chain:
    """Omar is adult 1, Layla adult 2 and met alone by the Employment Service."""
    open_days(FIRST, SECOND)
    with acting(by):
        return book(register(by, members=FAMILY), by, last=FIRST)


def alone_in(chain: Chain, key: str) -> str:
    """The given name of who is met alone."""
    person = meetings_by_key(chain)[key].person
    assert person
    return person.given_name


def times(chain: Chain) -> dict[str, datetime]:
    return {key: meeting.starts_at for key, meeting in meetings_by_key(chain).items()}


def link_of(chain: Chain, name: str):
    return chain.links.get(newcomer__given_name=name)


def page_for(chain: Chain, name: str):
    return compose(chain.summonses.latest("version"), link_of(chain, name)).pages[-1]


def amended(chain: Chain, own: tuple[str, ...], by, *, without: str = ""):
    """The members as they are, but for by whom Layla is met alone."""
    members = [
        MemberAsAmended(
            one.key,
            Member(
                one.given_name,
                one.family_name,
                one.birth_date,
                own_meetings=own if one.given_name == "Layla" else (),
            ),
        )
        for one in chain.party.members.all()
        if one.given_name != without
    ]
    return amend_party(party=chain.party, correction=Correction({}, members), by=by, at=NOW)


def test_the_agency_meets_the_adult_alone_and_the_others_at_another_time(chain, by, acting):
    with acting(by):
        booked = meetings_by_key(chain)
        assert sorted(booked) == ["AF", "AF:2", "FK", "KOM", "MIG", "SKV"]
        alone, rest = booked["AF:2"], booked["AF"]
        assert (alone_in(chain, "AF:2"), rest.person) == ("Layla", None)
        in_order = sorted(booked.values(), key=lambda meeting: meeting.starts_at)
        assert all(earlier.ends_at < later.starts_at for earlier, later in pairwise(in_order))
        minutes = Service.objects.get(agency_code="AF").minutes_for(1, extra_time=False)
        assert {one.ends_at - one.starts_at for one in (alone, rest)} == {timedelta(minutes=minutes)}
        stops = SummonedDay.from_json(chain.summonses.get().day).stops
        people = {member.pk: member.given_name for member in chain.party.members.all()}
        called = {
            (stop.alone is not None, *(people[pk] for pk in stop.members))
            for stop in stops
            if stop.code == "AF"
        }
        assert called == {(True, "Layla"), (False, "Omar")}
        assert Claim.objects.filter(meeting=alone, resource=chain.party.resource).count() == 1


def test_hard_orders_hold_for_both_meetings(chain, by, acting):
    with acting(by):
        starts = times(chain)
        assert starts["MIG"] < min(starts["AF"], starts["AF:2"])


def test_without_a_wish_there_is_one_meeting_as_before(by, acting):
    open_days(FIRST)
    with acting(by):
        party = register(by, members=(Member("Layla", "Haddad", LAYLA.birth_date), OMAR, SAMI))
        assert profile_of(party).own == ()
        assert sorted(times(book(party, by))) == ["AF", "FK", "KOM", "MIG", "SKV"]


def test_who_comes_alone_anyway_has_one_meeting(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by, members=(LAYLA,)), by)
        assert "AF:1" not in times(chain)
        assert "AF" in times(chain)


def test_a_proposal_for_the_typed_party_is_one_for_the_registered_party(by, acting):
    with acting(by):
        party = register(by, members=FAMILY)
        assert profile_of(party).own == ((1, "AF"),)


def test_each_is_told_of_the_own_meeting_and_not_of_the_others(chain, by, acting):
    with acting(by):
        booked = meetings_by_key(chain)
        of_layla, of_omar = clock(booked["AF:2"].starts_at), clock(booked["AF"].starts_at)
        for name, own, others in (("Layla", of_layla, of_omar), ("Omar", of_omar, of_layla)):
            page = page_for(chain, name)
            (stop,) = [stop for stop in page.stops if stop.code == "AF"]
            assert (clock(stop.starts_at), stop.names) == (own, (name,))
            file = calendar_file(page, made_at=NOW).decode()
            assert own in file
            assert others not in file
            shown = compose_page(chain.summonses.get(), link_of(chain, name), language="sv")
            assert [clock(stop.starts_at) for stop in shown.stops if stop.code == "AF"] == [own]
            assert len(page.stops) == 5


def test_one_of_the_two_moves_and_the_other_adult_is_not_told_whither(chain, by, acting):
    with acting(by):
        before = times(chain)
        answer = ask(chain.party, last=FIRST, moving=chain, meeting="AF:2")
        assert answer.options
        for option in answer.options:
            kept = {offer.key: offer.starts_at for offer in option.proposal.offers}
            assert kept.pop("AF:2") != before["AF:2"]
            assert kept == {key: at for key, at in before.items() if key != "AF:2"}
        moved = move_chain(chain=chain, proposal=answer.options[0].proposal.sign(), by=by, at=NOW)
        assert list(moved.party.events.all()[0].facts["moved"]) == ["AF:2"]
        assert page_for(moved, "Layla").changes
        assert clock(times(moved)["AF:2"]) not in " ".join(page_for(moved, "Omar").changes)
        assert "tid" not in " ".join(page_for(moved, "Omar").changes)


def test_the_whole_day_moves_with_both_meetings_kept(chain, by, acting):
    with acting(by):
        keys = {meeting.pk for meeting in chain.meetings.all()}
        proposal = signed_proposal(chain.party, first=SECOND, moving=chain)
        moved = move_chain(chain=chain, proposal=proposal, by=by, at=NOW)
        assert {meeting.pk for meeting in moved.meetings.all()} == keys
        assert {at.date() for at in times(moved).values()} == {SECOND}
        assert move_chain(chain=moved, proposal=proposal, by=by, at=NOW).version == moved.version


def test_a_cancelled_day_frees_both(chain, by, acting):
    with acting(by):
        cancel_chain(chain=chain, reason="Sjuk", by=by, at=NOW)
        assert not Claim.objects.exists()


def test_who_asks_later_makes_the_day_move_and_who_asks_no_more_too(chain, by, acting):
    with acting(by):
        letters = chain.summonses.count()
        led_to = amended(chain, (), by)
        assert led_to.must_move
        assert chain.summonses.count() == letters
        chain = Chain.objects.get(pk=chain.pk)
        chain = move_chain(
            chain=chain, proposal=signed_proposal(chain.party, first=SECOND, moving=chain), by=by, at=NOW
        )
        assert sorted(times(chain)) == ["AF", "FK", "KOM", "MIG", "SKV"]
        assert amended(chain, ("AF", "FK"), by).must_move
        chain = Chain.objects.get(pk=chain.pk)
        chain = move_chain(
            chain=chain, proposal=signed_proposal(chain.party, last=FIRST, moving=chain), by=by, at=NOW
        )
        assert sorted(times(chain)) == ["AF", "AF:2", "FK", "FK:2", "KOM", "MIG", "SKV"]


def test_an_elder_who_joins_changes_the_number_and_not_the_person(chain, by, acting):
    with acting(by):
        Newcomer.objects.create(
            party=chain.party, given_name="Amira", family_name="Haddad", birth_date=date(1950, 1, 1)
        )
        chain = Chain.objects.get(pk=chain.pk)
        assert alone_in(chain, "AF:3") == "Layla"


def test_who_has_a_meeting_alone_stays_in_the_party(chain, by, acting):
    with acting(by):
        with pytest.raises(StillNeeded):
            amended(chain, (), by, without="Layla")
        assert chain.party.members.count() == 3


def test_an_unknown_agency_is_refused_beside_the_person(by, acting):
    with acting(by):
        with pytest.raises(NotUsable) as refused:
            register(by, members=(Member("Layla", "Haddad", LAYLA.birth_date, own_meetings=("XXX",)), OMAR))
        assert "own_meetings" in refused.value.errors["members"][0]


def test_the_database_refuses_a_third_meeting_and_a_stranger(chain, by, acting):
    with acting(by):
        alone = meetings_by_key(chain)["AF:2"]
        with pytest.raises(ValidationError):
            Meeting(
                chain=chain,
                agency=alone.agency,
                person=alone.person,
                service=alone.service,
                caseworker=alone.caseworker,
                who="concerned",
                starts_at=alone.starts_at,
                ends_at=alone.ends_at,
            ).validate_constraints()
        stranger = register(by).members.all()[0]
        for changed in ({"person": None}, {"person": stranger}):
            with pytest.raises(Error), transaction.atomic():
                Meeting.objects.filter(pk=alone.pk).update(**changed)


def test_a_check_in_says_which_of_the_two(chain, by, acting):
    said = {"reference": chain.reference, "by": by, "at": chain.site_day.opens_at}
    with acting(by):
        with pytest.raises(WhichMeeting) as refused:
            check_in(**said, agency="AF")
        assert "AF:0 / AF:2" in str(refused.value) or "AF:2 / AF:0" in str(refused.value)
        assert check_in(**said, agency="AF:2").person == meetings_by_key(chain)["AF:2"].person
        assert meetings_by_key(chain)["AF"].attendance == "expected"
        assert check_in(**said, agency="AF:1").person is None
        assert undo_attendance(**said, agency="AF:0", kind="began").attendance == "expected"
        assert meetings_by_key(chain)["AF:2"].attendance == "began"
        assert check_in(**said, agency="MIG:2").agency.code == "MIG"
        with pytest.raises(NoSuchMeeting):
            check_in(**said, agency="PM:2")


def test_the_visited_agency_expects_two_visits_of_one_chain(chain, by, acting):
    with acting(by):
        booked = meetings_by_key(chain)
        desk = booked["AF:2"].caseworker
    with acting(desk):
        found = {visit.key: visit for visit in visits()}
        assert sorted(found) == ["AF:0", "AF:2"]
        assert (found["AF:2"].size, found["AF:0"].size) == (1, 3)
        said = {"reference": chain.reference, "by": desk, "at": chain.site_day.opens_at}
        with pytest.raises(WhichMeeting):
            check_in(**said, agency="AF")
        check_in(**said, agency="AF:2")
        states = {visit.key: visit.attendance for visit in visits()}
        assert states == {"AF:0": "expected", "AF:2": "began"}
    with acting(desk):
        names = {visit.key: visit.person for visit in with_people(visits())}
        assert names["AF:2"] is None or names["AF:2"].given_name == "Layla"


def test_the_visited_agency_reads_both_visits_on_their_pages(chain, by, acting):
    with acting(by):
        booked = meetings_by_key(chain)
    browser, address = browser_of(booked["AF:2"].caseworker), f"/visits/{chain.reference}/"
    alone = browser.get(address, {"meeting": "AF:2"})
    assert "one adult alone" in words_of(alone)
    assert f"{address}?meeting=AF:0" in alone.text
    assert f"{address}?meeting=AF:2" in browser.get(address, {"meeting": "AF:1"}).text
    for meeting in ("AF", "PM:9", ""):
        assert browser.get(address, {"meeting": meeting}).status_code == 200
