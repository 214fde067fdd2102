"""Distances between places."""

from hypothesis import given
from hypothesis import strategies as st

from agencies.distance import distance

PLACES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_from_lund_to_malmo_it_is_seventeen_kilometres():
    assert round(distance((55.706, 13.193), (55.605, 13.000))) == 17


@given(here=PLACES, there=PLACES)
def test_it_is_as_far_there_as_back_and_nowhere_further_than_half_around_the_earth(here, there):
    assert abs(distance(here, there) - distance(there, here)) < 1e-6
    assert 0 <= distance(here, there) < 20_016
