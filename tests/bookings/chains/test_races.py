"""Many at once, each with a connection of its own: one winner a slot, no ring of waiting, nobody without an answer."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from agencies.models import User
from agencies.refusals import Refusal
from agencies.secrecy.context import acting_as, viewer_of
from bookings.chains.book import AlreadyBooked, book_chain, cancel_chain, move_chain
from bookings.chains.check_in import NotThatDay, check_in
from bookings.chains.placement import SlotTaken
from bookings.chains.write_meetings import MeetingHasBegun
from bookings.models import AttendanceEvent, Chain, Party
from bookings.parties.members import Member
from bookings.parties.queries import meetings_by_key
from tests.bookings.booking_steps import FIRST, SECOND, ask, book, open_days, register, signed_proposal
from tests.moment import NOW

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60  # seconds


def at_once(by: User, verbs: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each verb gave or refused, all of them begun at the same moment for the same user."""
    together = Barrier(len(verbs))

    def run(verb: Callable[[], Any]) -> Any:
        together.wait(PATIENCE)
        try:
            with acting_as(viewer_of(by)):
                return verb()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as threads:
        hands = [threads.submit(run, verb) for verb in verbs]
        return [hand.result(PATIENCE) for hand in hands]


def booking(party: Party, proposal: str, by: User) -> Callable[[], Chain]:
    return lambda: book_chain(
        party=Party.objects.get(pk=party.pk), proposal=proposal, by=by, at=NOW, to_print=False
    )


def moving(chain: Chain, proposal: str, by: User) -> Callable[[], Chain]:
    return lambda: move_chain(chain=Chain.objects.get(pk=chain.pk), proposal=proposal, by=by, at=NOW)


def test_one_slot_has_one_winner_and_the_others_alternatives(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        parties = [register(by) for _ in range(8)]
        proposals = [signed_proposal(party, last=FIRST) for party in parties]
    answers = at_once(by, [booking(party, one, by) for party, one in zip(parties, proposals, strict=True)])
    winners = [answer for answer in answers if isinstance(answer, Chain)]
    assert len(winners) == 1
    assert sum(isinstance(answer, SlotTaken) for answer in answers) == 7
    with acting(by):
        loser = next(party for party in parties if party.pk != winners[0].party_id)
        assert ask(loser).options


def test_a_party_that_is_booked_twice_at_once_has_one_day(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party = register(by)
        proposals = [signed_proposal(party, last=FIRST), signed_proposal(party, first=SECOND)] * 3
    answers = at_once(by, [booking(party, one, by) for one in proposals])
    (chain,) = [answer for answer in answers if isinstance(answer, Chain)]
    refused = [answer for answer in answers if not isinstance(answer, Chain)]
    assert {type(refusal) for refusal in refused} <= {AlreadyBooked, SlotTaken}
    assert any(isinstance(refusal, AlreadyBooked) and refusal.chain == chain for refusal in refused)
    with acting(by):
        assert list(Chain.objects.all()) == [chain]


def test_one_form_sent_twice_at_once_registers_one_party(by, acting):
    form = uuid4()
    answers = at_once(by, [lambda: register(by, registration=form)] * 4)
    assert len(set(answers)) == 1
    with acting(by):
        assert Party.objects.count() == 1


def test_two_days_that_move_into_each_others_places_do_not_wait_for_each_other(by, acting):
    open_days(
        FIRST, SECOND, desks=dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 2), interpreters={"ar": 2}
    )
    with acting(by):
        here, there = register(by), register(by)
        one, other = book(here, by, last=FIRST), book(there, by, first=SECOND)
        to_second = signed_proposal(here, first=SECOND, moving=one)
        to_first = signed_proposal(there, last=FIRST, moving=other)
    for _ in range(3):
        answers = at_once(by, [moving(one, to_second, by), moving(other, to_first, by)])
        assert all(isinstance(answer, Chain | SlotTaken) for answer in answers)
        with acting(by):
            assert overlaps() == 0
            one, other = Chain.objects.get(pk=one.pk), Chain.objects.get(pk=other.pk)
            days = {chain.site_day.date for chain in (one, other)}
            assert days <= {FIRST, SECOND}
            to_second = signed_proposal(here, moving=one)
            to_first = signed_proposal(there, moving=other)


def test_a_day_that_is_cancelled_while_another_books_it(by, acting):
    open_days(FIRST)
    with acting(by):
        old, new = register(by), register(by)
        proposal = signed_proposal(new)
        chain = book(old, by)
    cancelled, booked = at_once(
        by,
        [
            lambda: cancel_chain(chain=Chain.objects.get(pk=chain.pk), reason="Sjuk", by=by, at=NOW),
            booking(new, proposal, by),
        ],
    )
    assert cancelled.state == Chain.State.CANCELLED
    assert isinstance(booked, Chain | SlotTaken)
    with acting(by):
        assert overlaps() == 0
        assert Chain.objects.filter(state=Chain.State.BOOKED).count() == isinstance(booked, Chain)


def test_a_crowd_on_a_few_desks_leaves_no_overlap(by, acting):
    open_days(
        FIRST, SECOND, desks=dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 2), interpreters={"ar": 3}
    )
    with acting(by):
        parties = [register(by) for _ in range(10)]
        proposals = [(party, option) for party in parties for option in ask(party, limit=2).options]
    answers = at_once(by, [booking(party, option.proposal.sign(), by) for party, option in proposals])
    assert all(isinstance(answer, Chain | SlotTaken | AlreadyBooked) for answer in answers)
    booked = [answer for answer in answers if isinstance(answer, Chain)]
    assert booked
    with acting(by):
        assert overlaps() == 0
        assert Chain.objects.count() == len(booked)


