"""A file is read in whole or refused, with its first mistakes in order."""

import pytest

from agencies.web.csv_rows import RowError
from agencies.web.whole_file import MOST_ERRORS, MOST_ROWS, FileNotUsable, require_right


def refused(rows: list[object], errors: list[RowError]) -> list[RowError]:
    with pytest.raises(FileNotUsable) as refusal:
        require_right(rows, errors)
    return refusal.value.rows


def test_rows_without_a_mistake_are_right():
    require_right(["row"] * MOST_ROWS, [])


def test_mistakes_stand_in_the_order_of_the_file_and_are_not_endless():
    errors = [RowError(number, "month", "wrong") for number in range(MOST_ERRORS + 9, 1, -1)]
    found = refused(["row"], errors)
    assert [error.row for error in found] == list(range(2, MOST_ERRORS + 2))


@pytest.mark.parametrize("number", [0, MOST_ROWS + 1])
def test_no_rows_and_too_many_are_a_mistake_of_the_whole_file(number):
    [error] = refused(["row"] * number, [])
    assert (error.row, error.column) == (1, "")
