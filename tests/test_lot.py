"""What is drawn by lot can be drawn again."""

from tests.lot import Lot

CASES = [f"case {number}" for number in range(50)]


def test_the_same_cases_are_drawn_again_in_their_order():
    drawn = Lot().draw(CASES, 7)
    assert len(set(drawn)) == 7
    assert drawn == sorted(drawn, key=CASES.index)
    assert Lot().draw(CASES, 7) == drawn


def test_a_drill_takes_all_and_so_does_a_lot_larger_than_the_matrix():
    assert Lot(takes_all=True).draw(CASES, 7) == CASES
    assert Lot().draw(CASES, 51) == CASES


def test_small_matrices_are_each_drawn_by_their_name():
    drawn = [Lot().draw(["wide", "narrow"], 1, of=f"journey {number}")[0] for number in range(20)]
    assert set(drawn) == {"wide", "narrow"}
    assert drawn == [Lot().draw(["wide", "narrow"], 1, of=f"journey {number}")[0] for number in range(20)]
