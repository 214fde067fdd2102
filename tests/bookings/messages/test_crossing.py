"""A message that is at a slow gateway while its day is cancelled or moved: what holds comes after it and says so."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from agencies.dispatches.channels import sms
from agencies.dispatches.channels.outgoing import ChannelUnreachable, OutcomeUnknown, Outgoing
from agencies.dispatches.sweep import LEASES
from bookings.chains.book import cancel_chain
from bookings.messages import send
from bookings.messages.receipt_addresses import receipt_address
from bookings.messages.send import SOON
from bookings.models import Chain, Message
from bookings.summons.issue import summon
from bookings.summons.summoned_day import SummonedDay
from motesplats.embedded.processes import free_port, wait_until
from motesplats.embedded.stand_in.box import Box
from motesplats.embedded.stand_in.gateway import SmsServer
from tests.bookings.messages.conftest import PHONE, sweep
from tests.moment import NOW
from tests.together import Together, acting_for

SLOW = 1.5  # seconds
ROUNDS = 6


@pytest.fixture
def slow(tmp_path: Path, settings) -> Iterator[SmsServer]:
    """A gateway that takes a text and answers after a while."""
    port = free_port()
    server = SmsServer(port, Box(tmp_path / "taken.jsonl"), slow_seconds=SLOW)
    server.mode = "slow"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL, settings.SMS_HONOURS_KEY = f"http://127.0.0.1:{port}/sms", True
    settings.BASE_URL = "http://testserver"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def rest() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def sweep_apart(pool: ThreadPoolExecutor, at: datetime) -> "Future[None]":
    """Another worker."""

    def swept() -> None:
        try:
            sweep(at)
        finally:
            connection.close()

    return pool.submit(swept)


def cancel(chain: Chain, by, acting, *, at: datetime = NOW) -> None:
    with acting(by):
        cancel_chain(chain=Chain.objects.get(pk=chain.pk), reason="The place is closed", by=by, at=at)


def change(chain: Chain, by, acting, *, at: datetime = NOW) -> None:
    with acting(by):
        fresh = Chain.objects.select_related("site_day__location__site", "party").get(pk=chain.pk)
        day = SummonedDay.from_json(fresh.summonses.latest("version").day)
        summon(chain=fresh, day=day, by=by, at=at, is_moved=True)


def kinds(server: SmsServer, by, acting) -> list[str]:
    """What the gateway has taken, in the order in which it came."""
    with acting(by):
        found = {str(one.key): one.kind for one in Message.objects.all()}
    return [found[text.key] for text in server.box.texts()]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("act", "news", "why"), [(cancel, "cancellation", "cancelled"), (change, "change", "replaced")]
)
def test_what_holds_waits_until_the_older_message_has_left_the_gateway(
    book, reach, slow, rest, acting, caseworker, browser, act, news, why
):
    chain = book()
    reach(chain, phone=PHONE)
    other = sweep_apart(rest, NOW)
    assert wait_until(lambda: len(slow.box.texts()) == 1, processes=[], seconds=10)
    act(chain, caseworker, acting)
    sweep(NOW)
    assert kinds(slow, caseworker, acting) == ["summons"]
    other.result(20)
    with acting(caseworker):
        crossed = Message.objects.get(chain=chain, kind="summons", channel="sms")
    assert (crossed.state, crossed.why) == ("sent", f"crossed_{why}")
    slow.mode = "works"
    sweep(NOW + SOON)
    assert kinds(slow, caseworker, acting) == ["summons", news]
    page = browser.get(f"/chains/{chain.reference}/dispatches/").text
    assert "while it was being sent" in page
    path = receipt_address(crossed.key).partition("testserver")[2]
    assert Client().post(path, {"id": crossed.provider_id, "status": "delivered"}).status_code == 204
    with acting(caseworker):
        crossed.refresh_from_db()
    assert (crossed.state, crossed.why) == ("delivered", f"crossed_{why}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_told", [True, False])
def test_what_may_have_gone_out_says_so_and_is_not_repeated(
    book, reach, slow, rest, acting, caseworker, monkeypatch, is_told
):
    """The gateway took it and answered too late."""
    monkeypatch.setattr(sms, "SECONDS", (5, SLOW / 3))
    chain = book()
    reach(chain, phone=PHONE)
    other = sweep_apart(rest, NOW)
    assert wait_until(lambda: len(slow.box.texts()) == 1, processes=[], seconds=10)
    cancel(chain, caseworker, acting)
    other.result(20)
    slow.mode = "works"
    sweep(NOW + timedelta(minutes=1))
    assert kinds(slow, caseworker, acting) == ["summons", "cancellation"]
    with acting(caseworker):
        lost = Message.objects.get(chain=chain, kind="summons", channel="sms")
    assert (lost.state, lost.why) == ("dropped", "perhaps_cancelled")
    if is_told:
        path = receipt_address(lost.key).partition("testserver")[2]
        assert Client().post(path, {"id": "s1", "status": "delivered"}).status_code == 204
        with acting(caseworker):
            lost.refresh_from_db()
        assert (lost.state, lost.why) == ("delivered", "crossed_cancelled")


@pytest.mark.django_db
def test_what_was_lost_before_the_day_was_cancelled_may_have_gone_out(
    chain, gateway, fates, acting, caseworker
):
    gateway.fails = [OutcomeUnknown(may_retry=True)]
    sweep(NOW)
    cancel(chain, caseworker, acting)
    sweep(NOW)
    assert fates(chain)[0] == ("summons", "sms", "dropped", "perhaps_cancelled")
    assert ("cancellation", "sms", "sent", "") in fates(chain)


@pytest.mark.django_db
@pytest.mark.parametrize("honours", [True, False])
def test_after_a_killed_worker_the_cancellation_waits_for_its_lease(
    chain, gateway, fates, acting, caseworker, settings, honours
):
    settings.SMS_HONOURS_KEY = honours
    gateway.fails = [KeyboardInterrupt()]  # as a kill: nothing is written down
    with pytest.raises(KeyboardInterrupt):
        sweep(NOW)
    cancel(chain, caseworker, acting)
    sweep(NOW)
    assert gateway.attempts == 1
    at = NOW + LEASES["messages"]
    sweep(at)
    sweep(at + SOON)
    told = fates(chain)
    assert told[0] == ("summons", "sms", "dropped", "perhaps_cancelled")
    assert ("cancellation", "sms", "sent", "") in told
    assert gateway.attempts == 2


@pytest.mark.django_db
def test_what_the_gateway_did_not_take_is_dropped_as_any_other(
    chain, gateway, fates, acting, caseworker, monkeypatch
):
    def deliver(outgoing: Outgoing) -> str:
        cancel(chain, caseworker, acting)
        monkeypatch.setattr(send, "deliver", gateway.deliver)
        raise ChannelUnreachable

    monkeypatch.setattr(send, "deliver", deliver)
    sweep(NOW)
    sweep(NOW + timedelta(minutes=1))
    told = fates(chain)
    assert told[0] == ("summons", "sms", "dropped", "cancelled")
    assert ("cancellation", "sms", "sent", "") in told
    assert gateway.attempts == 1


@pytest.mark.django_db
def test_a_change_that_crosses_the_summons_is_told_as_a_change(
    chain, gateway, fates, acting, caseworker, monkeypatch
):
    def deliver(outgoing: Outgoing) -> str:
        change(chain, caseworker, acting)
        monkeypatch.setattr(send, "deliver", gateway.deliver)
        return gateway.deliver(outgoing)

    monkeypatch.setattr(send, "deliver", deliver)
    sweep(NOW)
    sweep(NOW + SOON)
    assert [fate for fate in fates(chain) if fate[2] == "sent"] == [
        ("summons", "sms", "sent", "crossed_replaced"),
        ("change", "sms", "sent", ""),
    ]


@pytest.mark.django_db(transaction=True)
def test_whoever_is_first_the_cancellation_is_the_last_that_arrives(
    book, reach, acting, caseworker, monkeypatch
):
    """A worker sends, another sweeps, and somebody cancels at the same moment."""
    taken: list[Outgoing] = []
    pause = threading.Event()

    def deliver(outgoing: Outgoing) -> str:
        taken.append(outgoing)
        pause.wait(0.02)
        return f"s{len(taken)}"

    monkeypatch.setattr(send, "deliver", deliver)
    with Together(3) as hands:
        for _round in range(ROUNDS):
            chain = book()
            reach(chain, phone=PHONE)
            taken.clear()
            hands.do(
                lambda: sweep(NOW),
                acting_for(caseworker, partial(cancel_now, chain, caseworker)),
                lambda: sweep(NOW),
            )
            for wait in range(3):
                sweep(NOW + (wait + 1) * SOON)
            with acting(caseworker):
                found = {one.key: one for one in Message.objects.filter(chain=chain)}
            told = [found[one.key] for one in taken if one.key in found]
            assert [one.kind for one in told] in (["cancellation"], ["summons", "cancellation"])
            fates = {(one.kind, one.state, one.why) for one in found.values() if one.channel == "sms"}
            went = ("summons", "sent", "") in fates or ("summons", "sent", "crossed_cancelled") in fates
            assert went == (len(told) == 2)
            assert went or ("summons", "dropped", "cancelled") in fates


def cancel_now(chain: Chain, by) -> None:
    cancel_chain(chain=Chain.objects.get(pk=chain.pk), reason="The place is closed", by=by, at=NOW)
