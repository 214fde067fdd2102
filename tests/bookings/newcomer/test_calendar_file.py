"""The calendar file: its hours in any direction of text, its zone, its place, its alarms."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from icalendar import Calendar

from agencies.languages import LANGUAGES
from bookings.newcomer.calendar_file import calendar_file, cancelled_file
from tests.bookings.summons.samples import sample_letter

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)


def calendar_of(language: str) -> Any:
    page = sample_letter(language).pages[0]
    page = replace(page, place=replace(page.place, town="Norrköping"))
    return Calendar.from_ical(calendar_file(page, made_at=AT))


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_and_telephone_are_isolated_from_a_text_that_runs_from_the_right(language: str) -> None:
    lines = str(calendar_of(language).walk("VEVENT")[0]["DESCRIPTION"]).splitlines()
    figures = "\u2066{}\u2069" if language in ("ar", "prs") else "{}"
    assert lines[0].startswith(figures.format("09:15–09:55") + " ")
    assert lines[-1] == figures.format("08-465 004 21")


def test_the_place_is_named_with_its_town() -> None:
    place = calendar_of("sv").walk("VEVENT")[0]["LOCATION"]
    assert place == "Mötesplats Norrköping, Exempelgatan 1, Norrköping"


def test_the_phone_rings_the_day_before_and_two_hours_before() -> None:
    alarms = calendar_of("so").walk("VALARM")
    assert [alarm["TRIGGER"].dt for alarm in alarms] == [-timedelta(days=1), -timedelta(hours=2)]
    assert {str(alarm["ACTION"]) for alarm in alarms} == {"DISPLAY"}


@pytest.mark.parametrize(
    "when", [datetime(2026, 12, 8, 8, 0, tzinfo=UTC), datetime(2026, 7, 8, 7, 0, tzinfo=UTC)]
)
def test_the_hour_is_stockholms_by_name_and_by_rule(when: datetime) -> None:
    page = replace(sample_letter("sv").pages[0], arrive_at=when)
    text = calendar_file(page, made_at=AT).decode()
    assert f"DTSTART;TZID=Europe/Stockholm:{when:%Y%m%d}T090000" in text
    calendar: Any = Calendar.from_ical(text)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Stockholm"
    assert {str(rule["RRULE"]["BYMONTH"][0]) for rule in zone.subcomponents} == {"3", "10"}
    assert calendar.walk("VEVENT")[0]["DTSTART"].dt == when


def test_a_cancelled_day_stays_cancelled_and_rings_no_more() -> None:
    closed: Any = SimpleNamespace(
        chain_reference="N4K-7QT", version=2, opens_at=AT, closes_at=AT + timedelta(hours=6), cancelled_at=AT
    )
    calendar: Any = Calendar.from_ical(cancelled_file(closed))
    assert calendar["METHOD"] == "CANCEL"
    assert calendar.walk("VEVENT")[0]["STATUS"] == "CANCELLED"
    assert calendar.walk("VALARM") == []
