"""Work for the render process, which imports it by name."""

import os


def letters(count: int) -> bytes:
    return b"letter" * count


def run_forever() -> None:
    while True:
        pass


def take_memory() -> bytes:
    return bytes(900 << 20)


def fail() -> None:
    raise ValueError("no letter")


def process_ids() -> tuple[int, int]:
    """The process that does the work and its group, which is named after the render process."""
    return os.getpid(), os.getpgrp()
