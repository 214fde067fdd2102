"""What people type holds no character that nobody sees, and user names are compared as people read them."""

import sys
from contextlib import suppress
from datetime import date
from unicodedata import category

import pytest
from django.core.exceptions import ValidationError

from agencies.models import Role
from agencies.staff.manage import NameTaken, create_user
from agencies.validators import clean_phone, folded, validate_decision_date, validate_plain
from bookings.chains.book import ReasonNotUsable
from bookings.parties.reason import clean_reason
from tests.factories.agencies import UserFactory

HIDDEN = [
    *"\x00\x1b\x07\x85\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\u3164\ufe0f\ufeff\uffa0"
]
HIDDEN += [
    "\U000e0041",
    "\U000e0101",
    "\u034f",
    "\u115f",
    "\u17b4",
    "\u180b",
    "\u2800",
    "\u206a",
    "\ufff9",
    "\U0001d173",
]
HIDDEN += ["\ue000", "\U000e0fff", "\ufdd0"]
CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@pytest.mark.parametrize("sign", HIDDEN, ids=ascii)
def test_hidden_characters_are_refused_in_every_free_text(sign):
    with pytest.raises(ValidationError):
        validate_plain(f"a{sign}b")
    with pytest.raises(ReasonNotUsable):
        clean_reason(f"ill{sign}ness", refusal=ReasonNotUsable, when_missing="")


def test_no_control_or_format_character_passes_but_the_two_joiners():
    passed = []
    for sign in map(chr, range(sys.maxunicode + 1)):
        if category(sign) in CATEGORIES:
            with suppress(ValidationError):
                validate_plain(f"a{sign}b")
                passed.append(sign)
    assert passed == ["\u200c", "\u200d"]


@pytest.mark.parametrize("text", ["\u200cab", "ab\u200d", "a \u200cb", "a\u200d\u200db", "1\u200c2"])
def test_a_joiner_that_joins_no_letters_is_refused(text):
    with pytest.raises(ValidationError):
        validate_plain(text)


@pytest.mark.parametrize("number", ["0701740ABC", "070-1740 FLY", "tel 0701740605", "+46701740605 ext 5"])
def test_letters_are_not_read_as_the_keys_of_a_telephone(number):
    with pytest.raises(ValidationError):
        clean_phone(number)


@pytest.mark.parametrize(
    "number",
    [
        "070-174 06 05",
        "+46 (0)70 174 06 05",
        "٠٧٠١٧٤٠٦٠٥",
        "0046701740605",
        "\u202a+46\u00a070\u00a01740605\u202c",
    ],
)
def test_a_number_is_read_however_its_digits_are_grouped(number):
    assert clean_phone(number) == "+46701740605"


@pytest.mark.parametrize(
    "decided", [date(2026, 11, 27), date(2099, 1, 1), date(1999, 1, 1), date(2016, 11, 26)]
)
def test_a_decision_in_the_future_or_long_ago_is_refused(decided):
    with pytest.raises(ValidationError):
        validate_decision_date(decided, today=date(2026, 11, 26))


@pytest.mark.parametrize("decided", [None, date(2026, 11, 26), date(2016, 11, 27)])
def test_a_decision_of_today_or_none_is_fine(decided):
    validate_decision_date(decided, today=date(2026, 11, 26))


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "Åsa O’Neill – «ja»", "ስም", "👩", "a\u00a0b"])
def test_what_scripts_need_stays(text):
    validate_plain(text)


@pytest.mark.parametrize(("one", "other"), [("Chef", "chef"), ("ＫＡＲＩＮ", "karin"), ("ÅSA", "åsa")])
@pytest.mark.django_db
def test_names_that_differ_by_case_or_width_are_one(one, other):

    assert folded(one) == folded(other)
    UserFactory(username=one)
    with pytest.raises(NameTaken):
        create_user(username=other, name=("A", "B"), role=Role.HOST)
