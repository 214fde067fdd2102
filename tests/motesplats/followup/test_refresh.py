"""Locked day reports become the site's own figures, and those that are published."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from agencies.clock import STOCKHOLM
from motesplats.followup.measures import MEASURES, value_of
from motesplats.followup.refresh import make_edition, refresh
from motesplats.models import DayReport, PublishedFigure, SiteFigure
from tests.factories.agencies import CoordinatorFactory, the_site
from tests.moment import NOW

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def told(measure: str = "participants", dimension: str = "", key: str = "", **place) -> int | str | None:
    """The published number; "hidden" where it is, None where there is none."""
    search = {"site__code": None, "month": None} | place
    if search["site__code"] is None:
        search["site"] = search.pop("site__code")
    row = PublishedFigure.objects.filter(
        year=2026, measure=measure, dimension=dimension, key=key, **search
    ).first()
    if row is None:
        return None
    return "hidden" if row.amount is None else int(row.amount)


def test_a_report_is_told_of_its_site_the_country_the_month_and_the_year(reported):
    reported("norrkoping", date(2026, 10, 6))
    reported("malmo", date(2026, 10, 7))
    assert told() == told(month=10) == 90
    assert told(site__code="malmo") == told(site__code="malmo", month=10) == 45
    assert told(dimension="sex", key="F") == 36
    assert told(dimension="sex_age", key="M|65+", site__code="malmo", month=10) == 6
    assert told(dimension="age", key="65+") == 12
    assert told(dimension="track", key="1", month=10) == 90
    assert told("days") == 2


def test_a_report_that_is_not_locked_does_not_count(reported):
    reported("norrkoping", date(2026, 10, 6), locked=False)
    assert told() is None


def test_the_site_has_its_own_whole_and_the_country_hides_it(reported, acting):
    reported("norrkoping", date(2026, 10, 6), people={"F|18-64": 3})
    reported("malmo", date(2026, 10, 7))
    reported("kalmar", date(2026, 10, 7))
    make_edition(year=2026, at=NOW)
    with acting(CoordinatorFactory(sites=[the_site("norrkoping")])):
        own = SiteFigure.objects.get(measure="participants", dimension="sex", key="F")
    assert own.amount == Decimal(3)
    assert told(site__code="norrkoping") == "hidden"
    assert told(site__code="malmo") == told(site__code="kalmar") == "hidden"
    assert told() == 93


def test_fewer_than_six_new_persons_wait_for_company(reported):
    reported("norrkoping", date(2026, 11, 3))
    reported("norrkoping", date(2026, 11, 4), people={"M|18-64": 4})
    assert told() == 45
    reported("norrkoping", date(2026, 11, 5), people={"M|18-64": 2})
    assert told() == 51


def test_the_parts_of_two_months_are_told_when_both_have_ended(reported):
    reported("norrkoping", date(2026, 10, 6))
    reported("norrkoping", date(2026, 11, 3))
    assert (told(), told(month=11)) == (90, 45)
    assert told(dimension="sex", key="F", month=11) is None
    assert told(dimension="sex", key="F") == told(dimension="sex", key="F", month=10) == 18
    make_edition(year=2026, at=NOW.replace(month=12))
    assert told(dimension="sex", key="F") == 18
    make_edition(year=2026, at=datetime(2027, 1, 3, 2, tzinfo=STOCKHOLM))
    assert told(dimension="sex", key="F") == 36


def test_a_report_that_is_gone_from_the_locked_ones_is_told_no_more(reported, acting):
    reported("norrkoping", date(2026, 10, 6))
    by = CoordinatorFactory(sites=[the_site("norrkoping")])
    with acting(by):
        DayReport.objects.update(locked_at=None, locked_by=None)
    refresh(site=the_site("norrkoping").pk, month=OCTOBER, at=NOW)
    assert told() is None


def test_sex_and_age_are_told_within_a_track(reported):
    within = {"1|F|18-64": 12, "1|M|18-64": 9, "2|F|18-64": 8, "2|M|18-64": 7}
    reported("norrkoping", date(2026, 10, 6), within=within)
    assert told(dimension="track_sex", key="1|F") == told(dimension="track_sex_age", key="1|F|18-64") == 12
    assert told(dimension="track_age", key="2|18-64", month=10) == 15


def test_a_month_with_a_report_that_is_not_told_within_tracks_is_hidden_there(reported):
    reported("norrkoping", date(2026, 10, 6), within={"1|F|18-64": 12, "2|F|18-64": 8})
    reported("malmo", date(2026, 9, 7))
    reported("malmo", date(2026, 10, 7), tracks={"1": 30, "2": 15})
    part = {"dimension": "track_sex", "key": "1|F"}
    assert told(**part, site__code="norrkoping") == 12
    assert told(**part, site__code="malmo", month=9) == 18
    assert told(**part, site__code="malmo", month=10) == "hidden"
    assert told(**part, month=10) == told(**part) == told(**part, site__code="malmo") == "hidden"


def test_what_a_late_report_adds_of_few_waits_with_all_beside_it(reported):
    reported("norrkoping", date(2026, 10, 6))
    reported("norrkoping", date(2026, 10, 7), people={"F|18-64": 1, "M|18-64": 11})
    make_edition(year=2026, at=NOW)
    assert (told(month=10), told(dimension="track", key="1")) == (57, 57)
    assert (told(dimension="sex", key="F"), told(dimension="sex", key="M")) == (18, 27)


def test_the_number_behind_a_mean_cannot_be_worked_out_of_it():
    waiting = MEASURES["waiting_minutes"]
    found = {
        value_of(waiting, amount=Decimal(a), over=Decimal(n), spread={}) for a, n in ((289, 7), (413, 10))
    }
    assert found == {Decimal("41.3")}


def test_shares_and_grades_keep_what_they_are_divided_by(reported):
    reported("norrkoping", date(2026, 10, 6), parties=14, no_shows=6, interpreting=4)
    reported("norrkoping", date(2026, 10, 7), parties=10, no_shows=10, interpreting=1)
    share = PublishedFigure.objects.get(site=None, month=None, measure="no_show_share")
    assert (share.amount, share.over) == (Decimal(16), Decimal(40))
    grade = PublishedFigure.objects.get(site=None, month=None, measure="interpreting")
    assert (grade.amount, grade.over) == (Decimal(5), Decimal(2))
