"""Rings for the participants: as many filled as must reach work."""

from dataclasses import replace
from decimal import Decimal

import pytest

from motesplats.followup.benefit.calculate import calculate
from motesplats.followup.benefit.pictures import MOST_RINGS, ring_pictures
from tests.motesplats.followup.benefit.kit import LIVA


def pictures(people: int | None):
    numbers = {name: value for name, value in LIVA.numbers.items() if name != "participants"}
    if people:
        numbers["participants"] = Decimal(people)
    assumed = replace(LIVA, numbers=numbers)
    return list(ring_pictures(assumed, calculate(assumed)))


def test_four_whole_rings_and_a_part_of_the_fifth_are_filled():
    society = pictures(14)[0]
    one_year = society.screens[0].rows[0]
    assert [ring.is_full for ring in one_year.rings] == [True] * 4 + [False] * 10
    assert [bool(ring.part) for ring in one_year.rings] == [False] * 4 + [True] + [False] * 9
    assert (one_year.value, society.people_in_ring) == ("4,58", 1)


def test_more_than_take_part_fills_every_ring():
    subsidised = pictures(14)[1]
    assert all(ring.is_full for ring in subsidised.screens[0].rows[0].rings)


@pytest.mark.parametrize("people", [1, 14, 20, 21, 1000])
def test_no_picture_has_more_rings_than_fit_and_all_stay_inside(people):
    for picture in pictures(people):
        for screen in picture.screens:
            for row in screen.rows:
                assert len(row.rings) == min(people, MOST_RINGS)
                assert all(0 < ring.x < row.value_x < screen.width for ring in row.rings)
                assert row.y < screen.height


def test_a_ring_of_many_is_so_many_of_them():
    assert pictures(1000)[0].people_in_ring == 50


def test_while_it_is_open_how_many_take_part_there_is_no_picture():
    assert pictures(None) == []
