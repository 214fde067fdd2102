"""Reports are filled in from attendance when a day has ended."""

from datetime import date

import pytest

from agencies.models import Location
from agencies.secrecy.context import acting_as
from motesplats.followup.reports.days import ended
from motesplats.followup.reports.fill import fill_day, fill_ended
from motesplats.followup.viewer import FIGURES
from motesplats.models import DayCount, DayReport
from motesplats.tasks import fill_day_reports
from tests.factories.agencies import LocationFactory, SiteDayFactory, UserFactory, main_place, the_site
from tests.factories.bookings import ChainFactory, MeetingFactory, PartyFactory
from tests.moment import NOW
from tests.motesplats.followup.reports.conftest import DAY, EVENING
from tests.together import Together

pytestmark = pytest.mark.django_db


@pytest.fixture
def come(db, acting):
    """Families of four come to the place on the day, or do not."""
    caseworker = UserFactory()

    def come(number: int, *, day: date = DAY, place: Location | None = None, held: bool = True) -> None:
        with acting(caseworker):
            site_day = SiteDayFactory(location=place or main_place(the_site()), date=day)
            for _ in range(number):
                chain = ChainFactory(party=PartyFactory(registered_by=caseworker), site_day=site_day)
                missed = {} if held else {"attendance": "no_show"}
                MeetingFactory(chain=chain, checked_in_at=site_day.opens_at if held else None, **missed)

    return come


def report() -> DayReport:
    with acting_as(FIGURES):
        return DayReport.objects.get()


def people(dimension: str) -> dict[str, tuple[int, int | None]]:
    with acting_as(FIGURES):
        rows = DayCount.objects.filter(dimension=dimension)
        return {row.key: (row.people, row.counted) for row in rows}


def test_a_day_that_has_ended_is_filled_in_from_attendance(come):
    come(2)
    come(1, held=False)
    come(1, place=LocationFactory())
    assert fill_ended(at=EVENING) == 1
    found = report()
    assert (found.source, found.parties, found.no_shows, found.filled_at) == ("counted", 3, 1, EVENING)
    assert found.counted == {"parties": 3, "no_shows": 1, "referrals": 0}
    assert people("sex_age") == {"F|0-17": (6, 6), "F|18-64": (6, 6)}
    assert people("track") == {"1": (12, 12)}
    assert people("track_sex_age") == {"1|F|0-17": (6, 6), "1|F|18-64": (6, 6)}
    assert people("mode") == {"main": (8, 8), "branch": (4, 4)}


def test_a_day_ends_when_the_last_of_its_places_has_closed(opened):
    later = LocationFactory()
    day = SiteDayFactory(location=later, date=DAY)
    day.closes_at = EVENING.replace(hour=18)
    day.save()
    assert ended(at=EVENING) == []
    assert ended(at=EVENING.replace(hour=18)) == [(the_site().pk, DAY)]


def test_days_called_off_and_days_of_long_ago_are_left_out(opened):
    opened.closed_at = NOW
    opened.save()
    SiteDayFactory(location=main_place(the_site()), date=date(2026, 11, 2))
    assert fill_ended(at=NOW) == 0


def test_a_second_filling_changes_nothing_and_later_check_ins_are_counted(come):
    come(1)
    assert [fill_ended(at=EVENING), fill_ended(at=NOW)] == [1, 0]
    assert report().version == 1
    come(1)
    assert fill_ended(at=NOW) == 1
    assert (report().version, report().parties) == (2, 2)
    assert people("track") == {"1": (8, 8)}


def test_the_task_fills_in_the_days_that_have_ended_by_the_clock(come, clock):
    come(1)
    clock.move_to(EVENING.replace(hour=15))
    fill_day_reports()
    with acting_as(FIGURES):
        assert not DayReport.objects.exists()
    clock.move_to(EVENING)
    fill_day_reports()
    assert report().filled_at == EVENING


def test_what_somebody_has_saved_or_typed_stays(come, save):
    come(2)
    fill_ended(at=EVENING)
    saved = save(version=1, women=4, men=0, parties=1, why="Two were not checked in.")
    come(1)
    assert fill_ended(at=NOW) == 0
    assert fill_day(site=the_site(), date=DAY, at=NOW) is False
    assert (report().parties, report().version) == (1, saved.version)


@pytest.mark.django_db(transaction=True)
def test_two_fillings_at_once_make_one_report(come):
    come(2)
    site = the_site()
    with Together(2) as hands:
        told = hands.do(*[lambda: fill_day(site=site, date=DAY, at=EVENING)] * 2)
    assert sorted(told) == [False, True]
    assert people("track") == {"1": (8, 8)}
