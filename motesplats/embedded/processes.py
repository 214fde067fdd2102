"""Child processes that end when told, or when the launcher itself is killed."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, NoReturn

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
MOST_LOG = 20_000_000  # bytes
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(Exception):
    """Somebody asked the launcher to end."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = signal.Signals(number)


class ProcessEnded(Exception):
    """A process that the others need ended by itself."""


@dataclass(frozen=True)
class Process:
    """A running child, leader of its own process group so that Ctrl-C does not reach it before the launcher."""

    name: str
    child: subprocess.Popen[bytes]
    stop_signal: signal.Signals
    log: Path | None
    again: Callable[[], "Process"]

    @property
    def ended(self) -> bool:
        return self.child.poll() is not None

    def ask(self, number: signal.Signals | None = None) -> None:
        """Ask the child to end."""
        self.child.send_signal(number or self.stop_signal)

    def last_lines(self, count: int = 15) -> str:
        """Return the end of the child's log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:]) if self.log else ""

    def end_rest(self) -> None:
        """Kill what the child itself had started and left behind."""
        with suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)


def start(
    name: str,
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    text_in: str | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    **options: Any,
) -> Process:
    """Start a child in a process group of its own; the kernel ends it should the launcher vanish."""
    output = open_log(log) if log else None
    child = subprocess.Popen(
        command,
        env=env,
        stdin=None if text_in is None else subprocess.PIPE,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
        preexec_fn=partial(LIBC.prctl, PR_SET_PDEATHSIG, stop_signal),  # noqa: PLW1509  one thread only
        **options,
    )
    if output:
        output.close()
    if child.stdin and text_in is not None:
        child.stdin.write(text_in.encode())
        child.stdin.close()
    again = partial(
        start, name, command, env=env, log=log, text_in=text_in, stop_signal=stop_signal, **options
    )
    return Process(name=name, child=child, stop_signal=stop_signal, log=log, again=again)


def open_log(log: Path) -> BinaryIO:
    """Open a log at its end, readable by its owner only, so that the words before a crash are kept."""
    rotate(log)
    log.touch(mode=0o600)
    log.chmod(0o600)
    return log.open("ab")


def rotate(log: Path, *, most: int = MOST_LOG) -> None:
    """Keep a log that has grown too long as `….1` and empty it; whoever appends to it writes on."""
    if log.exists() and log.stat().st_size > most:
        kept = log.with_name(f"{log.name}.1")
        kept.touch(mode=0o600)
        shutil.copyfile(log, kept)
        os.truncate(log, 0)


def stop_all(processes: Sequence[Process], *, seconds: float = 10) -> None:
    """Send all their stop signals, and SIGKILL to the groups of those still running after `seconds`."""
    for process in processes:
        process.ask()
    deadline = time.monotonic() + seconds
    for process in processes:
        try:
            process.child.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.child.pid, signal.SIGKILL)
            process.child.wait()
        process.end_rest()


@contextmanager
def stopping(processes: list[Process]) -> Iterator[None]:
    """End the listed processes on the way out, however that came."""
    try:
        yield
    finally:
        with signals_ignored():
            stop_all(processes)


def refuse_ended(processes: Sequence[Process]) -> None:
    """Raise for the first process that is no longer there, with the end of its log."""
    for process in processes:
        if process.ended:
            code = process.child.returncode
            raise ProcessEnded(f"{process.name} ended with {code}\n{process.last_lines()}".rstrip())


def wait_until(ready: Callable[[], bool], *, processes: Sequence[Process], seconds: float = 60) -> bool:
    """Tell whether it became ready in time; raise when a process ends meanwhile."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        refuse_ended(processes)
        if ready():
            return True
        time.sleep(0.05)
    return False


@contextmanager
def signals_raised() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into Interrupted."""

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        raise Interrupted(number)

    with handlers(interrupt):
        yield


@contextmanager
def signals_ignored() -> Iterator[None]:
    """Let nothing interrupt the clearing up."""
    with handlers(signal.SIG_IGN):
        yield


@contextmanager
def handlers(handler: Any) -> Iterator[None]:
    """Answer every stop signal with one handler for a while."""
    before = {number: signal.signal(number, handler) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)


def free_port() -> int:
    """Return a TCP port nobody listens to on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
