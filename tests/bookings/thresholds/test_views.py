"""Thresholds are dated rules of the secretariat, which sees first whom a new value touches."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies.models import Threshold, ThresholdCode
from agencies.models.thresholds import KINDS
from agencies.rules.dated import RulesKeptByOthers
from agencies.rules.thresholds import set_threshold
from agencies.sites.saving import ValueNotAllowed
from agencies.thresholds import Dated, dated, threshold
from bookings.summons.issue import end_of_links
from tests.bookings.booking_steps import FIRST, open_days
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    ManagerFactory,
    SecretariatFactory,
    SiteDayFactory,
    ThresholdFactory,
    UserFactory,
)
from tests.factories.bookings import ChainFactory, PartyFactory

pytestmark = pytest.mark.django_db
PAGE = "/rules/thresholds/"
LOOK, MAKE = {"do": "look"}, {"do": "make"}


def ahead(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def typed(code: str = "link_days", value: Any = 60, days: int = 30) -> dict[str, str]:
    return {"code": code, "value": str(value), "valid_from": str(ahead(days))}


@pytest.fixture
def office():
    return browser_of(SecretariatFactory(username="karin", first_name="Karin", last_name="Öst"))


def test_until_somebody_says_otherwise_each_threshold_is_what_it_was():
    first = {code.value: threshold(code, on=ahead()) for code in ThresholdCode}
    assert first == {
        "link_days": 30,
        "arrive_before": 15,
        "alarm_hours": 48,
        "thin_hours": 6,
        "thin_unsaid": 21,
        "unusual_people": 200,
        "unusual_times": 3,
        "spot_checks": 20,
        "own_choice": 3,
        "tertial_due": 15,
        "tertial_remind": 14,
    }


def test_a_value_holds_from_its_day_until_the_next_one():
    values = Dated(30, ((date(2026, 3, 1), 60), (date(2026, 6, 1), 40)))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1)]
    assert [values.on(day) for day in days] == [30, 60, 60, 40]
    assert values.changed(date(2026, 3, 1), 50).on(date(2026, 4, 1)) == 50
    assert list(values.spans()) == [
        (None, date(2026, 2, 28), 30),
        (date(2026, 3, 1), date(2026, 5, 31), 60),
        (date(2026, 6, 1), None, 40),
    ]


def test_a_value_is_looked_at_made_and_shown_with_who_said_it(office):
    assert office.post(PAGE, typed() | LOOK).status_code == 200
    assert not Threshold.objects.exists()
    for value in (50, 60):
        assert office.post(PAGE, typed(value=value) | MAKE)["Location"] == PAGE
    row = Threshold.objects.get()
    assert (row.value, row.valid_from, row.set_by.username) == (60, ahead(), "karin")
    assert [threshold(ThresholdCode.LINK_DAYS, on=ahead(n)) for n in (29, 30)] == [30, 60]
    page = words_of(office.get(PAGE))
    for words in ("60 days after the day", "Karin Öst", "added", "Value: 50 → 60"):
        assert words in page


def test_one_can_say_what_held_on_a_day(office):
    ThresholdFactory(code="link_days", value=90, valid_from=date(2024, 3, 1))
    now = words_of(office.get(PAGE))
    assert now.index("90 days after the day") < now.index("Earlier") < now.index("30 days after the day")
    before = words_of(office.get(f"{PAGE}?on=2024-02-29"))
    assert "30 days after the day" in before
    assert "90 days after the day" not in before
    assert "90 days after the day" in words_of(office.get(f"{PAGE}?on=2024-03-01"))
    for wrong in ("", "2024-13-01", "x", "0000-00-00"):
        assert office.get(PAGE, {"on": wrong}).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 0},
        {"value": 366},
        {"value": "x"},
        {"value": "9" * 30},
        {"days": 0},
        {"code": "smallest_number"},
        {"code": "unusual_people", "value": 49},
    ],
)
@pytest.mark.parametrize("step", [LOOK, MAKE])
def test_what_cannot_be_is_refused_at_both_steps(office, wrong, step):
    assert office.post(PAGE, typed(**wrong) | step).status_code == 422
    assert not Threshold.objects.exists()


def test_how_few_are_hidden_is_a_promise_and_no_setting(office):
    assert "fewer than 6 people are never told exactly" in words_of(office.get(PAGE))


@pytest.mark.parametrize("code", ThresholdCode)
def test_the_database_refuses_what_is_too_little_or_too_much(code):
    kind = KINDS[code]
    for value in (kind.least - 1, kind.most + 1):
        if value >= 0:
            with pytest.raises(IntegrityError, match="threshold_within_its_limits"), transaction.atomic():
                ThresholdFactory(code=code, value=value)
    ThresholdFactory(code=code, value=kind.most)
    with pytest.raises(IntegrityError, match="threshold_once_from_a_day"), transaction.atomic():
        ThresholdFactory(code=code, value=kind.least)


def test_only_the_secretariat_says_it_and_not_backwards():
    at = timezone.now()
    rule: dict[str, Any] = {"code": ThresholdCode.LINK_DAYS, "value": 60}
    with pytest.raises(RulesKeptByOthers):
        set_threshold(**rule, valid_from=ahead(), by=ManagerFactory(), at=at)
    with pytest.raises(ValueNotAllowed):
        set_threshold(**rule, valid_from=ahead(0), by=SecretariatFactory(), at=at)


@pytest.fixture
def office_ahead(acting):
    """Seven families booked 40 days ahead, one 10 days ahead; whoever looks is the secretariat."""
    by = UserFactory()
    with acting(by):
        for days in [*[40] * 7, 10]:
            party = PartyFactory(registered_by=by)
            ChainFactory(party=party, site_day=SiteDayFactory(date=ahead(days)), booked_by=by)


def test_the_days_are_counted_whose_links_open_longer(office_ahead, office):
    assert "Norrköping: 7" in words_of(office.post(PAGE, typed() | LOOK))
    assert "Nobody is touched" in words_of(office.post(PAGE, typed(days=41) | LOOK))
    assert "Nobody is touched" in words_of(office.post(PAGE, typed(code="alarm_hours", value=72) | LOOK))


def test_a_link_of_a_day_opens_as_long_as_is_said_for_that_day(acting):
    ThresholdFactory(code="link_days", value=60, valid_from=ahead(20))
    by = UserFactory()
    with acting(by):
        for days, number in ((19, 30), (20, 60)):
            day = SiteDayFactory(date=ahead(days))
            chain = ChainFactory(party=PartyFactory(registered_by=by), site_day=day, booked_by=by)
            assert end_of_links(chain) - day.closes_at == timedelta(days=number)


@pytest.mark.parametrize(
    ("value", "days", "words"),
    [
        (2, 1, "days that become thin: 1 to 5"),
        (2, 30, "Nobody is touched"),
        (20, 1, "Nobody is touched"),
    ],
)
def test_the_days_are_counted_that_become_thin(acting, office, value, days, words):
    """A family of four is booked on a day that takes some fifteen hours of two people."""
    by = UserFactory()
    open_days(FIRST, desks={"MIG": 1, "FK": 1})
    with acting(by):
        day = SiteDayFactory(date=FIRST)
        ChainFactory(party=PartyFactory(registered_by=by), site_day=day, booked_by=by)
    assert words in words_of(office.post(PAGE, typed("thin_hours", value, days) | LOOK))


def test_the_days_are_counted_that_are_thin_no_longer(office):
    open_days(FIRST)
    asked = typed("thin_unsaid", 3, 1)
    assert "days that are thin no longer: 1 to 5" in words_of(office.post(PAGE, asked | LOOK))


def test_all_are_read_by_one_query(django_assert_num_queries):
    ThresholdFactory(code="link_days", value=90)
    with django_assert_num_queries(1):
        assert dated(*ThresholdCode)[ThresholdCode.LINK_DAYS].on(ahead()) == 90
