"""Parts of a text message, as networks count them."""

import pytest

from bookings.messages.sms_parts import parts_of


@pytest.mark.parametrize(
    ("text", "parts", "used"),
    [
        ("", 1, 0),
        ("a" * 160, 1, 160),
        ("a" * 161, 2, 161),
        ("å" * 306, 2, 306),
        ("a" * 307, 3, 307),
        ("€" * 80, 1, 160),
        ("a" * 152 + "€" + "a" * 8, 2, 162),
        ("a" * 152 + "€" + "a" * 152, 3, 306),
        ("ي" * 70, 1, 70),
        ("ي" * 71, 2, 71),
        ("ي" * 134, 2, 134),
        ("ي" * 135, 3, 135),
        ("ሰ" * 134, 2, 134),
        ("é\u200c", 1, 2),
        ("😀" * 35, 1, 70),
        ("ي" * 66 + "😀" + "ي" * 66, 3, 134),
    ],
)
def test_parts_and_characters_are_counted_as_the_network_does(text, parts, used):
    counted = parts_of(text)
    assert (counted.parts, counted.used) == (parts, used)


def test_what_so_many_parts_hold_is_told():
    assert (parts_of("hej").room, parts_of("ي").room, parts_of("ي" * 71).room) == (160, 70, 134)
    assert parts_of("ي" * 71).each == 67
