"""The demo's day reports of the year: of every site, of a plausible size, made once."""

from datetime import date, datetime

import pytest
from django.db.models import Count, Sum

from agencies.clock import STOCKHOLM
from agencies.models import Site
from agencies.secrecy.context import acting_as
from motesplats.demo.national import report_months
from motesplats.followup.reports.numbers import disagreements
from motesplats.followup.reports.queries import numbers_of, reports
from motesplats.followup.viewer import FIGURES
from motesplats.models import DayCount, DayReport, PublishedFigure, SiteFigure
from tests.factories.agencies import SiteDayFactory, main_place, the_site

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 9, 8, tzinfo=STOCKHOLM)


@pytest.fixture
def made(clock) -> int:
    """January and February; Kalmar books here in February."""
    clock.move_to(MARCH)
    SiteDayFactory(location=main_place(the_site("kalmar")), date=date(2026, 2, 10))
    return report_months(at=MARCH)


def persons(**where) -> dict[str, int]:
    rows = DayCount.objects.filter(dimension="sex_age", **where).values_list("report__site__code")
    return dict(rows.annotate(sum=Sum("people")))


def test_every_site_has_reported_the_months_before_and_their_sums_agree(made):
    with acting_as(FIGURES):
        assert DayReport.objects.count() == made > 100
        months = DayReport.objects.values_list("site__code", "date__month").annotate(Count("pk"))
        assert len(months) == 2 * Site.objects.count() - 1
        assert ("kalmar", 2) not in {(site, month) for site, month, _number in months}
        for report in reports():
            assert report.locked_by
            assert disagreements(numbers_of(report)) == {}


def test_the_country_is_of_a_plausible_size_and_one_site_is_small(made):
    with acting_as(FIGURES):
        for month in (1, 2):
            found = persons(report__date__month=month)
            assert 550 <= sum(found.values()) <= 750
            assert found["ljusdal"] < 6 < found["norrkoping"]
        counts = DayCount.objects.exclude(dimension="track_sex_age")
        people = counts.values_list("dimension", "key").annotate(sum=Sum("people"))
        shares = {key: number / sum(persons().values()) for _dimension, key, number in people}
    assert 0.2 < sum(share for key, share in shares.items() if key.endswith("|0-17")) < 0.28
    assert 0.43 < sum(share for key, share in shares.items() if key.startswith("F|")) < 0.53
    assert 0.65 < shares["1"] < 0.75
    assert 0.83 < shares["main"] < 0.93


def test_the_figures_are_published_and_the_small_site_is_hidden(made):
    with acting_as(FIGURES):
        assert (
            SiteFigure.objects.filter(site__code="ljusdal", measure="participants", dimension="").count() == 2
        )
        total = sum(persons().values())
    country = PublishedFigure.objects.get(
        site=None, month=None, measure="participants", dimension="", year=2026
    )
    assert country.amount == total
    small = PublishedFigure.objects.get(site__code="ljusdal", month=1, measure="participants", dimension="")
    assert small.is_hidden


def test_a_second_start_makes_nothing_and_the_next_month_only_its_own(made):
    assert report_months(at=MARCH) == 0
    assert 0 < report_months(at=datetime(2026, 4, 1, 8, tzinfo=STOCKHOLM)) < made
