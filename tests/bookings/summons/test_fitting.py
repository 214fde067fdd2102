"""The size of type that is tried after what earlier ones have measured."""

import pytest

from bookings.summons.fitting import LEAST, ROOM, Measured, first_size, next_size
from bookings.summons.printable import FittedPart

PAGE = FittedPart((300.0, 280.0, 270.0, 250.0))
SHEET = FittedPart((300.0, 280.0, 270.0), may_go_on=True)
ONE, TWO, REMNANT = Measured((260.0,)), Measured((ROOM, LEAST * ROOM)), Measured((ROOM, LEAST * ROOM - 1))


@pytest.mark.parametrize(
    ("part", "size"),
    [(PAGE, 3), (SHEET, 3), (FittedPart((400.0,) * 3), 3), (FittedPart((400.0,) * 3, may_go_on=True), 1)],
)
def test_the_first_size_is_the_largest_that_seems_to_fit(part: FittedPart, size: int) -> None:
    assert first_size(part) == size


@pytest.mark.parametrize(
    ("tried", "size"),
    [
        ({3: ONE}, 3),
        ({3: TWO}, 1),
        ({3: TWO, 1: TWO}, 1),
        ({1: REMNANT}, 2),
        ({1: REMNANT, 2: ONE}, 2),
        ({1: REMNANT, 2: REMNANT}, 3),
        ({1: Measured((ROOM, 9.0)), 2: Measured((ROOM, 12.0)), 3: Measured((ROOM, 11.0))}, 2),
    ],
)
def test_a_sheet_is_one_page_or_else_as_large_as_can_be_and_no_remnant(
    tried: dict[int, Measured], size: int
) -> None:
    assert next_size(SHEET, tried) == size


@pytest.mark.parametrize(
    ("tried", "size"),
    [({3: Measured((265.0,))}, 2), ({3: Measured((269.0,))}, 3), ({3: TWO}, 4), ({3: TWO, 4: ONE}, 4)],
)
def test_a_page_takes_the_largest_size_that_its_measure_promises(
    tried: dict[int, Measured], size: int
) -> None:
    assert next_size(PAGE, tried) == size
