"""Work that may go wrong by growing: done in a forked child that the kernel stops."""

import gc
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable

SECONDS = 10
MEGABYTES = 512


class LimitExceeded(Exception):
    """The work was stopped, or failed, before it had an answer."""


def within_limits(work: Callable[[], bytes], *, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> bytes:
    """What `work` returns, if it returns in time and within its memory."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work_and_die(work, writer, seconds=seconds, megabytes=megabytes)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        done = answer.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise LimitExceeded(f"stopped with status {os.waitstatus_to_exitcode(status)}")
    return done


def _work_and_die(work: Callable[[], bytes], writer: int, *, seconds: int, megabytes: int) -> None:
    """Never comes back: the parent's connections and exit handlers are not the child's to close."""
    code = 1
    gc.disable()  # it dies before garbage matters, and collecting would copy the parent's memory
    try:
        for alarm in (signal.SIGXCPU, signal.SIGALRM):
            signal.signal(alarm, signal.SIG_DFL)
        # Its own seconds, so that busy neighbours do not stop it; the clock on the wall is the last resort.
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        signal.alarm(6 * seconds)
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
        with os.fdopen(writer, "wb") as answer:
            answer.write(work())
        code = 0
    finally:
        if code:
            traceback.print_exc(file=sys.stderr)
        os._exit(code)
