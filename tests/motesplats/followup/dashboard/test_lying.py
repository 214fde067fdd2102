"""Lying bars for a desk and for a telephone."""

from motesplats.followup.dashboard.lying import lying_of


def test_the_longest_bar_fits_and_the_others_are_in_proportion():
    for chart in lying_of([("interpreter", 40, "40"), ("wish", 10, "10"), ("place", None, "hidden")]):
        first, second, hidden = chart.bars
        assert first.end < chart.width
        assert round(first.length / second.length) == 4
        assert (hidden.length, hidden.written) == (0, "hidden")
        assert chart.height > hidden.top


def test_of_nothing_there_is_no_length():
    assert [bar.length for chart in lying_of([("interpreter", 0, "0")]) for bar in chart.bars] == [0, 0]
