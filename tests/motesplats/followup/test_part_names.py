"""Agencies and languages stand by name; what nobody knows stands by its code."""

import pytest
from django.utils.translation import override

from motesplats.followup.part_names import part_name

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("part", "sv", "en"),
    [
        (("agency", "SKV"), "Skatteverket", "Swedish Tax Agency"),
        (("agency", "KOM"), "Kommunen", "The municipality"),
        (("agency", "ZZZ"), "ZZZ", "ZZZ"),
        (("language", "ti"), "tigrinja", "Tigrinya"),
        (("language", "uig"), "uiguriska", "Uighur"),
        (("language", "qqq"), "qqq", "qqq"),
        (("why", "SKV"), "Skatteverket", "Swedish Tax Agency"),
        (("why", "interpreter"), "ingen tolk", "no interpreter"),
        (("sex_age", "F|65+"), "kvinnor, 65 år och äldre", "women, 65 years and older"),
    ],
)
def test_a_part_is_called_as_people_call_it(part, sv, en):
    for language, name in (("sv", sv), ("en", en)):
        with override(language):
            assert part_name(*part) == name
