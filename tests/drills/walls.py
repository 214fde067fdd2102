"""Ten thousand requests and tasks of many viewers on one connection; prints how many saw a foreign row."""

import pytest

from tests.motesplats.context_leaks import Answer, Somebody, wrong_turns
from tests.motesplats.test_walls import answer, everybody

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.motesplats.context_leaks"),
]
TURNS = 10_000

__all__ = ["answer", "everybody"]


def test_no_turn_shows_a_foreign_row(everybody: dict[str, Somebody], answer: Answer) -> None:
    wrong = wrong_turns(TURNS, everybody, answer)
    print(f"\n{TURNS} turns of {len(everybody)} viewers: {len(wrong)} wrong")
    assert wrong == []
