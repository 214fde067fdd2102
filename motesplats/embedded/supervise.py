"""Starts again what has ended by itself, but not for ever."""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import NoReturn

from motesplats.embedded.processes import Process, ProcessEnded, rotate

MOST, SECONDS = 5, 300  # so many times in so many seconds a part is started again
PAUSE = 0.5  # seconds; what a killed server had shared is then free


class Supervisor:
    """Keeps the parts of an installation running: the processes in these lists, which it changes."""

    def __init__(self, *parts: list[Process], say: Callable[[str], None]) -> None:
        self.parts, self.say = parts, say
        self.falls: defaultdict[str, deque[float]] = defaultdict(deque)

    def watch(self) -> NoReturn:
        """Watch until somebody interrupts. Raises ProcessEnded for what falls again and again."""
        while True:
            self.look()
            time.sleep(0.2)

    def look(self) -> None:
        """Start again each process that has ended, and keep the logs from growing without end."""
        for processes in self.parts:
            for place, process in enumerate(processes):
                if process.ended:
                    processes[place] = self._again(process)
                if process.log:
                    rotate(process.log)

    def _again(self, process: Process) -> Process:
        times = self._times(process.name)
        if times > MOST:
            raise ProcessEnded(
                f"{process.name} has ended {times} times in {SECONDS // 60} minutes, the last time with"
                f" {process.child.returncode}\n{process.last_lines()}".rstrip()
            )
        self.say(
            f"{process.name} ended with {process.child.returncode}; starting it again ({times} of {MOST})"
        )
        process.end_rest()
        time.sleep(PAUSE)
        return process.again()

    def _times(self, name: str) -> int:
        """How often the part has ended lately, this time included."""
        now, falls = time.monotonic(), self.falls[name]
        falls.append(now)
        while falls[0] < now - SECONDS:
            falls.popleft()
        return len(falls)
