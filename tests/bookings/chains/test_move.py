"""Move a day or one meeting of it: the old time is free at once, the letter gets a new version."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bookings.chains.book import NotBooked, ProposalNotValid, book_chain, cancel_chain, move_chain
from bookings.chains.check_in import check_in
from bookings.chains.placement import SlotTaken
from bookings.chains.write_meetings import MeetingHasBegun
from bookings.models import Claim
from bookings.summons.compose import compose
from bookings.summons.summoned_day import SummonedDay
from tests.bookings.booking_steps import FIRST, SECOND, ask, book, open_days, register, signed_proposal
from tests.moment import NOW

pytestmark = pytest.mark.django_db


def times(chain) -> dict[str, object]:
    return {meeting.agency.code: meeting.starts_at for meeting in chain.meetings.select_related("agency")}


def test_a_moved_day_is_the_same_day_at_another_time(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party = register(by)
        chain = book(party, by, last=FIRST)
        links = set(chain.links.values_list("token_hash", flat=True))
        moved = move_chain(
            chain=chain, proposal=signed_proposal(party, first=SECOND, moving=chain), by=by, at=NOW
        )
        assert (moved.pk, moved.reference, moved.site_day.date) == (chain.pk, chain.reference, SECOND)
        assert moved.meetings.count() == 5
        assert {claim.period.lower.date() for claim in Claim.objects.all()} == {SECOND}
        assert set(moved.links.values_list("token_hash", flat=True)) == links
        assert [summons.version for summons in moved.summonses.all()] == [2, 1]
        event = party.events.all()[0]
        assert event.kind == "moved"
        assert event.facts["before"]["starts_at"].startswith(FIRST.isoformat())
        assert event.facts["day"]["starts_at"].startswith(SECOND.isoformat())


def test_version_two_says_what_changed_and_version_one_stays_as_it_was(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party = register(by)
        chain = book(party, by, last=FIRST)
        chain = move_chain(
            chain=chain, proposal=signed_proposal(party, first=SECOND, moving=chain), by=by, at=NOW
        )
        second, first = chain.summonses.all()
        link = chain.links.all()[0]
        changes = compose(second, link).pages[-1].changes
        assert "9 december 2026" in changes[0]
        assert "8 december 2026" in changes[0]
        assert compose(first, link).pages[-1].changes == ()
        assert SummonedDay.from_json(first.day).starts_at.date() == FIRST


def test_the_old_time_can_be_booked_by_another_at_once(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party, other = register(by), register(by)
        proposal = signed_proposal(other, last=FIRST)
        chain = book(party, by, last=FIRST)
        move_chain(chain=chain, proposal=signed_proposal(party, first=SECOND, moving=chain), by=by, at=NOW)
        assert book_chain(party=other, proposal=proposal, by=by, at=NOW).site_day.date == FIRST


def test_one_meeting_moves_and_the_others_stay(by, acting):
    open_days(FIRST)
    with acting(by):
        party = register(by)
        chain = book(party, by)
        last = chain.meetings.latest("starts_at").agency.code
        before = times(chain)
        answer = ask(party, moving=chain, meeting=last)
        assert answer.options
        chain = move_chain(chain=chain, proposal=answer.options[0].proposal.sign(), by=by, at=NOW)
        after = times(chain)
        assert after.pop(last) != before.pop(last)
        assert after == before
        assert chain.summonses.count() == 2


def test_a_day_may_move_into_its_own_time(by, acting):
    """Its own claims are no obstacle to a chain a little later."""
    open_days(FIRST)
    with acting(by):
        party = register(by)
        chain = book(party, by)
        options = ask(party, moving=chain).options
        held = {meeting.starts_at for meeting in chain.meetings.all()}
        assert all({offer.starts_at for offer in option.proposal.offers} != held for option in options)
        move_chain(chain=chain, proposal=options[0].proposal.sign(), by=by, at=NOW)
        assert chain.meetings.count() == 5


def test_a_place_that_is_taken_keeps_the_day_as_it_was(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party, other = register(by), register(by)
        chain = book(party, by, last=FIRST)
        proposal = signed_proposal(party, first=SECOND, moving=chain)
        book(other, by, first=SECOND)
        before = times(chain)
        with pytest.raises(SlotTaken):
            move_chain(chain=chain, proposal=proposal, by=by, at=NOW)
        assert times(chain) == before
        assert Claim.objects.filter(meeting__chain=chain).count() == 15
        assert chain.summonses.count() == 1


def test_a_cancelled_day_does_not_move(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party = register(by)
        chain = book(party, by, last=FIRST)
        proposal = signed_proposal(party, first=SECOND, moving=chain)
        cancel_chain(chain=chain, reason="Sjuk", by=by, at=NOW)
        with pytest.raises(NotBooked):
            move_chain(chain=chain, proposal=proposal, by=by, at=NOW)


def test_another_partys_proposal_moves_nothing(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        chain, other = book(register(by), by, last=FIRST), register(by, births=[FIRST.replace(year=1980)])
        with pytest.raises(ProposalNotValid):
            move_chain(chain=chain, proposal=signed_proposal(other, first=SECOND), by=by, at=NOW)


def test_a_meeting_that_has_begun_stays(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party = register(by)
        chain = book(party, by, last=FIRST)
        proposal = signed_proposal(party, first=SECOND, moving=chain)
        morning = chain.meetings.all()[0].starts_at
        check_in(reference=chain.reference, agency="MIG", by=by, at=morning)
        with pytest.raises(MeetingHasBegun):
            move_chain(chain=chain, proposal=proposal, by=by, at=morning)
        assert chain.meetings.filter(checked_in_at=morning).count() == 1


def test_the_last_meeting_may_move_when_the_first_has_begun(by, acting, time_machine):
    open_days(FIRST)
    with acting(by):
        party = register(by)
        chain = book(party, by)
        last = chain.meetings.latest("starts_at")
        proposal = ask(party, moving=chain, meeting=last.agency.code).options[0].proposal
        morning = chain.meetings.all()[0].starts_at
        time_machine.move_to(morning, tick=False)
        check_in(reference=chain.reference, agency="MIG", by=by, at=morning)
        chain = move_chain(
            chain=chain, proposal=replace(proposal).sign(), by=by, at=morning + timedelta(minutes=1)
        )
        assert chain.meetings.get(agency__code="MIG").checked_in_at == morning
