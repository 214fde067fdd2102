"""What a letter cannot print is refused before it is printed as empty boxes."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from fontTools.ttLib import TTFont

from agencies.printable import FONTS, validate_printable
from agencies.validators import validate_name
from bookings.summons.static_files import static_file


@pytest.mark.parametrize(
    "name",
    ["Åsa Łukasz", "Ülkü Şahin", "O’Neill", "رانيا حداد", "می\u200cرود", "ትግርኛ", "A\u030asa", "D'Arc-Íñigo"],
)
def test_a_name_that_the_fonts_draw_is_taken(name: str) -> None:
    validate_name(name)


@pytest.mark.parametrize(
    ("name", "missing"), [("Иван", "И а в н"), ("李 Wei", "李"), ("Nguyễn", "ễ"), ("Ნino", "Ნ")]
)
def test_a_name_without_glyphs_is_refused_with_the_letters_that_are_missing(name: str, missing: str) -> None:
    with override("en"), pytest.raises(ValidationError) as refused:
        validate_name(name)
    assert f"cannot print {missing}." in refused.value.messages[0]


def test_an_address_is_looked_at_alike() -> None:
    validate_printable("c/o Åsa, Exempelvägen 12 – lgh 1101, 602 24 NORRKÖPING")
    with pytest.raises(ValidationError):
        validate_printable("ул. Мира 1")


@pytest.mark.parametrize("name", FONTS)
def test_the_bold_font_draws_what_the_regular_one_does(name: str) -> None:
    assert drawn_by(name) == drawn_by(name.replace("400", "700"))


def drawn_by(name: str) -> set[int]:
    with TTFont(static_file(name)) as font:
        return set(font.getBestCmap())
