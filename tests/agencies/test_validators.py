"""What people type holds no character that nobody sees, and user names are compared as people read them."""

import pytest
from django.core.exceptions import ValidationError

from agencies.models import Role
from agencies.staff.manage import NameTaken, create_user
from agencies.validators import folded, validate_plain
from bookings.chains.book import ReasonNotUsable
from bookings.parties.reason import clean_reason
from tests.factories.agencies import UserFactory

HIDDEN = [
    *"\x00\x1b\x07\x85\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\u3164\ufe0f\ufeff\uffa0"
]
HIDDEN.append("\U000e0041")


@pytest.mark.parametrize("sign", HIDDEN, ids=ascii)
def test_hidden_characters_are_refused_in_every_free_text(sign):
    with pytest.raises(ValidationError):
        validate_plain(f"a{sign}b")
    with pytest.raises(ReasonNotUsable):
        clean_reason(f"ill{sign}ness", refusal=ReasonNotUsable, when_missing="")


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
