"""Runs work that may grow without end where the kernel stops it: in a child of the render process.

Nothing is forked here, because a web worker has threads and a fork would copy the locks that they hold.
"""

import atexit
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TypeVar

from bookings.summons.static_files import static_file

T = TypeVar("T")
SECONDS = 10  # of the processor; on the clock six times as many
MEGABYTES = 512
ROOT = Path(__file__).parents[2]


class LimitExceeded(Exception):
    """The work was stopped, or failed, before it had an answer."""


def within_limits(work: Callable[[], T], *, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> T:
    """What `work` returns; it is pickled, so it is a function of a module, or a partial of one.

    Raises LimitExceeded if it fails or takes more than its time or memory.
    """
    job = pickle.dumps((seconds, megabytes, pickle.dumps(work)))
    # An empty answer: the process ended before it took the job. The second time there is a new one.
    answer = render_process.ask(job) or render_process.ask(job)
    if not answer:
        raise LimitExceeded("the render process does not start")
    error, result = pickle.loads(answer)  # noqa: S301  our own child wrote it
    if error:
        raise LimitExceeded(error)
    value: T = pickle.loads(result)  # noqa: S301  as above
    return value


class RenderProcess:
    """The child that forks for every job: started for the first one, replaced when it is gone, ended with us."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.child: subprocess.Popen[bytes] | None = None
        self.requests: socket.socket | None = None

    def ask(self, job: bytes) -> bytes:
        """The answer to a job; empty if the process ended before it took the job."""
        ours, theirs = socket.socketpair()
        with ours:
            with theirs, self.lock:
                self._hand_over(theirs)
            with suppress(ConnectionError):
                ours.sendall(job)
                ours.shutdown(socket.SHUT_WR)
                with ours.makefile("rb") as answer:
                    return answer.read()
        return b""

    def end(self) -> None:
        """Let the process end: it does when nobody holds the other end of its standard input."""
        if self.requests and self.child:
            self.requests.close()
            self.child.wait()
        self.requests = self.child = None

    def forget(self) -> None:
        """In a forked child: the process is the parent's."""
        if self.requests and self.child:
            self.requests.close()
            self.child.returncode = 0  # else Popen warns that nobody has waited for it
        self.requests = self.child = None
        self.lock = Lock()  # another thread of the parent may have held it

    def _hand_over(self, connection: socket.socket) -> None:
        """Give the process its end of a connection, on which it reads a job and writes the answer."""
        try:
            self._send(self.requests or self._start(), connection)
        except ConnectionError:
            self.end()
            self._send(self._start(), connection)

    def _start(self) -> socket.socket:
        self.requests, theirs = socket.socketpair()
        static = static_file("tokens.css").parent
        command = [sys.executable, "-m", "bookings.summons.render_process", str(static)]
        with theirs:
            self.child = subprocess.Popen(command, stdin=theirs.fileno(), cwd=ROOT, start_new_session=True)
        return self.requests

    @staticmethod
    def _send(requests: socket.socket, connection: socket.socket) -> None:
        socket.send_fds(requests, [b"\0"], [connection.fileno()])


render_process = RenderProcess()
atexit.register(render_process.end)
os.register_at_fork(after_in_child=render_process.forget)
