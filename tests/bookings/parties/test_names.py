"""No two people of a party are called the same."""

from datetime import date

import pytest

from bookings.models import Newcomer
from bookings.parties.names import full_name, short_name


def people(*typed):
    return [
        Newcomer(pk=n, given_name=given, family_name=family, birth_date=date(born, 1, n))
        for n, (given, family, born) in enumerate(typed, start=1)
    ]


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ([("Layla", "Haddad", 1990), ("Omar", "Haddad", 1989)], ["Layla", "Omar"]),
        ([("Maxamed", "Cali", 1990), ("maxamed", "Warsame", 1989)], ["Maxamed Cali", "maxamed Warsame"]),
        ([("Ali", "Nur", 1950), ("Ali", "Nur", 1980)], ["Ali Nur 1950", "Ali Nur 1980"]),
        ([("Ali", "Nur", 1980), ("Ali", "Nur", 1980)], ["Ali Nur 1980 (1)", "Ali Nur 1980 (2)"]),
        ([("Ali", "", 1950), ("Ali", "", 1980)], ["Ali 1950", "Ali 1980"]),
        ([("Ali", "", 1950), ("Ali", "Nur", 1980)], ["Ali 1950", "Ali Nur"]),
    ],
)
def test_short_names_are_as_long_as_they_must(typed, short):
    found = people(*typed)
    assert [short_name(person, found) for person in found] == short


def test_a_father_and_a_son_of_the_same_full_name_are_told_apart():
    found = people(("Ali", "Nur", 1950), ("Ali", "Nur", 1980), ("Amal", "Nur", 1952))
    assert [full_name(person, found) for person in found] == ["Ali Nur 1950", "Ali Nur 1980", "Amal Nur"]
