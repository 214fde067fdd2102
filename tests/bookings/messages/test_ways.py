"""What cannot arrive by one way goes by the other, at real gateways, and else somebody is asked to call."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from agencies.dispatches.channels.outgoing import ChannelMissing, ChannelRefused, ChannelUnreachable
from agencies.dispatches.sweep import PUT_OFF, WAITS
from bookings.chains.book import cancel_chain
from bookings.messages.needs_call import GATEWAY_BACK, LETTER_TAKES
from bookings.messages.queries import failed_messages
from bookings.messages.receipt_addresses import receipt_address
from bookings.messages.send_again import send_again
from bookings.messages.settle import mark_handled
from bookings.models import Chain, Message, Party
from bookings.replies.take import take_reply
from bookings.summons.issue import summon
from bookings.summons.summoned_day import SummonedDay
from tests.bookings.messages.conftest import EMAIL, PHONE, sweep
from tests.gateways import StandIn, stand_in
from tests.moment import NOW

pytestmark = pytest.mark.django_db
NOWHERE = "okand@example.org"  # a mailbox that the stand-in's mail server does not know
OTHER_PHONE = "+46701740613"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with stand_in(tmp_path_factory.mktemp("gateway")) as found:
        yield found


@dataclass
class Family:
    """A booked family and what can happen to its messages, at real stand-ins of gateway and mail server."""

    chain: Chain
    by: Any
    acting: Callable[..., Any]
    house: StandIn
    known: int = 0

    def arrived(self) -> list[tuple[str, str]]:
        """Channel and address of what has arrived since the last look."""
        texts = self.house.texts()
        fresh, self.known = texts[self.known :], len(texts)
        return [(text["channel"], text["to"]) for text in fresh]

    def reach(self, **contact: str) -> None:
        with self.acting(self.by):
            Party.objects.filter(pk=self.chain.party_id).update(**contact)

    def messages(self, **search: Any) -> list[Message]:
        with self.acting(self.by):
            found = Message.objects.exclude(channel="letter").filter(chain=self.chain.pk, **search)
            return list(found.order_by("due_at", "pk"))

    def report(self, status: str, **search: Any) -> None:
        """What the gateway says of the last text that it took."""
        last = self.messages(state="sent", channel="sms", **search)[-1]
        path = receipt_address(last.key).partition("testserver")[2]
        told = {"id": last.provider_id, "status": status}
        assert Client().post(path, told).status_code == 204

    def stop(self) -> None:
        take_reply(sender=PHONE, message="STOP", number="", at=NOW)

    def change(self, at: datetime = NOW) -> None:
        with self.acting(self.by):
            fresh = Chain.objects.select_related("site_day__location__site", "party").get(pk=self.chain.pk)
            day = SummonedDay.from_json(fresh.summonses.latest("version").day)
            summon(chain=fresh, day=day, by=self.by, at=at, is_moved=True)

    def cancel(self, at: datetime = NOW) -> None:
        with self.acting(self.by):
            fresh = Chain.objects.get(pk=self.chain.pk)
            cancel_chain(chain=fresh, reason="The place is closed", by=self.by, at=at)

    def next_reminder(self) -> datetime:
        return next(one.due_at for one in self.messages(state="planned") if one.kind.startswith("reminder"))


@pytest.fixture
def family(chain, caseworker, acting, running, settings) -> Family:
    for name, value in running.settings.items():
        setattr(settings, name, value)
    settings.BASE_URL = "http://testserver"
    running.turn("works")
    return Family(chain, caseworker, acting, running, len(running.texts()))


def fail_by_report(family: Family) -> None:
    sweep(NOW)
    family.report("failed")


def bounce_by_report(family: Family) -> None:
    sweep(NOW)
    family.report("bounced")


def be_refused(family: Family) -> None:
    family.house.turn("refuses")
    sweep(NOW)
    family.house.turn("works")


def stop(family: Family) -> None:
    sweep(NOW)
    family.stop()


FAILURES = [fail_by_report, bounce_by_report, be_refused, stop]
# What follows, in each order in which it can.
TURNS = [
    ("reminder", "change", "cancellation"),
    ("change", "reminder", "cancellation"),
    ("change", "cancellation"),
    ("reminder", "cancellation"),
    ("cancellation",),
]


def follow(family: Family, turns: tuple[str, ...]) -> list[list[tuple[str, str]]]:
    """What arrives at each turn."""
    found, at = [], NOW
    for turn in turns:
        if turn == "reminder":
            at = family.next_reminder()
        else:
            (family.change if turn == "change" else family.cancel)(at)
        sweep(at)
        found.append(family.arrived())
    return found


@pytest.mark.parametrize("turns", TURNS, ids="-".join)
@pytest.mark.parametrize("failure", FAILURES)
def test_after_a_text_message_that_failed_all_that_follows_is_an_e_mail(family, failure, turns):
    family.reach(email=EMAIL)
    failure(family)
    sweep(NOW)
    assert family.arrived()[-1] == (("sms", PHONE) if failure is stop else ("email", EMAIL))
    assert follow(family, turns) == [[("email", EMAIL)]] * len(turns)
    assert not family.messages(state="dropped", why__in=["bounced", "stopped"])


@pytest.mark.parametrize("turns", TURNS, ids="-".join)
def test_after_an_e_mail_that_bounced_all_that_follows_is_a_text_message(family, turns):
    family.reach(phone="", email=NOWHERE)
    sweep(NOW)
    assert family.arrived() == []
    family.reach(phone=PHONE)
    assert follow(family, turns) == [[("sms", PHONE)]] * len(turns)


def test_an_e_mail_that_bounces_goes_as_a_text_message(family):
    """To a telephone that was out of reach the last time; from then on it is the only way."""
    family.reach(email=NOWHERE)
    fail_by_report(family)
    sweep(NOW)
    family.arrived()
    for _reminder in range(2):
        sweep(family.next_reminder())
        assert family.arrived() == [("sms", PHONE)]
    bounced = [one.kind for one in family.messages(channel="email", state="failed", why="bounced")]
    assert bounced == ["summons"]


def test_each_message_of_its_own_bounces_once(family):
    """The telephone was out of reach and the e-mail arrived; then the mailbox is closed."""
    family.reach(email=EMAIL)
    fail_by_report(family)
    sweep(NOW)
    family.reach(email=NOWHERE)
    family.arrived()
    sweep(family.next_reminder())
    assert family.arrived() == [("sms", PHONE)]
    told = {(one.channel, one.state) for one in family.messages(kind="reminder_week")}
    assert told == {("email", "failed"), ("sms", "sent")}


@pytest.mark.parametrize("is_stop_first", [True, False])
def test_where_neither_way_is_left_somebody_is_asked_to_call_once(family, is_stop_first):
    """The telephone and the mailbox are lost, in either order."""
    family.reach(email=NOWHERE)
    sweep(NOW)
    if is_stop_first:
        family.stop()
        sweep(family.next_reminder())
    else:
        family.report("expired")
        sweep(NOW)
        family.stop()
    tasks = family.messages(state="failed")
    assert {one.kind for one in tasks} <= {"summons", "reminder_week"}
    family.arrived()
    for _reminder in range(2):
        sweep(family.next_reminder())
    assert family.arrived() == []
    assert family.messages(state="failed") == tasks
    with family.acting(family.by):
        assert {one.pk for one in failed_messages(family.by, at=NOW)} == {one.pk for one in tasks}


@pytest.mark.parametrize("days", [6, 1])
@pytest.mark.parametrize("act", ["change", "cancel"])
def test_near_the_day_what_only_a_letter_would_tell_is_a_task(family, act, days):
    sweep(NOW)
    family.stop()
    at = family.chain.site_day.opens_at - timedelta(days=days)
    getattr(family, act)(at)
    sweep(at)
    told = family.messages(kind={"change": "change", "cancel": "cancellation"}[act])
    is_late = timedelta(days=days) < LETTER_TAKES
    assert [(one.state, one.why) for one in told] == [("failed" if is_late else "dropped", "stopped")]
    with family.acting(family.by):
        assert failed_messages(family.by, at=at).count() == is_late


def test_a_family_without_any_contact_is_a_task_near_the_day_and_is_not_reminded(family):
    family.reach(phone="")
    sweep(NOW)
    assert [one.why for one in family.messages(kind="summons", state="dropped")] == ["no_contact"]
    sweep(family.next_reminder())
    assert not family.messages(state="failed")
    family.cancel(family.chain.site_day.opens_at - timedelta(days=1))
    sweep(family.chain.site_day.opens_at - timedelta(days=1))
    assert [one.kind for one in family.messages(state="failed")] == ["cancellation"]


@pytest.mark.parametrize("is_known_at_once", [True, False])
def test_a_protected_family_s_near_cancellation_is_a_task(family, is_known_at_once):
    at = family.chain.site_day.opens_at - timedelta(days=1)
    if is_known_at_once:
        family.reach(is_protected=True)
    family.cancel(at)
    family.reach(is_protected=True)
    sweep(at)
    assert family.arrived() == []
    assert [(one.kind, one.why) for one in family.messages(state="failed")] == [("cancellation", "protected")]


def test_a_cancellation_on_the_very_day_goes_out_though_the_family_should_be_there(family):
    sweep(NOW)
    family.arrived()
    at = family.chain.site_day.opens_at + timedelta(hours=2)
    with family.acting(family.by):
        first = family.chain.meetings.earliest("starts_at").starts_at
    family.cancel(first - timedelta(minutes=1))
    sweep(max(at, first))
    assert family.arrived() == [("sms", PHONE)]


def test_a_delivered_text_or_an_answer_makes_the_telephone_the_first_way_again(family):
    family.reach(email=EMAIL)
    fail_by_report(family)
    sweep(NOW)
    family.arrived()
    take_reply(sender=PHONE, message="JA", number="", at=NOW + timedelta(minutes=1))
    sweep(family.next_reminder())
    assert family.arrived() == [("sms", PHONE)]
    family.report("failed")
    sweep(family.messages()[-1].due_at)
    assert ("email", EMAIL) in family.arrived()


def test_what_is_asked_for_again_without_a_way_stays_a_task(family):
    sweep(NOW)
    family.report("bounced")
    (failed,) = family.messages(state="failed")
    with family.acting(family.by):
        send_again(message=failed, by=family.by, at=NOW)
    at = family.chain.site_day.opens_at - timedelta(days=2)
    sweep(at)
    assert ("failed", "bounced") in {(one.state, one.why) for one in family.messages(kind="summons")}


def test_what_is_asked_for_again_does_not_take_the_other_messages_way(family):
    """The same words went as an e-mail; the text message is sent again, and stays one."""
    family.reach(email=EMAIL)
    fail_by_report(family)
    sweep(NOW)
    family.arrived()
    (failed,) = family.messages(state="failed")
    with family.acting(family.by):
        send_again(message=failed, by=family.by, at=NOW)
    sweep(NOW)
    assert family.arrived() == [("sms", PHONE)]


def test_a_number_that_was_corrected_before_the_report_came_is_tried_at_once(family):
    sweep(NOW)
    family.reach(phone=OTHER_PHONE)
    family.report("bounced")
    sweep(NOW)
    assert family.arrived() == [("sms", PHONE), ("sms", OTHER_PHONE)]
    assert not family.messages(state="failed")


def test_whom_somebody_has_reached_is_sent_nothing_more_of_it(family):
    sweep(NOW)
    family.report("failed")
    (failed,) = family.messages(state="failed")
    with family.acting(family.by):
        mark_handled(message=failed, by=family.by, at=NOW)
    family.reach(email=EMAIL)
    sweep(NOW)
    assert family.arrived() == [("sms", PHONE)]


@pytest.mark.parametrize("missing", ["SMS_URL", "EMAIL_URL"])
def test_without_one_of_the_gateways_the_other_way_is_taken(family, settings, missing):
    family.reach(email=EMAIL)
    setattr(settings, missing, "")
    sweep(NOW)
    assert family.arrived() == [("email", EMAIL) if missing == "SMS_URL" else ("sms", PHONE)]


@pytest.mark.parametrize("days", [6, 2])
def test_what_waits_for_a_gateway_too_long_is_a_task_near_the_day(chain, gateway, fates, days):
    gateway.fails = [ChannelMissing() for _attempt in range(20)]
    at = chain.site_day.opens_at - timedelta(days=days)
    Message.objects.filter(chain=chain).update(planned_at=at, due_at=at)
    for waits in (timedelta(), PUT_OFF, GATEWAY_BACK):
        sweep(at + waits)
    state = "failed" if timedelta(days=days) < LETTER_TAKES else "planned"
    assert {fate[2:] for fate in fates(chain) if fate[0] == "summons"} == {(state, "no_gateway")}


def test_while_our_account_is_closed_at_one_gateway_the_other_way_is_taken(
    chain, gateway, fates, reach, settings
):
    settings.SMS_URL = settings.EMAIL_URL = "set"
    reach(chain, email=EMAIL)
    gateway.fails = [ChannelMissing()]
    sweep(NOW)
    assert fates(chain)[0] == ("summons", "sms", "planned", "no_gateway")
    sweep(NOW + PUT_OFF)
    assert fates(chain)[0] == ("summons", "email", "sent", "")


def test_a_gateway_that_does_not_answer_three_times_is_passed_by(chain, gateway, fates, reach, settings):
    settings.SMS_URL = settings.EMAIL_URL = "set"
    reach(chain, email=EMAIL)
    gateway.fails = [ChannelUnreachable() for _attempt in range(3)]
    at = NOW
    for wait in (*WAITS[:3], timedelta()):
        sweep(at)
        at += wait
    assert fates(chain)[0] == ("summons", "email", "sent", "")
    assert WAITS[0] + WAITS[1] + WAITS[2] < timedelta(minutes=10)


def test_both_ways_fail_and_nothing_goes_round_in_circles(chain, gateway, fates, reach):
    reach(chain, email=EMAIL)
    gateway.fails = [ChannelRefused("bounced"), ChannelRefused("bounced")]
    for _sweep in range(4):
        sweep(NOW)
    assert fates(chain)[:2] == [
        ("summons", "sms", "failed", "bounced"),
        ("summons", "email", "failed", "bounced"),
    ]
    assert gateway.attempts == 2