def overlaps() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM bookings_claim a JOIN bookings_claim b ON a.resource_id = b.resource_id"
            " AND a.id < b.id AND a.period && b.period"
        )
        return int(cursor.fetchone()[0])


def test_two_stale_moves_of_two_meetings_at_once_move_one(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        before = dict(chain.meetings.values_list("agency__code", "starts_at"))
        proposals = [signed_proposal(chain.party, moving=chain, meeting=code) for code in ("KOM", "FK")]
    answers = at_once(by, [moving(chain, proposal, by) for proposal in proposals])
    assert sorted(type(answer).__name__ for answer in answers) in (
        ["Chain", "MovedMeanwhile"],
        ["Chain", "SlotTaken"],
    )
    with acting(by):
        after = dict(chain.meetings.values_list("agency__code", "starts_at"))
        assert len({code for code in before if before[code] != after[code]}) == 1
        assert Chain.objects.get(pk=chain.pk).version == 2


def test_a_party_checked_in_by_many_at_once_is_checked_in_once(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
    at = chain.site_day.opens_at
    answers = at_once(by, [lambda: check_in(reference=chain.reference, agency="MIG", by=by, at=at)] * 4)
    assert {answer.attendance for answer in answers} == {"began"}
    with acting(by):
        assert AttendanceEvent.objects.count() == 1
        assert Chain.objects.get(pk=chain.pk).version == 2


def test_a_check_in_at_the_moment_of_a_move_is_before_it_or_after_it(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        chain = book(register(by), by, last=FIRST)
        proposal = signed_proposal(chain.party, first=SECOND, moving=chain)
    at = chain.site_day.opens_at
    recorded, moved = at_once(
        by,
        [
            lambda: check_in(reference=chain.reference, agency="MIG", by=by, at=at),
            moving(chain, proposal, by),
        ],
    )
    with acting(by):
        now = Chain.objects.get(pk=chain.pk)
        assert isinstance(recorded, NotThatDay) == isinstance(moved, Chain)
        assert isinstance(moved, MeetingHasBegun) == (now.site_day_id == chain.site_day_id)


def test_two_stale_moves_of_two_meetings_with_one_agency_at_once_move_one(by, acting):
    open_days(FIRST)
    members = [
        Member("Omar", "Haddad", date(1989, 11, 2)),
        Member("Layla", "Haddad", date(1992, 5, 17), own_meetings=("AF",)),
    ]
    with acting(by):
        chain = book(register(by, members=members), by)
        before = {key: meeting.starts_at for key, meeting in meetings_by_key(chain).items()}
        proposals = [signed_proposal(chain.party, moving=chain, meeting=key) for key in ("AF", "AF:2")]
    answers = at_once(by, [moving(chain, proposal, by) for proposal in proposals])
    assert sorted(type(answer).__name__ for answer in answers) in (
        ["Chain", "MovedMeanwhile"],
        ["Chain", "SlotTaken"],
    )
    with acting(by):
        after = {key: meeting.starts_at for key, meeting in meetings_by_key(chain).items()}
        assert sorted(after) == sorted(before)
        assert len({key for key in before if before[key] != after[key]}) == 1
        assert overlaps() == 0
