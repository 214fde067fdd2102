"""URL path converters for every app."""

from datetime import date

from django.urls import register_converter

from agencies.dates import is_usual

REFERENCE = "[0-9A-Z]{3}-[0-9A-Z]{3}"
# For `re_path` in the API: the OpenAPI document then shows the pattern.
REFERENCE_GROUP = f"(?P<reference>{REFERENCE})"


class ReferenceConverter:
    """A party's or a chain's reference, such as `CFD-K7R`."""

    regex = REFERENCE

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class DateConverter:
    """A day, such as `2026-12-08`; what is none is an address that does not exist."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return _usual(date.fromisoformat(value))

    def to_url(self, value: date | str) -> str:
        return str(value)


class WeekConverter:
    """The Monday of a week, written in ISO's way as `2026-W49`; what is none is an address that does not exist."""

    regex = r"\d{4}-W\d{2}"

    def to_python(self, value: str) -> date:
        return _usual(date.fromisocalendar(int(value[:4]), int(value[6:]), 1))

    def to_url(self, value: date) -> str:
        year, week, _weekday = value.isocalendar()
        return f"{year}-W{week:02}"


def _usual(day: date) -> date:
    """The day; raises ValueError, which is an address that does not exist."""
    if not is_usual(day):
        raise ValueError
    return day


register_converter(ReferenceConverter, "reference")
register_converter(DateConverter, "date")
register_converter(WeekConverter, "week")
