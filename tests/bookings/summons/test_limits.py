"""Work that grows is stopped; work that fails says so; the rest comes back whole."""

import pytest

from bookings.summons.limits import LimitExceeded, within_limits


def forever() -> bytes:
    while True:
        pass


def test_an_answer_larger_than_a_pipe_comes_back_whole() -> None:
    assert within_limits(lambda: b"letter" * 100_000) == b"letter" * 100_000


@pytest.mark.parametrize(
    "work", [forever, lambda: bytes(900 << 20), lambda: bytes("no number")], ids=["time", "memory", "error"]
)
def test_work_beyond_its_limits_is_stopped(work, capfd) -> None:
    with pytest.raises(LimitExceeded):
        within_limits(work, seconds=1)
