"""The sweep: leases, waits after errors, giving up, and two sweeps at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections, transaction
from structlog.testing import capture_logs

from agencies.dispatches.handlers import BATCHES, LETTERS, QUICK
from agencies.dispatches.sweep import LEASE, SWEEPER, WAITS, send_batch, take
from agencies.models import Dispatch, Heartbeat
from agencies.secrecy.context import acting_as
from agencies.tasks import send_due
from tests.agencies.dispatches.conftest import KIND, handled_by
from tests.factories.agencies import DispatchFactory
from tests.moment import NOW
from tests.outbox import outbox, send_all

pytestmark = pytest.mark.django_db


def fail(dispatch, *, at) -> None:
    raise ValueError("Layla Haddad, 070-174 06 05")


def test_what_is_due_is_sent_in_the_order_of_its_time(by, acting, sent):
    with acting(by):
        for subject, minutes in ((3, 1), (1, -2), (2, -1)):
            DispatchFactory(by=by, subject=subject, due_at=NOW + timedelta(minutes=minutes))
    assert send_all(KIND) == 2
    assert sent == [1, 2]
    assert [(d.subject, d.state, d.attempts, d.ended_at) for d in outbox(state="done")] == [
        (1, "done", 1, NOW),
        (2, "done", 1, NOW),
    ]


def test_a_letter_is_leased_alone_and_each_queue_sends_its_own(by, acting, sent):
    with acting(by):
        DispatchFactory.create_batch(2, by=by)
    assert send_batch(queue=QUICK, at=NOW) == 0
    assert send_batch(queue=LETTERS, at=NOW) == BATCHES[LETTERS] == 1


def test_while_the_lease_runs_nobody_else_takes_it(by, acting, sent):
    with acting(by):
        DispatchFactory(by=by)
    (taken,) = take(queue=LETTERS, at=NOW)
    assert (taken.state, taken.attempts) == ("sending", 1)
    assert take(queue=LETTERS, at=NOW + LEASE - timedelta(seconds=1)) == []
    assert [again.attempts for again in take(queue=LETTERS, at=NOW + LEASE)] == [2]


def test_a_worker_that_comes_back_too_late_settles_nothing(by, acting):
    with acting(by):
        DispatchFactory(by=by)

    def sleep_through(dispatch, *, at) -> None:
        if dispatch.attempts == 1:
            assert [again.attempts for again in take(queue=LETTERS, at=NOW + LEASE)] == [2]

    with handled_by(sleep_through):
        assert send_batch(queue=LETTERS, at=NOW) == 1
        assert [(d.state, d.due_at) for d in outbox()] == [("sending", NOW + 2 * LEASE)]


def test_after_each_error_it_waits_longer_until_it_is_given_up(by, acting, sent):
    with acting(by):
        DispatchFactory(by=by)
    moment, waits = NOW, []
    with handled_by(fail), capture_logs() as logs:
        while send_all(KIND, at=moment):
            (dispatch,) = outbox()
            waits.append(dispatch.due_at - moment)
            moment = dispatch.due_at
            if dispatch.state == "failed":
                break
    assert tuple(waits[:-1]) == WAITS
    assert (dispatch.state, dispatch.attempts, dispatch.error) == ("failed", len(WAITS) + 1, "ValueError")
    assert [line["event"] for line in logs] == ["dispatch failed"] * len(WAITS) + ["dispatch given up"]
    assert "Layla" not in str(logs)
    assert take(queue=LETTERS, at=moment + timedelta(days=30)) == []


def test_an_error_that_passes_leaves_no_trace(by, acting, sent):
    with acting(by):
        DispatchFactory(by=by)
    with handled_by(fail):
        send_all(KIND)
    send_all(KIND, at=NOW + WAITS[0])
    assert sent
    assert [(d.state, d.error) for d in outbox()] == [("done", "")]


def test_what_kills_every_worker_is_given_up(by, acting, sent):
    with acting(by):
        DispatchFactory(by=by)
    moment = NOW
    for _ in range(len(WAITS) + 1):
        assert len(take(queue=LETTERS, at=moment)) == 1
        moment += LEASE
    assert take(queue=LETTERS, at=moment) == []
    assert [(d.state, d.error, d.ended_at) for d in outbox()] == [("failed", "LeaseRanOut", moment)]


def test_an_error_of_one_stops_no_other(by, acting):
    with acting(by):
        for subject in (1, 2):
            DispatchFactory(by=by, subject=subject)

    def fail_first(dispatch, *, at) -> None:
        with acting(by), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / %s", [dispatch.subject - 1])

    with handled_by(fail_first):
        send_all(KIND)
    assert [(d.state, d.error) for d in outbox()] == [("due", "DataError"), ("done", "")]


@pytest.mark.parametrize("queue", [QUICK, LETTERS])
def test_the_task_of_each_queue_beats_its_heart_though_nothing_is_due(queue, sent):
    send_due(queue=queue)
    assert Heartbeat.objects.get().name == queue


def test_the_task_sends_all_that_is_due(by, acting, sent):
    with acting(by):
        DispatchFactory.create_batch(5, by=by)
    send_due(queue=LETTERS)
    assert len(sent) == 5


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_take_no_row_twice(by, acting, sent):
    with acting(by):
        DispatchFactory.create_batch(60, by=by)
    start = Barrier(4)

    def sweep(_: int) -> int:
        start.wait()
        return send_all_here()

    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(sweep, range(4)))
    assert sum(taken) == 60
    assert set(Counter(sent).values()) == {1}
    assert {d.state for d in outbox()} == {"done"}


def send_all_here() -> int:
    """Send all in a thread, and close its connection."""
    try:
        taken = 0
        while some := send_batch(queue=LETTERS, at=NOW):
            taken += some
        return taken
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_row_that_another_transaction_holds_is_skipped_and_not_waited_for(by, acting, sent):
    with acting(by):
        DispatchFactory.create_batch(2, by=by)
    with acting_as(SWEEPER):
        held = Dispatch.objects.select_for_update().earliest("pk")
        with ThreadPoolExecutor(1) as threads:
            threads.submit(send_all_here).result(10)
    assert [d.state for d in outbox()] == ["due", "done"]
    assert sent == [held.subject + 1]
    assert not transaction.get_connection().in_atomic_block
