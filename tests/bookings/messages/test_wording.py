"""Every message in every language: two parts at most, with the whole link, and never what it is about."""

from datetime import datetime, timedelta

import pytest

from agencies.clock import STOCKHOLM
from agencies.languages import LANGUAGES
from agencies.models import Agency
from bookings.messages.sms_parts import MOST_PARTS, parts_of
from bookings.messages.wording import Facts, word
from bookings.models import Message

# As long as a link becomes at an authority's own address.
LONGEST = "https://motesplats.migrationsverket.se/d/K7QF2M4XTB9C3VWHN6RDZP5JEQ"
LINK = "https://mp.example/d/K7QF2M4XTB9C3VWHN6RDZP5JEQ"
USUAL = Facts(datetime(2026, 12, 1, 9, tzinfo=STOCKHOLM), LINK, "+46846500421")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Message.Kind.values)
@pytest.mark.parametrize("is_same_time", [False, True])
def test_each_message_has_two_parts_at_most(language, kind, is_same_time):
    wednesday = datetime(2026, 9, 30, 10, 45, tzinfo=STOCKHOLM)
    for days in range(7):
        facts = Facts(wednesday - timedelta(days=days), LONGEST, "+46322123456", is_same_time)
        text = word(kind, facts, language=language, channel="sms").text
        assert parts_of(text).parts <= MOST_PARTS, text
        assert LONGEST in text.splitlines()
        assert text.endswith("0322123456")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Message.Kind.values)
def test_where_the_link_leaves_no_room_for_the_telephone_its_page_has_it(language, kind):
    address = f"https://{'m' * 38}.se/d/K7QF2M4XTB9C3VWHN6RDZP5JEQ"
    facts = Facts(datetime(2026, 9, 30, 10, 45, tzinfo=STOCKHOLM), address, "+46322123456", is_same_time=True)
    text = word(kind, facts, language=language, channel="sms").text
    assert parts_of(text).parts <= MOST_PARTS, text
    assert address in text.splitlines()


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", ["sms", "email"])
def test_it_names_no_agency_and_no_summoning_to_a_court(language, channel):
    names = {name for agency in Agency.objects.all() for name in (agency.code, agency.name) if len(name) > 2}
    for kind in Message.Kind.values:
        text = word(kind, USUAL, language=language, channel=channel).text.replace(LINK, "")
        assert not [name for name in (*names, "استدعاء", "جلب") if name in text]


@pytest.mark.parametrize("language", ["ar", "prs"])
@pytest.mark.parametrize("kind", Message.Kind.values)
def test_a_text_that_is_read_from_right_to_left_begins_with_a_letter_of_its_own(language, kind):
    text = word(kind, USUAL, language=language, channel="sms").text
    assert "\u0600" < text[0] < "\u0700"
    assert "?" not in text


def test_the_time_is_the_clock_on_the_wall_and_the_telephone_one_group():
    text = word("reminder_day", USUAL, language="sv", channel="sms").text
    assert text == (
        f"Kom ihåg: din dag på Mötesplats\ntisdag 1 december 2026 09:00\n{LINK}\nTelefon 0846500421"
    )


def test_where_the_month_s_name_is_too_long_its_number_stands():
    long = Facts(USUAL.arrive_at, LONGEST, USUAL.phone)
    assert "الثلاثاء 1/12 09:00" in word("summons", long, language="ar", channel="sms").text.splitlines()


@pytest.mark.parametrize("kind", ["receipt", "missed"])
def test_a_receipt_and_the_word_to_whom_did_not_come_tell_no_day(kind):
    assert "2026" not in word(kind, USUAL, language="en", channel="email").text
