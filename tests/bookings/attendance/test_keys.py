"""What a meeting of a chain is called, and what somebody means who names one."""

import pytest

from bookings.attendance.keys import address_of, adult_of, agency_of, key_of, keys_named

ALONE = ("MIG", "AF", "AF:2", "FK:1", "FK:2")


@pytest.mark.parametrize(("agency", "adult", "key"), [("AF", None, "AF"), ("KOM", 2, "KOM:2")])
def test_a_key_holds_the_agency_and_the_adult_who_is_met_alone(agency, adult, key):
    assert key_of(agency, adult) == key
    assert (agency_of(key), adult_of(key)) == (agency, adult)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("MIG", ["MIG"]),
        ("MIG:2", ["MIG"]),
        ("MIG:0", ["MIG"]),
        ("AF", ["AF", "AF:2"]),
        ("AF:0", ["AF"]),
        ("AF:1", ["AF"]),
        ("AF:2", ["AF:2"]),
        ("AF:02", ["AF:2"]),
        ("AF:", []),
        ("AF:x", []),
        ("AF:²", []),
        ("AF:2:2", []),
        ("FK", ["FK:1", "FK:2"]),
        ("FK:0", []),
        ("FK:3", []),
        ("PM", []),
        ("", []),
        (":1", []),
    ],
)
def test_a_number_says_to_which_meeting_that_adult_goes(typed, meant):
    assert keys_named(typed, ALONE) == meant


@pytest.mark.parametrize("key", ALONE)
def test_an_address_means_one_meeting(key):
    assert keys_named(address_of(key, ALONE), ALONE) == [key]


def test_the_only_meeting_of_an_agency_is_called_by_its_code_alone():
    assert [address_of(key, ALONE) for key in ALONE] == ["MIG", "AF:0", "AF:2", "FK:1", "FK:2"]
