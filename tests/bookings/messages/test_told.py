"""Whether details are corrected, changed or told for the first time goes by what each adult was told before."""

from datetime import date
from typing import Any

import pytest
import time_machine

from agencies.dispatches.channels.outgoing import ChannelRefused, OutcomeUnknown
from bookings.chains.amend import amend_party
from bookings.chains.book import move_chain
from bookings.messages.preview import preview_of
from bookings.models import Chain, Message, Party
from bookings.parties.amend import Correction, MemberAsAmended
from bookings.parties.members import Member
from tests.bookings import booking_steps as steps
from tests.bookings.messages.conftest import PHONE, sweep
from tests.bookings.messages.test_own_contacts import HERS, HIS, LAYLA, NOOR, SALIM, own
from tests.moment import NOW

pytestmark = pytest.mark.django_db
OTHER = "+46701740655"
CORRECTED, CHANGED, FIRST = "Rättade uppgifter, samma tid", "Ändrad: din dag", "Din dag på"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def swedish(couple):
    """Book a couple that reads Swedish."""
    return lambda *adults, **more: couple(*adults, **({"language": "sv"} | more))


@pytest.fixture
def amend(acting, caseworker, gateway):
    """Correct the party; gives the first line of what goes out to each address."""

    def amended(chain: Chain, *typed: Member, **values: Any) -> dict[str, str]:
        gateway.seen.clear()
        with acting(caseworker):
            party = Party.objects.get(pk=chain.party_id)
            keys = {one.given_name: one.key for one in party.members.all()}
            people = [MemberAsAmended(keys.get(one.given_name), one) for one in (*typed, NOOR)]
            amend_party(party=party, correction=Correction(values, people), by=caseworker, at=NOW)
        sweep(NOW)
        return headlines(gateway)

    return amended


@pytest.fixture
def move(acting, caseworker, gateway):
    """Move the chain to the best time of the day, its own one unless told; gives the same."""

    def moved(chain: Chain, day: date | None = None) -> dict[str, str]:
        gateway.seen.clear()
        with acting(caseworker):
            found = Chain.objects.select_related("party", "site_day").get(pk=chain.pk)
            day = day or found.site_day.date
            signed = steps.signed_proposal(found.party, first=day, last=day, moving=found)
            move_chain(chain=found, proposal=signed, by=caseworker, at=NOW)
        sweep(NOW)
        return headlines(gateway)

    return moved


def headlines(gateway) -> dict[str, str]:
    told = {one.to: one.text.splitlines()[0] for one in gateway.seen.values()}
    starts = (CORRECTED, CHANGED, FIRST)
    return {to: next(one for one in starts if line.startswith(one)) for to, line in told.items()}


def test_who_joins_is_told_for_the_first_time_and_the_other_of_a_change(swedish, amend, move):
    chain = swedish(own(SALIM, own_phone=HIS))
    amend(chain, own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))  # the day is too short for both
    assert move(chain) == {HIS: CHANGED, HERS: FIRST}
    assert amend(chain, own(SALIM, own_phone=HIS), own(LAYLA, own_phone=OTHER)) == {
        HIS: CORRECTED,
        OTHER: CORRECTED,
    }


def test_whom_the_first_did_not_reach_is_told_for_the_first_time(swedish, amend, gateway):
    gateway.fails = [None, ChannelRefused("invalid")]
    chain = swedish(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))
    assert amend(chain, own(SALIM, own_phone=HIS), own(LAYLA, own_phone=OTHER)) == {
        HIS: CORRECTED,
        OTHER: FIRST,
    }


def test_who_read_it_at_the_partys_number_and_has_an_own_one_since_knows_the_time(swedish, amend):
    chain = swedish(SALIM, LAYLA)
    assert amend(chain, SALIM, own(LAYLA, own_phone=HERS)) == {PHONE: CORRECTED, HERS: CORRECTED}


def test_what_went_to_the_others_own_number_has_told_nobody_else(swedish, amend, gateway, acting, caseworker):
    chain = swedish(own(SALIM, own_phone=HIS), LAYLA, phone="")
    gateway.seen.clear()
    assert amend(chain, own(SALIM, own_phone=HIS), LAYLA, phone=PHONE) == {HIS: CORRECTED, PHONE: FIRST}


def test_a_letter_that_was_posted_has_told_each_of_them(swedish, amend, gateway, acting, caseworker):
    gateway.fails = [None, ChannelRefused("invalid")]
    chain = swedish(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))
    with acting(caseworker):
        letter = Message.objects.filter(chain=chain, channel="letter")
        letter.update(state=Message.State.SENT, sent_at=NOW)
    assert amend(chain, own(SALIM, own_phone=HIS), own(LAYLA, own_phone=OTHER)) == {
        HIS: CORRECTED,
        OTHER: CORRECTED,
    }


def test_who_joins_after_the_letter_was_posted_has_not_read_it(swedish, amend, move, acting, caseworker):
    chain = swedish(SALIM)
    with acting(caseworker):
        letter = Message.objects.filter(chain=chain, channel="letter")
        letter.update(state=Message.State.SENT, sent_at=NOW)
    amend(chain, SALIM, own(LAYLA, own_phone=HERS))
    assert move(chain) == {PHONE: CHANGED, HERS: FIRST}


def test_who_may_have_been_told_is_told_of_a_change(swedish, amend, gateway):
    gateway.fails = [OutcomeUnknown(may_retry=False)]
    chain = swedish(SALIM, LAYLA)
    assert amend(chain, SALIM, Member(LAYLA.given_name, "Hadad", LAYLA.birth_date, "F")) == {PHONE: CHANGED}


def test_of_another_time_it_is_a_change_for_who_was_told_and_staff_see_the_same(
    swedish, move, reach, acting, caseworker
):
    chain = swedish(own(SALIM, own_phone=HIS), LAYLA, phone="")
    reach(chain, phone=PHONE)
    day = steps.SECOND if chain.site_day.date == steps.FIRST else steps.FIRST
    assert move(chain, day) == {HIS: CHANGED, PHONE: FIRST}
    with acting(caseworker):
        rows = Message.objects.filter(chain=chain, kind="change").exclude(channel="letter")
        shown = [preview_of(one) for one in rows.select_related("party", "chain__site_day__location__site")]
        told = sorted(one.swedish.text for one in shown if one)
        assert [text.startswith(start) for text, start in zip(told, (FIRST, CHANGED), strict=True)] == [
            True,
            True,
        ]
