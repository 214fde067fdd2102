"""OUTBOX: a worker sweeps ten thousand rows whose handler does nothing; then it finds nothing, again and again."""

import os
from datetime import datetime
from time import perf_counter

from django.utils import timezone

from agencies.dispatches.handlers import QUICK, register
from agencies.dispatches.outbox import add_dispatch
from agencies.dispatches.sweep import SWEEPER, send_batch
from agencies.models import Dispatch
from agencies.secrecy.context import acting_as, viewer_of
from benchmarks.figures import figure, headline, milliseconds, stopwatch, timed
from benchmarks.memory import resident
from benchmarks.sites import analyse, make_site

ROWS = 10_000
KIND = "benchmarks.nothing"
GROWTH = 1.1


def measure() -> None:
    headline("OUTBOX: one worker, rows that say nothing and go nowhere")
    register(KIND, _send_nothing, queue=QUICK)
    with stopwatch("preparation"):
        by = make_site("karlstad", desks={"MIG": 1}, days=1).desks["MIG"][0]
        with acting_as(viewer_of(by)):
            for subject in range(ROWS):
                add_dispatch(kind=KIND, subject=subject, by=by, at=timezone.now())
        analyse()
    before, start = resident(os.getpid()), perf_counter()
    taken = _sweep()
    seconds = perf_counter() - start
    after = resident(os.getpid())
    with acting_as(SWEEPER):
        sent = Dispatch.objects.filter(kind=KIND, state=Dispatch.State.DONE, attempts=1).count()
    figure("rows taken and sent once", f"{taken}, {sent}", promise=f"{ROWS}", kept=taken == sent == ROWS)
    figure("throughput", f"{ROWS / seconds:.0f} rows/s")
    figure("memory before and after", f"{before:.0f}, {after:.0f} MB",
           promise="no growth", kept=after <= before * GROWTH)  # fmt: skip
    figure("a sweep that finds nothing", milliseconds(timed(_sweep, times=50)))


def _send_nothing(dispatch: Dispatch, *, at: datetime) -> None:
    """What is left is the outbox's own work."""


def _sweep() -> int:
    """Send until nothing is due; return how many."""
    taken = 0
    while some := send_batch(queue=QUICK, at=timezone.now()):
        taken += some
    return taken
