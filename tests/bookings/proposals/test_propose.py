"""Propose: whom the party meets on which day, and why there may be no day at all."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from agencies.clock import at_wall_clock, local
from agencies.models import Break, Location, Shift, Site, User
from bookings.attendance.eligibility import LONGEST_RANGE, LegalBasisNotValid, TrackOfAnother
from bookings.models import LegalBasis, Precedence, Track
from bookings.planner import SLOT_MINUTES
from bookings.proposals.propose import RangeNotUsable, SiteNotOpen
from bookings.proposals.serializers import LeftOutSerializer
from bookings.proposals.signed import read_proposal
from tests.bookings.booking_steps import (
    FAMILY,
    FIRST,
    ONE_DESK_EACH,
    PARENTS,
    SECOND,
    THIRD,
    ask,
    met,
    open_days,
    register,
)
from tests.factories.agencies import UserFactory
from tests.factories.interpreters import InterpreterFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
FAMILY_MEETS = {"MIG", "SKV", "FK", "AF", "KOM"}


@pytest.fixture
def by():
    return UserFactory()


def agencies(answer) -> list[set[str]]:
    return [set(codes) for _day, codes in met(answer)]


def test_three_days_with_migrationsverket_first(by, acting):
    open_days()
    with acting(by):
        answer = ask(register(by))
    assert [day for day, _codes in met(answer)] == [FIRST, SECOND, THIRD]
    assert agencies(answer) == [FAMILY_MEETS] * 3
    assert all(codes[0] == "MIG" for _day, codes in met(answer))
    assert not answer.why_not


def test_each_day_keeps_the_orders_of_its_own_date(by, acting):
    open_days()
    track = Track.objects.get(number=1)
    for before, after, dates in (
        ("SKV", "KOM", {"valid_to": FIRST}),
        ("KOM", "SKV", {"valid_from": SECOND, "valid_to": SECOND}),
        ("SKV", "KOM", {"valid_from": THIRD}),
    ):
        Precedence.objects.create(track=track, before=before, after=after, is_hard=True, **dates)
    with acting(by):
        answer = ask(register(by))
    first = {
        day: min(("SKV", "KOM"), key=list(codes).index)
        for day, codes in met(answer)
        if set(codes) == FAMILY_MEETS
    }
    assert first == {FIRST: "SKV", SECOND: "KOM", THIRD: "SKV"}


def test_a_meeting_is_as_long_as_the_family_is_large(by, acting):
    open_days(FIRST)
    with acting(by):
        plain = ask(register(by, births=FAMILY)).options[0].proposal
        slow = ask(register(by, births=FAMILY, extra_time=True)).options[0].proposal
    minutes = {offer.code: offer.slots * SLOT_MINUTES for offer in plain.offers}
    assert minutes == {"MIG": 45, "SKV": 60, "FK": 30, "AF": 60, "KOM": 45}
    assert {offer.code: offer.slots * SLOT_MINUTES for offer in slow.offers} == {
        code: length + 15 for code, length in minutes.items()
    }


def test_ages_count_on_the_day_of_the_meeting(by, acting):
    open_days(FIRST, SECOND)
    twentieth = date(SECOND.year - 20, SECOND.month, SECOND.day)
    with acting(by):
        answer = ask(register(by, births=[twentieth]))
    assert {day: "AF" in codes for day, codes in met(answer)} == {FIRST: False, SECOND: True}


@pytest.mark.parametrize(
    ("age", "meets"),
    [(19, set()), (20, {"AF"}), (65, {"AF"}), (66, {"AF"}), (67, {"PM"}), (70, {"PM"})],
)
def test_ages_of_2026(by, acting, age, meets):
    open_days(FIRST)
    with acting(by):
        answer = ask(register(by, births=[date(FIRST.year - age, FIRST.month, FIRST.day)]))
    assert agencies(answer)[0] & {"AF", "PM"} == meets


def test_a_couple_of_seventy_and_sixty_eight_whom_the_municipality_summons(acting):
    by = UserFactory(agency="KOM")
    open_days(FIRST, interpreters={"ti": 1})
    with acting(by):
        party = register(by, births=[date(1956, 2, 1), date(1958, 3, 1)], language="ti", basis="UTL-5-2")
        answer = ask(party, track=3)
    assert agencies(answer)[0] == {"SKV", "FK", "PM", "KOM"}


def test_relatives_who_join_later_at_seventy(acting):
    by = UserFactory(agency="AF")
    open_days(FIRST)
    with acting(by):
        answer = ask(register(by, births=[date(1956, 2, 1)], basis="ANHORIG"), track=2)
    assert agencies(answer)[0] == {"SKV", "FK", "PM", "KOM"}


def test_stops_are_switched_for_one_party(by, acting):
    open_days(FIRST)
    with acting(by):
        switched = {"AF": False, "PM": True, "MIG": False}
        answer = ask(register(by, births=PARENTS, switched=switched))
    assert agencies(answer)[0] == {"MIG", "SKV", "FK", "KOM", "PM"}


def test_a_municipality_without_a_desk_here_is_not_met_here(by, acting):
    open_days(FIRST)
    with acting(by):
        answer = ask(register(by, municipality="0509"))
    assert agencies(answer)[0] == FAMILY_MEETS - {"KOM"}


def test_where_identity_cannot_be_checked_there_is_no_stop_at_the_tax_agency(by, acting):
    open_days(FIRST)
    Location.objects.update(checks_identity=False)
    with acting(by):
        answer = ask(register(by))
    assert agencies(answer)[0] == FAMILY_MEETS - {"SKV"}
    assert answer.options[0].left_out == ("SKV",)
    with override("en"):
        said = LeftOutSerializer("SKV").data
    assert said["reason"] == "identity-not-checked-there"
    assert "identity cannot be checked" in said["detail"]


def test_nobody_needs_an_interpreter_for_swedish(by, acting):
    open_days(FIRST, interpreters={})
    with acting(by):
        answer = ask(register(by, language="sv"))
    assert answer.options[0].proposal.interpreter is None


def test_without_an_interpreter_of_ours_one_is_ordered_outside(by, acting):
    open_days(FIRST)
    with acting(by):
        answer = ask(register(by, language="so"))
    assert answer.options
    assert not answer.why_not
    assert not answer.ours_are_busy
    assert all(one.proposal.outside and one.proposal.interpreter is None for one in answer.options)


def test_when_ours_are_away_the_proposals_from_outside_say_so(by, acting):
    open_days(FIRST)
    InterpreterFactory.create(language="so")
    with acting(by):
        answer = ask(register(by, language="so"))
    assert answer.ours_are_busy
    assert answer.options[0].proposal.outside


def test_the_missing_desk_is_named_with_its_hour(by, acting):
    open_days(FIRST, desks={"MIG": 1, "SKV": 1, "AF": 1, "KOM": 1})
    with acting(by):
        (hint,) = ask(register(by)).why_not
    assert (hint.kind, hint.agency, hint.day) == ("desk", "FK", FIRST)
    assert hint.starts_at
    assert hint.ends_at
    assert hint.ends_at - hint.starts_at == timedelta(minutes=30)


def test_the_letter_needs_its_days_in_the_post(by, acting):
    open_days()
    with acting(by):
        party = register(by)
        late = at_wall_clock(FIRST - timedelta(days=1), time(9))
        answer = ask(party, at=late, last=FIRST)
        assert [(hint.kind, hint.day) for hint in answer.why_not] == [
            ("notice", late.date() + timedelta(days=7))
        ]
        in_time = at_wall_clock(SECOND - timedelta(days=7), time(9))
        assert {day for day, _codes in met(ask(party, at=in_time))} == {SECOND, THIRD}


def test_a_closed_week_says_so(by, acting):
    open_days(FIRST)
    with acting(by):
        answer = ask(register(by), first=SECOND)
    assert [hint.kind for hint in answer.why_not] == ["closed"]


@pytest.mark.parametrize("days", [-1, LONGEST_RANGE + 1, 400])
def test_a_range_has_an_end_after_its_beginning_and_not_too_far(by, acting, days):
    with acting(by), pytest.raises(RangeNotUsable):
        ask(register(by), last=FIRST + timedelta(days=days))


def test_a_range_of_one_day_is_a_range(by, acting):
    open_days()
    with acting(by):
        assert {day for day, _codes in met(ask(register(by), last=FIRST))} == {FIRST}


@pytest.mark.parametrize("state", [Site.State.PAUSED, Site.State.CLOSED])
def test_a_site_that_is_not_open_books_nothing(by, acting, state):
    open_days()
    Site.objects.filter(code="norrkoping").update(state=state)
    with acting(by), pytest.raises(SiteNotOpen, match="Norrköping"):
        ask(register(by))


def test_a_track_belongs_to_who_summons(by, acting):
    with acting(by), pytest.raises(TrackOfAnother):
        ask(register(by), track=2)


def test_the_legal_basis_holds_on_the_day(by, acting):
    open_days()
    with acting(by):
        party = register(by, basis="UTL-5-6")
        LegalBasis.objects.filter(code="UTL-5-6").update(valid_to=SECOND)
        assert {day for day, _codes in met(ask(party))} == {FIRST, SECOND}
        with pytest.raises(LegalBasisNotValid):
            ask(party, first=THIRD)


def test_a_proposal_is_bound_to_its_party_and_holds_nothing(by, acting):
    open_days(FIRST)
    with acting(by):
        one, other = register(by), register(by)
        signed_proposals = [ask(party).options[0].proposal.sign() for party in (one, other)]
    mine, others = map(read_proposal, signed_proposals)
    assert mine
    assert others
    assert (mine.party, others.party) == (one.reference, other.reference)
    assert mine.offers == others.offers


def test_more_days_take_no_more_queries(by, acting):
    open_days()
    with acting(by):
        party = register(by)
        ask(party)  # its members are read once
        counted = []
        for last in (FIRST, THIRD):
            with CaptureQueriesContext(connection) as queries:
                ask(party, last=last)
            counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    ("before", "after"),
    [(date(2027, 3, 25), date(2027, 3, 30)), (date(2027, 10, 30), date(2027, 10, 31))],
)
def test_the_clock_changes_and_the_best_day_has_the_same_clock_times(by, acting, before, after):
    open_days(before, after)
    at = datetime.combine(before - timedelta(days=30), time(9), NOW.tzinfo)
    with acting(by):
        answer = ask(register(by), first=before, last=after, at=at, limit=2)
    assert {option.site_day.date for option in answer.options} == {before, after}
    clocks = {
        tuple(local(offer.starts_at).time() for offer in option.proposal.offers) for option in answer.options
    }
    assert len(clocks) == 1
    assert min(clocks.pop()) >= time(8, 30)


def test_the_earliest_day_and_the_least_waiting_are_both_there_and_marked(by, acting):
    """On the first day one agency has gone before the other comes, so that its chains wait; the others do not."""
    open_days(*(date(2026, 12, day) for day in (8, 9, 10, 11)))
    for code, hours in (("MIG", (time(9), time(9, 50))), ("FK", (time(15), time(16)))):
        desks = User.objects.filter(agency__code=code, resource__isnull=False).values("resource")
        shifts = Shift.objects.filter(site_day__date=FIRST, resource__in=desks)
        Break.objects.filter(shift__in=shifts).delete()
        shifts.update(starts_at=at_wall_clock(FIRST, hours[0]), ends_at=at_wall_clock(FIRST, hours[1]))
    with acting(by):
        options = ask(register(by), last=date(2026, 12, 11)).options
    days = [option.site_day.date for option in options]
    assert days == sorted(days)
    assert days[0] == FIRST
    least = min(option.proposal.waiting_minutes for option in options)
    assert options[0].proposal.waiting_minutes > least == 0
    assert "earliest" in options[0].marks
    assert [one.proposal.waiting_minutes for one in options if "least-waiting" in one.marks] == [least]


def test_days_between_that_do_not_work_say_why(by, acting):
    open_days(FIRST, THIRD)
    open_days(SECOND, desks=ONE_DESK_EACH | {"FK": 0})
    with acting(by):
        answer = ask(register(by), explain=True)
    assert [(hint.day, hint.kind, hint.agency) for hint in answer.not_possible] == [(SECOND, "desk", "FK")]


def test_no_chain_passes_noon_without_lunch(by, acting):
    open_days(FIRST)
    with acting(by):
        for option in ask(register(by), limit=10).options:
            offers, kinds = option.proposal.offers, [pause.kind for pause in option.pauses]
            passes = local(offers[0].starts_at).time() < time(11) and local(offers[-1].ends_at).time() > time(
                13, 30
            )
            assert "lunch" in kinds or not passes


def test_when_lunch_makes_a_day_impossible_the_hint_says_so(by, acting):
    """The desks close for no lunch at all: the meetings fill the day from opening to closing."""
    (day,) = open_days(FIRST)
    Shift.objects.filter(site_day=day).update(
        starts_at=at_wall_clock(FIRST, time(9, 30)), ends_at=at_wall_clock(FIRST, time(14, 10))
    )
    Break.objects.filter(shift__site_day=day).delete()
    with acting(by):
        answer = ask(register(by))
    assert not answer.options
    assert "lunch" in [hint.kind for hint in answer.why_not]
