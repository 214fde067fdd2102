"""What the queue of messages asks of the outbox: a time to come, a short lease, and word of what was given up."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings

from agencies.dispatches.handlers import HANDLERS, MESSAGES, Handler, NotYet
from agencies.dispatches.outbox import add_dispatch, add_dispatches
from agencies.dispatches.sweep import LEASE_RAN_OUT, LEASES, WAITS, send_batch, take
from tests.agencies.dispatches.conftest import KIND, handled_by
from tests.factories.agencies import DispatchFactory
from tests.moment import NOW
from tests.outbox import outbox, send_all

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=7)


def test_what_is_due_later_waits_until_then(by, acting, sent):
    with acting(by):
        add_dispatch(kind=KIND, subject=1, by=by, at=NOW, due_at=LATER)
    assert send_all(KIND, at=LATER - timedelta(seconds=1)) == 0
    assert send_all(KIND, at=LATER) == 1


def test_many_are_asked_for_in_one_statement(by, acting, sent, django_assert_num_queries):
    with acting(by):
        with django_assert_num_queries(1):
            add_dispatches(kind=KIND, due={1: NOW, 2: LATER, 3: NOW}, by=by, at=NOW)
        with django_assert_num_queries(0):
            add_dispatches(kind=KIND, due={}, by=by, at=NOW)
    assert [(one.subject, one.due_at) for one in outbox()] == [(1, NOW), (2, LATER), (3, NOW)]


def test_what_a_killed_worker_had_begun_comes_back_within_two_minutes(by, acting):
    assert LEASES[MESSAGES] <= timedelta(minutes=2)
    schedule: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE
    assert schedule["messages"]["options"]["time_limit"] < settings.MESSAGE_LEASE
    with patch.dict(HANDLERS, {KIND: Handler(lambda dispatch, *, at: None, MESSAGES)}, clear=True):
        with acting(by):
            add_dispatch(kind=KIND, subject=1, by=by, at=NOW)
        assert len(take(queue=MESSAGES, at=NOW)) == 1
        assert send_batch(queue=MESSAGES, at=NOW + LEASES[MESSAGES] - timedelta(seconds=1)) == 0
        assert send_batch(queue=MESSAGES, at=NOW + LEASES[MESSAGES]) == 1


def test_what_waits_until_a_moment_comes_back_then_and_counts_no_attempt(by, acting):
    def wait(dispatch, *, at) -> None:
        raise NotYet(until=LATER)

    with acting(by):
        DispatchFactory(by=by, kind=KIND)
    with handled_by(wait):
        send_all(KIND)
    (waiting,) = outbox()
    assert (waiting.state, waiting.due_at, waiting.attempts) == ("due", LATER, 0)


@pytest.mark.parametrize("killed", [False, True])
def test_what_is_given_up_is_told_to_its_app_once(by, acting, killed):
    told: list[int] = []

    def fail(dispatch, *, at) -> None:
        raise ValueError

    handler = Handler(fail, MESSAGES, lambda dispatch, *, at: told.append(dispatch.subject))
    with patch.dict(HANDLERS, {KIND: handler}, clear=True):
        with acting(by):
            add_dispatch(kind=KIND, subject=7, by=by, at=NOW)
        at = NOW
        for wait in (*WAITS, *WAITS):
            (take if killed else send_batch)(queue=MESSAGES, at=at)
            at += max(wait, LEASES[MESSAGES])
    (given_up,) = outbox()
    assert (given_up.state, given_up.error) == ("failed", LEASE_RAN_OUT if killed else "ValueError")
    assert told == [7]
