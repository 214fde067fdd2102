"""The render process: `python -m bookings.summons.render_process STATIC`, started by `limits`.

It has one thread, so that it may fork. WeasyPrint, style sheets and fonts are loaded once and inherited by the child
that each job gets. Standard input is a socket: every message holds the descriptor of a connection, on which a job is
read and its answer written. It ends, with its children, when its parent's end of standard input is closed.
"""

import gc
import os
import pickle
import resource
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import NoReturn

from bookings.summons.pdf import printer


def main() -> None:
    """Load, then serve until the parent is gone."""
    printer(Path(sys.argv[1]))
    gc.freeze()  # collecting in the children would copy this memory
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children that answer
    with socket.socket(fileno=0) as requests:
        while received := socket.recv_fds(requests, 1, 1)[1]:
            _serve(requests, socket.socket(fileno=received[0]))
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)


def _serve(requests: socket.socket, connection: socket.socket) -> None:
    """Answer in a child, so that jobs run side by side."""
    with connection:
        if os.fork():
            return
        try:
            requests.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _answer(connection)
        finally:
            os._exit(0)


def _answer(connection: socket.socket) -> None:
    with connection.makefile("rb") as stream:
        seconds, megabytes, work = pickle.load(stream)  # noqa: S301  our own parent wrote it
    answer = pickle.dumps(_run(work, seconds=seconds, megabytes=megabytes))
    connection.sendall(answer)


def _run(work: bytes, *, seconds: int, megabytes: int) -> tuple[str, bytes]:
    """The error or, pickled, the result of pickled work, done by a child with limits."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work_and_die(work, writer, seconds=seconds, megabytes=megabytes)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        done = answer.read()
    _, status = os.waitpid(child, 0)
    return (f"stopped with status {os.waitstatus_to_exitcode(status)}" if status else ""), done


def _work_and_die(work: bytes, writer: int, *, seconds: int, megabytes: int) -> NoReturn:
    """Never returns: exit handlers are the parent's to run."""
    code = 1
    gc.disable()  # it dies before garbage matters, and collecting would copy the parent's memory
    try:
        # Its own seconds, so that busy neighbours do not stop it; the clock on the wall is the last resort.
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        signal.alarm(6 * seconds)
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
        with os.fdopen(writer, "wb") as answer:
            answer.write(pickle.dumps(pickle.loads(work)()))  # noqa: S301  our own parent wrote it
        code = 0
    finally:
        if code:
            traceback.print_exc(file=sys.stderr)
        os._exit(code)


if __name__ == "__main__":
    main()
