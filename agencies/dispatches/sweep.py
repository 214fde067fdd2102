"""Send what is due: take a lease on some rows, send each, write down what became of it."""

from collections.abc import Collection
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import F

from agencies.dispatches.handlers import BATCHES, HANDLERS, LETTERS, MESSAGES, QUICK, NotYet, kinds_in
from agencies.models import Dispatch
from agencies.secrecy.context import Viewer, acting_as

# Of no agency: row level security shows it the rows of the outbox and nothing else.
SWEEPER = Viewer(role="outbox")
LEASE = timedelta(seconds=settings.DISPATCH_LEASE)
LEASES = {QUICK: LEASE, LETTERS: LEASE, MESSAGES: timedelta(seconds=settings.MESSAGE_LEASE)}
# How long to wait after each failed attempt; after one more it is given up.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200))
PUT_OFF = timedelta(minutes=5)
LEASE_RAN_OUT = "LeaseRanOut"

log = structlog.get_logger(__name__)


def send_batch(*, queue: str, at: datetime, kinds: Collection[str] | None = None) -> int:
    """Take and send some of what is due in the queue, of these kinds where they are named; return how many."""
    taken = take(queue=queue, at=at, kinds=kinds)
    for dispatch in taken:
        _send(dispatch, at=at)
    return len(taken)


def take(*, queue: str, at: datetime, kinds: Collection[str] | None = None) -> list[Dispatch]:
    """Take a lease on what is due, or was taken by a worker that never came back; rows that others take are skipped."""
    with acting_as(SWEEPER):
        due = Dispatch.objects.filter(
            kind__in=kinds_in(queue) if kinds is None else kinds,
            state__in=Dispatch.UNFINISHED,
            due_at__lte=at,
        ).order_by("due_at", "pk")
        locked = due.select_related("by").select_for_update(skip_locked=True, of=["self"])
        found = list(locked[: BATCHES[queue]])
        taken = [dispatch for dispatch in found if dispatch.attempts <= len(WAITS)]
        Dispatch.objects.filter(pk__in=[dispatch.pk for dispatch in taken]).update(
            state=Dispatch.State.SENDING, attempts=F("attempts") + 1, due_at=at + LEASES[queue]
        )
    for dispatch in found:
        if dispatch in taken:
            dispatch.state, dispatch.attempts = Dispatch.State.SENDING, dispatch.attempts + 1
        else:
            _settle(dispatch, at=at, error=LEASE_RAN_OUT)
    return taken


def _send(dispatch: Dispatch, *, at: datetime) -> None:
    """Send one; its error is written down by class alone, because a message may hold a name."""
    try:
        HANDLERS[dispatch.kind].send(dispatch, at=at)
    except NotYet as waits:
        _put_off(dispatch, until=waits.until or at + PUT_OFF)
    except Exception as error:  # noqa: BLE001  whatever it is, the row says so and the others are sent
        _settle(dispatch, at=at, error=type(error).__name__)
    else:
        _settle(dispatch, at=at)


def _put_off(dispatch: Dispatch, *, until: datetime) -> None:
    """Let it wait; that is no failed attempt."""
    with acting_as(SWEEPER):
        mine = Dispatch.objects.filter(pk=dispatch.pk, state=dispatch.state, attempts=dispatch.attempts)
        mine.update(state=Dispatch.State.DUE, due_at=until, attempts=0)


def _settle(dispatch: Dispatch, *, at: datetime, error: str = "") -> None:
    """Write down the outcome, unless the row has been asked for or taken anew meanwhile."""
    is_over = not error or dispatch.attempts > len(WAITS)
    if not is_over:
        outcome = {"state": Dispatch.State.DUE, "due_at": at + WAITS[dispatch.attempts - 1]}
    else:
        outcome = {"state": Dispatch.State.FAILED if error else Dispatch.State.DONE, "ended_at": at}
    give_up = HANDLERS[dispatch.kind].give_up
    if is_over and error and give_up:
        give_up(dispatch, at=at)
    with acting_as(SWEEPER):
        mine = Dispatch.objects.filter(pk=dispatch.pk, state=dispatch.state, attempts=dispatch.attempts)
        mine.update(error=error[:60], **outcome)
    if error:
        told = {"dispatch": dispatch.pk, "kind": dispatch.kind, "attempts": dispatch.attempts, "error": error}
        (log.error if is_over else log.warning)("dispatch given up" if is_over else "dispatch failed", **told)
