"""Text blocks in the tables: valid between two days, never two for the same people at one time."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agencies.models import Condition, Municipality, Service, TextBlock
from agencies.texts.choose import Audience
from agencies.texts.queries import conditions_of, texts_for

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 8)
WHO = {"slot": "why", "language": "sv", "track": 9}


def make(**changes) -> TextBlock:
    return TextBlock.objects.create(**WHO | {"text": "Hej"} | changes)


def test_a_text_is_read_from_its_first_day_to_its_last():
    make(valid_from=DAY, valid_to=DAY + timedelta(days=1))
    reader = Audience(language="sv", track=9)
    read = [texts_for(reader, on=DAY + timedelta(days=days)).words("why").text for days in (-1, 0, 1, 2)]
    assert read == ["", "Hej", "Hej", ""]


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"valid_from": DAY},
        {"valid_from": date(2000, 1, 1), "valid_to": date(2016, 1, 1)},
        {"state": "checked", "text": "Hej igen"},
    ],
)
def test_there_are_never_two_texts_for_the_same_people_at_one_time(other):
    make()
    with pytest.raises(IntegrityError, match="text_block_one_at_a_time"), transaction.atomic():
        make(**other)
    with pytest.raises(ValidationError, match="redan en text för just dem"):
        TextBlock(**WHO | {"text": "Hej"} | other).full_clean()


def test_a_text_may_follow_another_and_stand_beside_one_for_other_people():
    make(valid_to=DAY)
    make(valid_from=DAY + timedelta(days=1))
    for other in (
        {"slot": "about"},
        {"language": "en"},
        {"track": 8},
        {"track": None},
        {"agency_code": "FK"},
        {"service": Service.objects.get(agency_code="FK")},
        {"municipality": Municipality.objects.get(code="0581")},
        {"condition": Condition.ALONE},
    ):
        make(**other)
    assert TextBlock.objects.filter(text="Hej").count() == 10


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"valid_from": DAY, "valid_to": DAY - timedelta(days=1)}, "text_block_begins_before_it_ends|range"),
        ({"text": ""}, "text_block_says_something"),
    ],
)
def test_a_text_says_something_and_begins_before_it_ends(changes, name):
    with pytest.raises(Exception, match=name), transaction.atomic():
        make(**changes)


def test_a_text_belongs_to_an_agency_or_to_a_service_not_to_both():
    with pytest.raises(IntegrityError, match="text_block_of_service_or_agency"):
        make(agency_code="FK", service=Service.objects.get(agency_code="FK"))


def test_all_texts_of_a_party_are_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        texts = texts_for(Audience(language="ar", track=1), on=DAY)
        assert all(
            texts.words("about", service=pk).text for pk in {b.service for b in texts.blocks if b.service}
        )


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ([30], ("alone",)),
        ([30, 17], ("children",)),
        ([30, 18], ()),
        ([70], ("alone", "pensioner")),
        ([30, 4, 65], ("children", "pensioner")),
        ([30, 64], ()),
    ],
)
def test_the_conditions_follow_the_ages(ages, expected):
    assert conditions_of(ages, adult_age=18) == expected
