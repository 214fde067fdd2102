"""A new version of the letter says everything that is new in it, and nothing else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from agencies.clock import STOCKHOLM
from agencies.models import Agency, Location, Site
from bookings.summons.changes import change_sentences
from bookings.summons.summoned_day import SummonedDay, SummonedSiteDay, SummonedStop

MORNING = datetime(2026, 12, 8, 9, tzinfo=STOCKHOLM)
AGENCIES = {key: Agency(pk=key, name=name) for key, name in ((1, "Skatteverket"), (2, "Försäkringskassan"))}
MAIN = Location(
    pk=1, street="Storgatan 1", postcode="602 24", town="Norrköping", site=Site(name="Norrköping")
)
BRANCH = Location(
    pk=2,
    kind="branch",
    name="Filialen",
    street="Kajen 5",
    postcode="591 30",
    town="Motala",
    site=Site(name="Norrköping"),
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def stop(agency: int, begins: datetime) -> SummonedStop:
    return SummonedStop(agency, "", begins, begins + HOUR, "everyone", ())


def day(*stops: SummonedStop, at: int = 10, interpreter: int | None = 7) -> SummonedDay:
    return SummonedDay((SummonedSiteDay(at, stops),), interpreter)


OLD = day(stop(1, MORNING), stop(2, MORNING + HOUR))


def sentences(old: SummonedDay, new: SummonedDay, places: dict[int, Location]) -> list[str]:
    with override("en"):
        return list(change_sentences(old, new, places=places, agencies=AGENCIES, language="en"))


def said(new: SummonedDay) -> list[str]:
    places = {10: MAIN, 11: MAIN, 20: BRANCH}
    return sentences(OLD, new, places)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD, []),
        (replace(OLD, interpreter=8), ["Another interpreter helps you."]),
        (replace(OLD, interpreter=None), ["No interpreter is booked any more."]),
        (day(stop(1, MORNING)), ["This meeting is left out: Försäkringskassan."]),
        (day(stop(1, MORNING), stop(2, MORNING + 2 * HOUR)), ["Some of the meetings have other times."]),
        (
            day(stop(1, MORNING), stop(2, MORNING + HOUR), at=20),
            ["New place: Filialen, Kajen 5, 591 30 Motala."],
        ),
        (
            day(stop(1, MORNING + DAY), stop(2, MORNING + DAY + HOUR), at=11),
            ["New day: Wednesday 9 December 2026. The old day was Tuesday 8 December 2026."],
        ),
        (
            day(stop(1, MORNING + HOUR), stop(2, MORNING + 2 * HOUR)),
            ["The first meeting begins at 10:00. It was 09:00."],
        ),
    ],
)
def test_each_change_is_said_and_what_stayed_is_not(new, expected):
    assert said(new) == expected


def test_a_new_meeting_and_a_new_interpreter_are_said():
    old, new = day(stop(1, MORNING), interpreter=None), OLD
    places = {10: MAIN}
    assert sentences(old, new, places) == ["New meeting: Försäkringskassan.", "An interpreter is booked now."]
