"""The picture of the weeks."""

from datetime import timedelta

from bookings.capacity.chart import FOOT, TOP, chart_of
from bookings.capacity.days import WeekAhead
from bookings.capacity.spread import Expected
from tests.bookings.capacity.test_thin import MONDAY


def week(number, places=10, parties=0, expected=None):
    return WeekAhead(MONDAY + number * timedelta(days=7), 1, places, parties, expected)


def test_the_scale_holds_the_highest_number_in_few_round_steps():
    chart = chart_of([week(0, 24, expected=Expected(20, 30, 39))])
    assert [number for number, _height in chart.lines] == [0, 10, 20, 30, 40]
    assert [height for _number, height in chart.lines][::4] == [FOOT, TOP]


def test_weeks_of_which_nobody_has_spoken_interrupt_the_line():
    said = Expected(1, 2, 3)
    chart = chart_of([week(0, expected=said), week(1), week(2, expected=said), week(3, expected=said)])
    assert [len(points.split()) for points in chart.likely] == [1, 2]
    assert [len(points.split()) for points in chart.band] == [2, 4]
    assert [column.likely is None for column in chart.columns] == [False, True, False, False]


def test_bars_stand_on_the_foot_and_an_empty_picture_has_a_scale():
    chart = chart_of([week(0, places=0)])
    assert chart.columns[0].booked_height == chart.columns[0].places_height == 0
    assert chart.lines[0] == (0, FOOT)
