"""Norrköping is open on Tuesday 17 November 2026, and its coordinator writes the report."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.utils.translation import override

from agencies.clock import STOCKHOLM
from agencies.models import User
from motesplats.followup.reports.lock import lock_report
from motesplats.followup.reports.numbers import DayNumbers
from motesplats.followup.reports.save import save_report
from motesplats.models import DayReport
from tests.factories.agencies import CoordinatorFactory, SiteDayFactory, main_place, the_site
from tests.moment import NOW

DAY = date(2026, 11, 17)
EVENING = datetime(2026, 11, 17, 16, 30, tzinfo=STOCKHOLM)


def numbers(women: int = 8, men: int = 6, *, parties: int = 5, **said) -> DayNumbers:
    """Adults of track 1 at the main place."""
    people = {("sex_age", "F|18-64"): women, ("sex_age", "M|18-64"): men}
    people |= {("track", "1"): women + men, ("mode", "main"): women + men}
    totals = {"parties": parties, "no_shows": 0, "referrals": 0} | said.pop("totals", {})
    return DayNumbers(people=people | said.pop("people", {}), totals=totals, **said)


@pytest.fixture(autouse=True)
def _clock(clock) -> None:
    """The clock stands still on Monday 23 November 2026."""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """What a verb says is said in English."""
    with override("en"):
        yield


@pytest.fixture
def coordinator(db) -> User:
    return CoordinatorFactory()


@pytest.fixture
def opened(db):
    """Norrköping is open on the day."""
    return SiteDayFactory(location=main_place(the_site()), date=DAY)


@pytest.fixture
def save(coordinator, acting) -> Callable[..., DayReport]:
    """Save numbers of the day at a site, as its coordinator."""

    def save(site: str = "norrkoping", *, day: date = DAY, version: int = 0, by=None, **said) -> DayReport:
        found = the_site(site)
        by = by or (coordinator if site == "norrkoping" else CoordinatorFactory(sites=[found]))
        unfinished = said.pop("unfinished", False)
        with acting(by):
            return save_report(
                site=found,
                date=day,
                numbers=said.pop("numbers", None) or numbers(**said),
                version=version,
                by=by,
                at=NOW,
                unfinished=unfinished,
            )

    return save


@pytest.fixture
def locked(save, coordinator, acting) -> DayReport:
    """A typed report of Norrköping, locked."""
    report = save()
    with acting(coordinator):
        return lock_report(report=report, version=report.version, by=coordinator, at=NOW)
