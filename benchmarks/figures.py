"""Measures times and prints figures."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import Any


def headline(text: str) -> None:
    say(f"\n{text}")


def figure(name: str, value: str, *, promise: str = "", kept: bool | None = None) -> None:
    """Print one line: what was measured, its value, the target and whether it is met."""
    verdict = {None: "", True: "  kept", False: "  NOT KEPT"}[kept]
    say(f"  {name:<54} {value:>16}  {promise}{verdict}".rstrip())


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def timed(work: Callable[[], Any], *, times: int) -> float:
    """The median of so many runs, in seconds, after one that is not measured."""
    work()
    return median(_seconds(work) for _ in range(times))


def _seconds(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


@contextmanager
def stopwatch(name: str) -> Iterator[None]:
    """Print how long the preparation took, in seconds."""
    start = perf_counter()
    yield
    say(f"  ({name}: {perf_counter() - start:.1f} s)")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
