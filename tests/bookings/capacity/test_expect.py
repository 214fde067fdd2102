"""Saying whom a municipality expects."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.rosters.who import SiteNotYours
from agencies.web.roles import NotForYourRole
from bookings.capacity.expect import NotExpected, expect
from bookings.models import Forecast
from tests.bookings.capacity.conftest import DECEMBER, FINSPANG, home, numbers
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, SecretariatFactory, the_site
from tests.moment import NOW

pytestmark = pytest.mark.django_db


def rows():
    return list(Forecast.objects.values_list("said_on", "lowest", "likely", "highest", "source"))


def test_what_was_said_on_an_earlier_day_stays(said):
    assert said(numbers(source="Migrationsverket")) == 1
    assert said(numbers(span=(1, 2, 3)), at=NOW + timedelta(days=2)) == 1
    assert rows() == [(date(2026, 11, 23), 30, 40, 50, "Migrationsverket"), (date(2026, 11, 25), 1, 2, 3, "")]


def test_what_was_said_the_same_day_is_corrected_and_who_said_it_is_kept(said, coordinator):
    said()
    assert said(numbers(span=(1, 2, 3))) == 1
    assert rows() == [(date(2026, 11, 23), 1, 2, 3, "")]
    assert Forecast.objects.get().said_by == coordinator


def test_the_same_numbers_again_say_nothing_new(said):
    said()
    assert said(numbers(), at=NOW + timedelta(days=5)) == 0
    assert len(rows()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"span": (5, 4, 6)},
        {"span": (-1, 4, 6)},
        {"span": (1, 4, 10_000)},
        {"month": date(2026, 10, 1)},
        {"source": "x" * 61},
        {"source": "a\u202eb"},
        {"code": "0180"},
    ],
)
def test_a_refused_forecast_leaves_nothing(said, wrong):
    with pytest.raises(NotExpected):
        said(numbers(FINSPANG), numbers(**wrong))
    assert rows() == []


def test_only_the_sites_coordinator_and_the_secretariat_say_it(db):
    elsewhere = CoordinatorFactory(sites=[the_site("malmo")])
    for by, refusal in ((ManagerFactory(), NotForYourRole), (elsewhere, SiteNotYours)):
        with pytest.raises(refusal):
            expect(site=the_site(), numbers=[numbers()], by=by, at=NOW)
    assert expect(site=the_site(), numbers=[numbers()], by=SecretariatFactory(), at=NOW) == 1


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"month": date(2026, 12, 2)}, "forecast_is_of_a_month"),
        ({"lowest": 41}, "forecast_lies_between_its_ends"),
        ({"highest": 10_000}, "forecast_lies_between_its_ends"),
        ({}, "forecast_once_a_day"),
    ],
)
def test_the_database_refuses_a_forecast_that_cannot_be(said, coordinator, changes, constraint):
    said()
    facts = {"municipality": home(), "month": DECEMBER, "said_on": date(2026, 11, 23), "said_by": coordinator}
    facts |= {"lowest": 30, "likely": 40, "highest": 50, "said_at": NOW}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Forecast.objects.create(**facts | changes)
