"""A message is sent once, as the case is when it is sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from agencies.dispatches.channels.outgoing import (
    ChannelMissing,
    ChannelRefused,
    ChannelUnreachable,
    OutcomeUnknown,
)
from agencies.dispatches.sweep import LEASES, PUT_OFF, SWEEPER, WAITS, take
from agencies.models import Dispatch, Site, User
from agencies.secrecy.context import acting_as
from bookings.answers.give import give_answer
from bookings.chains.book import cancel_chain
from bookings.messages import send
from bookings.messages.plan import KIND, plan_receipt
from bookings.messages.settle import block_contact, lift_block
from bookings.models import Chain, ContactBlock, Message, Newcomer, Party
from bookings.parties.protect import protect_party
from bookings.summons.issue import summon
from bookings.summons.summoned_day import SummonedDay
from tests.bookings.messages.conftest import EMAIL, PHONE, letters_of, sweep
from tests.factories.bookings import ContactBlockFactory
from tests.moment import NOW
from tests.outbox import outbox

pytestmark = pytest.mark.django_db

SENT = ("summons", "sms", "sent", "")


def first_reminder(chain: Chain, acting, by: User) -> Message:
    with acting(by):
        return Message.objects.filter(chain=chain, kind__in=Message.REMINDERS).earliest("due_at")


def again(chain: Chain, by: User, acting, at=NOW) -> None:
    """A new version of the summons that tells the same."""
    with acting(by):
        fresh = Chain.objects.select_related("site_day__location__site", "party").get(pk=chain.pk)
        day = SummonedDay.from_json(fresh.summonses.latest("version").day)
        summon(chain=fresh, day=day, by=by, at=at, is_moved=True)


def test_the_summons_goes_at_once_and_reminders_wait(chain, gateway, fates):
    assert sweep(NOW) == 1
    (outgoing,) = gateway.seen.values()
    assert (outgoing.to, outgoing.channel, outgoing.language) == (PHONE, "sms", "ar")
    assert fates(chain) == [
        SENT,
        *((f"reminder_{kind}", "sms", "planned", "") for kind in ("week", "day", "morning")),
    ]


def test_each_reminder_goes_out_at_its_own_time(chain, gateway, fates, acting, caseworker):
    with acting(caseworker):
        moments = list(
            Message.objects.filter(chain=chain).values_list("due_at", flat=True).order_by("due_at")
        )
    for moment in moments:
        sweep(moment)
    assert {state for _kind, _channel, state, _why in fates(chain)} == {"sent"}
    assert len(gateway.seen) == gateway.attempts == 4


def test_sent_twice_it_goes_out_once(chain, gateway, fates):
    """A worker was killed after the gateway had answered and before it was written down."""
    (dispatch,) = [one for one in take(queue="messages", at=NOW) if one.kind == KIND]
    send.send_dispatched(dispatch, at=NOW)
    send.send_dispatched(dispatch, at=NOW)
    assert sweep(NOW + LEASES["messages"]) == 1
    assert gateway.attempts == 1


def test_every_attempt_has_the_same_key(chain, gateway, fates):
    gateway.fails = [ChannelUnreachable(), ChannelUnreachable()]
    assert sweep(NOW) == 1
    assert fates(chain)[0] == ("summons", "sms", "planned", "unreachable")
    assert WAITS[0] <= timedelta(seconds=60)
    sweep(NOW + WAITS[0])
    sweep(NOW + WAITS[0] + WAITS[1])
    assert (gateway.attempts, len(gateway.seen), fates(chain)[0]) == (3, 1, SENT)


def test_what_no_attempt_has_sent_has_failed_and_says_so(chain, gateway, fates):
    gateway.fails = [ChannelUnreachable() for _attempt in range(20)]
    at = NOW
    for wait in (*WAITS, timedelta()):
        sweep(at)
        at += wait
    assert fates(chain)[0] == ("summons", "sms", "failed", "unreachable")


def test_what_killed_its_workers_again_and_again_has_failed(chain, gateway, fates):
    at = NOW
    for _attempt in range(len(WAITS) + 2):
        take(queue="messages", at=at)
        at += LEASES["messages"]
    assert fates(chain)[0] == ("summons", "sms", "failed", "unreachable")


def test_without_a_gateway_nothing_is_lost(chain, gateway, fates):
    gateway.fails = [ChannelMissing() for _attempt in range(len(WAITS) + 2)]
    for attempt in range(len(WAITS) + 2):
        sweep(NOW + attempt * PUT_OFF)
    assert fates(chain)[0] == ("summons", "sms", "planned", "no_gateway")
    sweep(NOW + (len(WAITS) + 2) * PUT_OFF)
    assert fates(chain)[0] == SENT


def test_a_refused_text_message_has_failed_and_goes_as_an_e_mail_where_there_is_an_address(
    chain, gateway, fates, reach, acting, caseworker
):
    gateway.fails = [ChannelRefused("invalid")]
    sweep(NOW)
    assert fates(chain)[0] == ("summons", "sms", "failed", "invalid")
    reach(chain, phone="+46701740613", email=EMAIL)
    gateway.fails = [ChannelRefused("invalid")]
    sweep(first_reminder(chain, acting, caseworker).due_at)
    assert ("reminder_week", "sms", "failed", "invalid") in fates(chain)
    assert ("reminder_week", "email", "sent", "") in fates(chain)
    assert [outgoing.to for outgoing in gateway.seen.values()] == [EMAIL]


@pytest.mark.parametrize(("may_retry", "state"), [(False, "failed"), (True, "planned")])
def test_a_lost_answer_is_asked_for_again_only_where_the_gateway_knows_the_key(
    chain, gateway, fates, may_retry, state
):
    gateway.fails = [OutcomeUnknown(may_retry=may_retry)]
    sweep(NOW)
    assert fates(chain)[0] == ("summons", "sms", state, "unknown")
    sweep(NOW + WAITS[0])
    assert len(gateway.seen) == may_retry


def test_a_cancelled_day_is_told_and_what_waited_is_dropped(chain, gateway, fates, acting, caseworker):
    sweep(NOW)
    with acting(caseworker):
        cancel_chain(chain=chain, reason="The place is closed", by=caseworker, at=NOW)
    sweep(chain.site_day.closes_at - timedelta(days=1))
    told = fates(chain)
    assert told.count(("cancellation", "sms", "sent", "")) == 1
    assert {(state, why) for kind, _channel, state, why in told if kind.startswith("reminder")} == {
        ("dropped", "cancelled")
    }
    assert letters_of(chain, caseworker, acting) == [
        ("summons", "dropped", "cancelled"),
        ("cancellation", "planned", ""),
    ]


def test_a_change_replaces_what_waits_for_the_version_before(chain, gateway, fates, acting, caseworker):
    sweep(NOW)
    again(chain, caseworker, acting)
    sweep(NOW)
    told = fates(chain)
    assert [fate for fate in told if fate[0] == "change"] == [("change", "sms", "sent", "")]
    assert told.count(("reminder_day", "sms", "dropped", "replaced")) == 1
    assert told.count(("reminder_day", "sms", "planned", "")) == 1
    assert "الموعد نفسه" in gateway.texts[-1]


def test_whom_nobody_has_told_of_the_day_is_told_the_summons_and_no_change(
    chain, gateway, fates, acting, caseworker
):
    again(chain, caseworker, acting)
    sweep(NOW)
    assert [fate for fate in fates(chain) if fate[2] == "sent"] == [SENT]


def test_what_was_taken_before_a_change_is_dropped_when_it_is_read_again(
    chain, gateway, fates, acting, caseworker
):
    """The message has been overlooked by the verb: the reading at the moment of sending is the last word."""
    reminder = first_reminder(chain, acting, caseworker)
    again(chain, caseworker, acting)
    with acting(caseworker):
        Message.objects.filter(pk=reminder.pk).update(state="planned", why="", settled_at=None)
    sweep(reminder.due_at)
    with acting(caseworker):
        reminder.refresh_from_db()
    assert (reminder.state, reminder.why) == ("dropped", "replaced")


@pytest.mark.parametrize(
    ("contact", "why"),
    [({"phone": ""}, "no_contact"), ({"is_protected": True}, "protected")],
)
def test_to_whom_nothing_may_go_nothing_goes(chain, gateway, fates, reach, contact, why):
    reach(chain, **contact)
    sweep(NOW)
    assert fates(chain)[0] == ("summons", "sms", "dropped", why)
    assert not gateway.attempts


def test_a_family_that_is_protected_meanwhile_is_told_nothing_more(chain, gateway, fates, acting, caseworker):
    with acting(caseworker):
        protect_party(party=chain.party, reason="There is a threat against the mother", by=caseworker, at=NOW)
    sweep(NOW)
    assert not gateway.attempts
    assert fates(chain)[0] == ("summons", "sms", "dropped", "protected")


def test_a_protected_family_has_only_the_letter(book, reach, gateway, fates, acting, caseworker):
    chain = book()
    reach(chain, is_protected=True)
    with acting(caseworker):
        Message.objects.filter(chain=chain, channel="letter").update(state="sent", sent_at=NOW)
        Message.objects.filter(chain=chain, kind="summons", channel="sms").update(state="sent", sent_at=NOW)
    again(chain, caseworker, acting)
    assert fates(chain)[1:2] == [("change", "sms", "dropped", "protected")]
    assert not [fate for fate in fates(chain) if fate[2] == "planned"]
    assert letters_of(chain, caseworker, acting) == [("summons", "sent", ""), ("change", "planned", "")]
    sweep(chain.site_day.opens_at)
    assert not gateway.attempts


def test_a_changed_number_or_address_is_where_it_goes(chain, gateway, fates, reach):
    reach(chain, phone="", email=EMAIL)
    sweep(NOW)
    (outgoing,) = gateway.seen.values()
    assert (outgoing.channel, outgoing.to) == ("email", EMAIL)
    assert outgoing.text.startswith(outgoing.subject or "no subject")
    assert fates(chain)[0] == ("summons", "email", "sent", "")


def test_a_changed_language_is_what_it_is_written_in(chain, gateway, acting, caseworker):
    with acting(caseworker):
        Newcomer.objects.filter(party=chain.party_id).update(letter_language="so")
    sweep(NOW)
    (outgoing,) = gateway.seen.values()
    assert outgoing.language == "so"
    assert "Maalintaada" in outgoing.text


@pytest.mark.parametrize("why", ContactBlock.Why.values)
def test_nothing_goes_to_an_address_that_is_closed_until_it_is_another_one(
    chain, gateway, fates, acting, caseworker, reach, why
):
    with acting(caseworker):
        party = Party.objects.get(pk=chain.party_id)
        for _twice in range(2):
            block_contact(party=party, channel="sms", address=PHONE, why=why, at=NOW)
        assert ContactBlock.objects.count() == 1
        ContactBlockFactory(party=party)
    sweep(NOW)
    assert fates(chain)[0] == ("summons", "sms", "dropped", why)
    reach(chain, phone="+46701740613")
    sweep(first_reminder(chain, acting, caseworker).due_at)
    assert [outgoing.to for outgoing in gateway.seen.values()] == ["+46701740613"]


def test_a_closed_address_is_opened_again(chain, gateway, fates, acting, caseworker):
    with acting(caseworker):
        party = Party.objects.get(pk=chain.party_id)
        block = block_contact(party=party, channel="sms", address=PHONE, why=ContactBlock.Why.STOPPED, at=NOW)
        lift_block(block=block, at=NOW)
    sweep(NOW)
    assert fates(chain)[0] == SENT


def test_who_has_asked_for_another_time_is_not_reminded(chain, gateway, fates, acting, caseworker):
    sweep(NOW)
    with acting(caseworker):
        wish = {"answer": "another_time", "source": "telephone", "by": caseworker, "at": NOW}
        give_answer(link=chain.links.order_by("pk")[0], **wish)
    sweep(first_reminder(chain, acting, caseworker).due_at)
    assert fates(chain)[:2] == [SENT, ("reminder_week", "sms", "dropped", "another_time")]


def test_nothing_goes_out_once_the_family_should_be_there(chain, gateway, fates):
    sweep(chain.site_day.closes_at)
    assert {(state, why) for _kind, _channel, state, why in fates(chain)} == {("dropped", "past")}
    assert not gateway.attempts


def test_a_reminder_that_is_late_waits_until_the_quiet_hours_end(chain, gateway, acting, caseworker):
    sweep(NOW)
    reminder = first_reminder(chain, acting, caseworker)
    evening = reminder.due_at.replace(hour=21)
    sweep(evening)
    sweep(evening + timedelta(hours=8))
    assert len(gateway.seen) == 1
    (waiting,) = [one for one in outbox(kind=KIND) if one.subject == reminder.pk]
    assert (waiting.state, waiting.attempts) == ("due", 0)
    sweep(waiting.due_at)
    assert len(gateway.seen) == 2


def test_a_summons_at_night_goes_at_once(chain, gateway, fates):
    sweep(NOW + timedelta(hours=14))
    assert fates(chain)[0] == SENT


def test_a_receipt_says_nothing_of_what_was_chosen_and_comes_once(chain, gateway, fates, acting, caseworker):
    with acting(caseworker):
        link = chain.links.order_by("pk")[0]
        for _choice in range(3):
            plan_receipt(link=link, by=caseworker, at=NOW)
    sweep(NOW + timedelta(minutes=2))
    assert fates(chain).count(("receipt", "sms", "sent", "")) == 1
    assert len(gateway.seen) == 2


def test_an_adult_with_a_language_of_ones_own_has_a_message_of_ones_own(
    book, acting, caseworker, gateway, reach
):
    chain = book()
    reach(chain, phone=PHONE)
    with acting(caseworker):
        _first, second = chain.links.order_by("pk")
        Newcomer.objects.filter(pk=second.newcomer_id).update(letter_language="ti")
    again(chain, caseworker, acting)
    sweep(NOW)
    assert {outgoing.language for outgoing in gateway.seen.values()} == {"ar", "ti"}
    assert len({text.splitlines()[2] for text in gateway.texts}) == 2


def test_no_message_names_anybody_or_the_matter(chain, gateway, acting, caseworker):
    sweep(NOW)
    with acting(caseworker):
        names = set(Newcomer.objects.values_list("given_name", "family_name"))
        agencies = {one.agency.code for one in chain.meetings.select_related("agency")}
    text = "\n".join(line for line in gateway.texts[0].splitlines() if "/d/" not in line)
    assert not [name for pair in names for name in pair if name and name in text]
    assert not [code for code in agencies if code in text]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_send_each_message_once(book, reach, gateway, fates):
    chains = [book()]
    reach(chains[0], phone=PHONE)
    start = Barrier(4)

    def sweeps(_number: int) -> None:
        start.wait()
        try:
            sweep(NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(sweeps, range(4)))
    assert gateway.attempts == len(gateway.seen) == 1
    assert fates(chains[0])[0] == SENT


def test_the_sweep_sees_messages_and_nobody(chain):
    with acting_as(SWEEPER):
        assert Message.objects.exists()
        assert not Newcomer.objects.exists()
        assert Dispatch.objects.filter(kind=KIND).count() == 4


def test_a_site_without_a_telephone_is_no_obstacle(chain, gateway):
    Site.objects.update(phone="")
    sweep(NOW)
    assert len(gateway.texts[0].splitlines()) == 3
