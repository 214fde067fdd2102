"""Work runs in a child of the render process, is stopped at its limits, and forks nothing in the process that asks."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from bookings.summons.limits import ROOT, LimitExceeded, render_process, within_limits
from tests.bookings.summons.runaway import fail, letters, process_ids, run_forever, take_memory

ASK_AND_BE_KILLED = """
import os, signal, django
django.setup()
from bookings.summons.limits import within_limits
from tests.bookings.summons.runaway import letters
from functools import partial
assert within_limits(partial(letters, 1)) == b"letter"
print("asked", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def render_process_id() -> int:
    return within_limits(process_ids)[1]


def test_an_answer_larger_than_a_pipe_comes_back_whole() -> None:
    assert within_limits(partial(letters, 100_000)) == letters(100_000)


@pytest.mark.parametrize(
    ("work", "status"),
    [(run_forever, -signal.SIGKILL), (take_memory, 1), (fail, 1)],
    ids=["time", "memory", "error"],
)
def test_work_beyond_its_limits_is_stopped(work, status: int) -> None:
    with pytest.raises(LimitExceeded, match=f"stopped with status {status}$"):
        within_limits(work, seconds=1)


def test_stopped_work_leaves_the_render_process_running() -> None:
    before = render_process_id()
    with pytest.raises(LimitExceeded):
        within_limits(fail)
    assert render_process_id() == before


def test_threads_of_one_process_are_served_side_by_side_and_fork_nothing(monkeypatch) -> None:
    def refuse() -> int:
        raise AssertionError("forked in a process with threads")

    monkeypatch.setattr(os, "fork", refuse)
    with ThreadPoolExecutor(4) as threads:
        ids = list(threads.map(lambda _: within_limits(process_ids), range(8)))
    assert len({worker for worker, _ in ids}) == 8
    assert len({group for _, group in ids} - {os.getpgrp()}) == 1


def test_a_killed_render_process_is_replaced() -> None:
    before = render_process_id()
    os.kill(before, signal.SIGKILL)
    assert render_process_id() != before


def test_an_ended_render_process_starts_again_when_it_is_needed() -> None:
    before = render_process_id()
    render_process.end()
    assert render_process_id() != before


def test_the_render_process_ends_when_its_parent_is_killed() -> None:
    """It holds the error stream, so that the stream ends with the last of the two."""
    asked = subprocess.run(
        [sys.executable, "-c", ASK_AND_BE_KILLED],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (asked.returncode, asked.stdout, asked.stderr) == (-signal.SIGKILL, "asked\n", "")
