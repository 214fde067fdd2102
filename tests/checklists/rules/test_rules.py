"""Outcomes, kinds of referrals and periods of consent are added from a day on, and ended."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from agencies.rules.dated import RulesKeptByOthers
from agencies.sites.saving import ValueNotAllowed
from checklists.models import ConsentPeriod, Outcome, ReferralKind
from checklists.rules.change import add_outcome, set_period
from checklists.rules.periods import days_open
from tests.browser import browser_of, words_of
from tests.factories.agencies import CoordinatorFactory, SecretariatFactory

pytestmark = pytest.mark.django_db
LOOK, MAKE = {"do": "look"}, {"do": "make"}


def ahead(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def office():
    return browser_of(SecretariatFactory())


def test_an_outcome_is_added_from_a_day_on_and_ended(office):
    page = "/rules/outcomes/"
    typed = {"code": "later", "name_sv": "Senare", "name_ti": "ደሓር", "valid_from": str(ahead())}
    assert office.post(page, typed | LOOK).status_code == 200
    assert not Outcome.objects.filter(code="later").exists()
    assert office.post(page, typed | MAKE)["Location"] == page
    outcome: Any = Outcome.objects.get(code="later")
    assert (outcome.name_sv, outcome.name_ti, outcome.state_ti) == ("Senare", "ደሓር", "draft")
    address = f"{page}{outcome.pk}/"
    assert office.post(address, {"last": str(ahead(20))} | MAKE).status_code == 422
    assert office.post(address, {"last": str(ahead(90))} | MAKE)["Location"] == page
    assert Outcome.objects.get(code="later").valid_to == ahead(90)


def test_a_kind_of_referral_names_what_must_hold_first(office):
    page = "/rules/referrals/"
    typed = {
        "code": "new-path",
        "starters": ["AF", "KOM"],
        "name_sv": "Ny väg",
        "purpose_sv": "Till arbete",
        "precondition_sv": "Personen har sagt ja",
        "started_by_sv": "Arbetsförmedlingen",
        "valid_from": str(ahead()),
    }
    assert office.post(page, typed | MAKE)["Location"] == page
    kind: Any = ReferralKind.objects.get(code="new-path")
    assert (kind.precondition_sv, kind.starters) == ("Personen har sagt ja", ["AF", "KOM"])
    assert "Personen har sagt ja" in words_of(office.get(page))
    assert office.post(page, typed | {"code": "x", "starters": ["XYZ"]} | MAKE).status_code == 422


def test_a_consent_holds_as_long_as_is_said_for_the_booked_day(office):
    page = "/rules/consents/"
    assert days_open(on=ahead()) == {"names": 30, "meetings": 30, "checklist": 90, "note": 30}
    typed = {"category": "checklist", "days": "60", "valid_from": str(ahead())}
    assert office.post(page, typed | LOOK).status_code == 200
    assert not ConsentPeriod.objects.exists()
    for days in ("60", "45"):
        assert office.post(page, typed | {"days": days} | MAKE)["Location"] == page
    assert days_open(on=ahead(29))["checklist"] == 90
    assert days_open(on=ahead())["checklist"] == 45
    assert days_open(on=ahead())["names"] == 30


@pytest.mark.parametrize("wrong", [{"days": "0"}, {"days": "366"}, {"category": "all"}, {"valid_from": "0"}])
def test_a_period_that_cannot_be_is_refused(office, wrong):
    typed = {"category": "names", "days": "60", "valid_from": str(ahead())} | wrong
    if wrong.get("valid_from"):
        typed["valid_from"] = str(ahead(0))
    assert office.post("/rules/consents/", typed | MAKE).status_code == 422
    assert not ConsentPeriod.objects.exists()


def test_only_the_secretariat_changes_them_and_not_backwards():
    at = timezone.now()
    with pytest.raises(RulesKeptByOthers):
        set_period(category="names", days=60, valid_from=ahead(), by=CoordinatorFactory(), at=at)
    with pytest.raises(ValueNotAllowed):
        add_outcome(code="x", names={"name_sv": "x"}, valid_from=ahead(0), by=SecretariatFactory(), at=at)


def test_one_can_say_which_period_and_which_outcome_held_on_a_day(office):
    for days, since in ((60, date(2024, 3, 1)), (45, date(2024, 9, 1))):
        ConsentPeriod.objects.create(category="names", days=days, valid_from=since)
    assert [days_open(on=date(2024, month, 1))["names"] for month in (2, 3, 8, 9)] == [30, 60, 60, 45]
    then = words_of(office.get("/rules/consents/?on=2024-08-31"))
    assert "60 1 Mar" in then or "60 2024-03-01" in then
    assert "2024-09-01" not in then.partition("What holds now")[0]
    Outcome.objects.create(
        code="old", name_sv="Gammalt", valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1)
    )
    now = words_of(office.get("/rules/outcomes/"))
    assert now.index("Earlier") < now.index("old ")
    assert "old " in words_of(office.get("/rules/outcomes/?on=2021-01-01"))
    assert "old " not in words_of(office.get("/rules/outcomes/?on=2021-01-02"))


def test_who_added_an_outcome_and_who_ended_it_stands_on_its_page(office):
    page = "/rules/outcomes/"
    typed = {"code": "later", "name_sv": "Senare", "valid_from": str(ahead())}
    browser_of(SecretariatFactory(first_name="Karin", last_name="Öst")).post(page, typed | MAKE)
    outcome = Outcome.objects.get(code="later")
    other = browser_of(SecretariatFactory(first_name="Ina", last_name="Berg"))
    other.post(f"{page}{outcome.pk}/", {"last": str(ahead(90))} | MAKE)
    told = words_of(office.get(page)).partition("Who changed what")[2]
    assert told.index("Ina Berg Senare : changed") < told.index("Karin Öst Senare : added")
    assert f"– → {ahead(90)}" in told
