"""How many parties a day takes."""

from hypothesis import given
from hypothesis import strategies as st

from bookings.capacity.places import Desk, Need, free_spans, meetings_at, places_of

H = 3600
NINE, NOON, ONE, FOUR = 9 * H, 12 * H, 13 * H, 16 * H
DAY = ((NINE, FOUR),)
LUNCH = ((NOON, ONE),)
SPAN = st.tuples(st.integers(0, 24 * 12), st.integers(1, 8 * 12)).map(
    lambda one: (one[0] * 300, (one[0] + one[1]) * 300)
)
SPANS = st.lists(SPAN, max_size=4).map(tuple)
NEEDS = st.dictionaries(
    st.sampled_from(["SKV", "FK", "AF", "KOM"]),
    st.builds(Need, minutes=st.integers(5, 240), is_local=st.booleans()),
)
DESKS = st.lists(st.builds(Desk, st.sampled_from(["SKV", "FK", "AF", "KOM", "PM"]), SPANS, SPANS), max_size=6)


def test_a_desk_takes_whole_meetings_between_its_breaks():
    assert meetings_at(Desk("FK", DAY, LUNCH), 50) == 3 + 3
    assert meetings_at(Desk("FK", DAY), 50) == 8


def test_the_agency_with_the_fewest_meetings_decides():
    desks = [Desk("FK", DAY), Desk("SKV", DAY), Desk("SKV", DAY)]
    assert places_of(desks, {"FK": Need(60), "SKV": Need(60)}).number == 7
    assert places_of(desks, {"FK": Need(60), "SKV": Need(60)}).scarcest == ("FK",)
    assert places_of(desks, {"FK": Need(30), "SKV": Need(60)}).scarcest == ("FK", "SKV")


def test_the_walk_is_added_to_each_meeting():
    assert places_of([Desk("FK", DAY)], {"FK": Need(60)}, walk=10).number == 6


def test_without_a_national_agency_nobody_is_booked_and_a_local_one_is_met_elsewhere():
    desks = [Desk("FK", DAY)]
    assert places_of(desks, {"FK": Need(60), "SKV": Need(60)}).number == 0
    assert places_of(desks, {"FK": Need(60), "KOM": Need(60, is_local=True)}).number == 7


def test_a_day_without_anybody_on_shift_has_no_places():
    assert places_of([], {"KOM": Need(60, is_local=True)}).number == 0
    assert places_of([Desk("FK", DAY)], {}).number == 0


@given(DESKS, NEEDS, st.integers(0, 30))
def test_nobody_is_promised_time_that_the_desks_do_not_have(desks, needs, walk):
    places = places_of(desks, needs, walk=walk)
    assert places.number >= 0
    met = {desk.code for desk in desks} & set(needs)
    for code, need in needs.items():
        if places.number and (code in met or not need.is_local):
            free = sum(
                ends - starts for desk in desks if desk.code == code for starts, ends in free_spans(desk)
            )
            assert places.number * (need.minutes + walk) * 60 <= free


@given(DESKS, NEEDS, st.builds(Desk, st.sampled_from(["SKV", "FK", "AF", "KOM"]), SPANS))
def test_a_further_desk_of_an_agency_that_is_there_takes_no_place_away(desks, needs, further):
    if further.code in {desk.code for desk in desks}:
        assert places_of([*desks, further], needs).number >= places_of(desks, needs).number


@given(SPANS, SPANS)
def test_free_time_is_what_lies_in_the_hours_and_in_no_break(hours, breaks):
    free = [range(*span) for span in free_spans(Desk("FK", hours, breaks))]
    for slot in range(0, 40 * H, 300):
        inside = sum(slot in range(*span) for span in hours)
        paused = any(slot in range(*span) for span in breaks)
        assert sum(slot in span for span in free) == (0 if paused else inside)
