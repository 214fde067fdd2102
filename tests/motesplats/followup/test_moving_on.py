"""After a month's edition nothing moves on by few; before it measures move on as wholes."""

from decimal import Decimal

import pytest

from motesplats.followup.moving_on import MovedFigure, may_be_told

WHOLE, SEX, TRACK = ("participants", ""), ("participants", "sex"), ("participants", "track")


def row(
    now: int | None, told: int | None, *, measure: str = "participants", by: str = "", settled: bool = True
) -> MovedFigure:
    """A count of so many, as it is and as it was told."""
    amounts = [None if number is None else Decimal(number) for number in (now, told)]
    return MovedFigure(measure, by, amounts[0], None, now, amounts[1], None, told, is_settled=settled)


def test_with_the_edition_all_is_told_though_it_moved_by_few():
    rows = [row(12, 9, settled=False), row(7, None, by="sex", settled=False)]
    assert may_be_told(rows, has_edition=True) == {WHOLE, SEX}


def test_before_it_a_measure_moves_by_six_and_its_parts_are_not_told():
    parts = row(7, None, by="sex", settled=False)
    assert may_be_told([row(15, 9, settled=False), parts], has_edition=False) == {WHOLE}
    assert may_be_told([row(14, 9, settled=False), parts], has_edition=False) == set()


def test_after_it_a_way_to_divide_is_told_anew_only_if_no_part_moved_by_few():
    women, men, first = row(10, 9, by="sex"), row(20, 13, by="sex"), row(30, 22, by="track")
    assert may_be_told([row(30, 22), women, men, first], has_edition=True) == {WHOLE, TRACK}


@pytest.mark.parametrize("now", [27, 17])
def test_parts_wait_while_the_whole_does_whichever_way_it_moved(now):
    rows = [row(now, 22), row(16, 9, by="sex"), row(now - 16, 13, by="sex")]
    assert may_be_told(rows, has_edition=True) == set()


def test_a_part_that_is_gone_moved_by_all_who_were_in_it():
    assert may_be_told([row(30, 30), row(None, 5, by="sex")], has_edition=True) == {WHOLE}
    assert may_be_told([row(30, 30), row(None, 6, by="sex")], has_edition=True) == {WHOLE, SEX}


def test_a_share_is_not_told_without_the_numbers_that_it_is_made_of():
    parties = row(20, 17, measure="parties")
    missed = row(8, 8, measure="no_shows")
    assert may_be_told([row(60, 50), parties, missed], has_edition=True) == {WHOLE}
