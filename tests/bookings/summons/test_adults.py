"""Adults are numbered from one, in the order of their links."""

from bookings.summons.adults import adults_by_number


def test_adults_are_numbered_from_one_in_their_order():
    adults = adults_by_number(["Omar", "Layla"])
    assert adults == {"1": "Omar", "2": "Layla"}
    assert list(adults) == ["1", "2"]


def test_nobody_has_no_number():
    assert adults_by_number([]) == {}
