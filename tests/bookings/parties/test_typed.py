"""What a typed text may be: a reference, a telephone number, a birth date."""

from datetime import date

import pytest

from bookings.parties.typed import births_in, keys_in, phones_in
from bookings.references import code_in

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed",
    [
        "N4K-7QT",
        "n4k7qt",
        "N4K 7QT",
        "n4k–7qt",
        "N4K+7QT",
        "N4K\u20117QT",
        "n4k1ot",
        " N4K-7QT\r",
        "N4K٧QT",
    ],
)
def test_a_code_is_read_as_leniently_as_the_paper_code(typed):
    assert code_in(typed) == "N4K-7QT"


@pytest.mark.parametrize(("typed", "begun"), [("n4k", "N4K"), ("N4K-", "N4K"), ("n4k7", "N4K-7")])
def test_the_beginning_of_a_code_is_one_too(typed, begun):
    assert code_in(typed) == begun


@pytest.mark.parametrize("typed", ["", "n4", "Mohamed", "Hassan", "N4K-7QTX", "891102-1234", "---", "ሃናተ"])
def test_what_cannot_be_a_code_is_none(typed):
    assert code_in(typed) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "070-174 06 05",
        "0701740605",
        "+46 70 174 06 05",
        "0046701740605",
        "+46 (0)70-1740605",
        "46701740605",
        "701740605",
    ],
)
def test_a_telephone_number_is_read_however_it_is_written(typed):
    assert "+46701740605" in phones_in(typed)


@pytest.mark.parametrize("typed", ["0701", "Hassan", "N4K-7QT", ""])
def test_a_few_digits_are_no_telephone_number(typed):
    assert phones_in(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "1989-11-02",
        "19891102",
        "891102",
        "891102-1234",
        "8911021234",
        "19891102-1234",
        "198911021234",
        "891102-T123",
        "891162-1234",
        "1989.11.02",
        "2/11 1989",
        "2/11-89",
        "2.11.1989",
        "02-11-1989",
        "2 november 1989",
        "den 2 nov. 1989",
        "2:a november 1989",
    ],
)
def test_a_birth_date_is_read_in_the_forms_of_sweden(typed):
    assert date(1989, 11, 2) in births_in(typed, today=TODAY)


def test_two_digits_of_a_year_are_of_either_century_and_never_to_come():
    assert births_in("150809", today=TODAY) == [date(1915, 8, 9), date(2015, 8, 9)]
    assert births_in("991231", today=TODAY) == [date(1999, 12, 31)]


@pytest.mark.parametrize(
    "typed", ["1989-13-02", "31/2 1989", "2 smarch 1989", "19", "x", "0000-00-00", "9" * 40]
)
def test_what_is_no_date_is_none(typed):
    assert births_in(typed, today=TODAY) == []


def test_digits_of_other_scripts_are_digits():
    assert "1989-11-02" in keys_in("١٩٨٩-١١-٠٢", today=TODAY)
    assert "+46701740605" in keys_in("۰۷۰۱۷۴۰۶۰۵", today=TODAY)
    assert "+46701740605" in keys_in("\u202a+46\u00a070\u00a0174 06 05\u202c", today=TODAY)
