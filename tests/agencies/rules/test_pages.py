"""Rules are the secretariat's: dated, shown before they are made, and never changed backwards."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from agencies.codes import met_choices
from agencies.models import Agency, Holiday, Service
from agencies.rules.dated import RulesKeptByOthers
from agencies.rules.holidays import DayIsOpen, add_holiday, remove_holiday
from agencies.rules.join import add_agency
from agencies.rules.touched import Touched
from agencies.sites.saving import ValueNotAllowed
from tests.agencies.sites.typed import inputs
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    SiteDayFactory,
)

pytestmark = pytest.mark.django_db
LOOK, MAKE = {"do": "look"}, {"do": "make"}
KINDS = (
    "attendance",
    "orders",
    "legal-bases",
    "agencies",
    "holidays",
    "outcomes",
    "referrals",
    "consents",
    "thresholds",
)


def ahead(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def working_day() -> date:
    """A day ahead that is no holiday."""
    days = (ahead(number) for number in range(30, 60))
    return next(day for day in days if not Holiday.objects.filter(date=day).exists())


@pytest.fixture
def office():
    return browser_of(SecretariatFactory())


def test_every_kind_of_rule_has_a_page_that_the_index_leads_to(office):
    index = office.get("/rules/").text
    for kind in KINDS:
        assert f'href="/rules/{kind}/"' in index
        assert office.get(f"/rules/{kind}/").status_code == 200
    for browser in (browser_of(CoordinatorFactory()), browser_of(ManagerFactory())):
        assert browser.get("/rules/").status_code == 403


def test_a_holiday_is_looked_at_added_and_removed(office):
    typed = {"date": str(working_day()), "name": "Klämdag"}
    assert "It touches nothing" in words_of(office.post("/rules/holidays/", typed | LOOK))
    assert not Holiday.objects.filter(name="Klämdag").exists()
    assert office.post("/rules/holidays/", typed | MAKE)["Location"] == "/rules/holidays/"
    again = office.post("/rules/holidays/", typed | LOOK)
    assert again.status_code == 422
    assert "a holiday already" in words_of(again)
    holiday = Holiday.objects.get(name="Klämdag")
    assert "Klämdag" in words_of(office.get("/rules/holidays/"))
    address = f"/rules/holidays/{holiday.pk}/"
    assert office.post(address, inputs(office, address) | MAKE)["Location"] == "/rules/holidays/"
    assert not Holiday.objects.filter(name="Klämdag").exists()


def test_a_day_on_which_a_site_is_open_becomes_no_holiday(office):
    SiteDayFactory(date=working_day())
    typed = {"date": str(working_day()), "name": "Klämdag"}
    for step in (LOOK, MAKE):
        answer = office.post("/rules/holidays/", typed | step)
        assert answer.status_code == 409
        assert "Norrköping are open on that day" in words_of(answer)
    with pytest.raises(DayIsOpen):
        add_holiday(date=working_day(), name="x", by=SecretariatFactory(), at=timezone.now())


def test_who_added_a_holiday_and_who_let_an_agency_join_stands_on_their_pages():
    karin = browser_of(SecretariatFactory(first_name="Karin", last_name="Öst"))
    day = working_day()
    karin.post("/rules/holidays/", {"date": str(day), "name": "Klämdag"} | MAKE)
    other = browser_of(SecretariatFactory(first_name="Ina", last_name="Berg"))
    address = f"/rules/holidays/{Holiday.objects.get(name='Klämdag').pk}/"
    other.post(address, inputs(other, address) | MAKE)
    told = words_of(karin.get("/rules/holidays/")).partition("Who changed what")[2]
    assert told.index(f"Ina Berg {day} Klämdag : removed") < told.index(f"Karin Öst {day} Klämdag : added")
    typed = {"code": "REG", "minutes": "30", "minutes_per_person": "0", "extra_minutes": "15"}
    karin.post("/rules/agencies/", typed | {"name_sv": "Region A", "title_sv": "Vård"} | MAKE)
    assert "Karin Öst Region A : added" in words_of(karin.get("/rules/agencies/"))


def test_past_holidays_stand_apart_and_a_day_tells_its_own(office):
    Holiday.objects.create(date=date(2020, 12, 25), name="Juldagen 2020")
    page = words_of(office.get("/rules/holidays/"))
    assert page.index("Earlier") < page.index("Juldagen 2020")
    assert "Juldagen 2020" in words_of(office.get("/rules/holidays/?on=2020-12-25"))
    assert "None held on that day." in words_of(office.get("/rules/holidays/?on=2020-12-27"))


@pytest.mark.parametrize("days", [0, -1])
def test_no_holiday_is_added_or_removed_in_the_past(days):
    by = SecretariatFactory()
    with pytest.raises(ValueNotAllowed):
        add_holiday(date=ahead(days), name="x", by=by, at=timezone.now())
    holiday = Holiday(date=ahead(days), name="x")
    with pytest.raises(ValueNotAllowed):
        remove_holiday(holiday=holiday, by=by, at=timezone.now())


def test_a_region_joins_with_its_names_and_its_service(office):
    names = dict(zip(("sv", "en", "ar", "prs", "so", "ti"), "ABCDEF", strict=True))
    typed = {
        "code": "REG",
        "minutes": "30",
        "minutes_per_person": "0",
        "extra_minutes": "15",
        "is_local": "on",
    }
    typed |= {f"name_{code}": f"Region {name}" for code, name in names.items()}
    typed |= {f"title_{code}": f"Vård {name}" for code, name in names.items()}
    assert office.post("/rules/agencies/", typed | LOOK).status_code == 200
    assert not Agency.objects.filter(code="REG").exists()
    assert office.post("/rules/agencies/", typed | MAKE)["Location"] == "/rules/agencies/"
    region: Any = Agency.objects.get(code="REG")
    assert (region.name_ti, region.state_ti, region.state_sv) == ("Region F", "draft", "draft")
    service: Any = Service.objects.get(agency_code="REG")
    assert (service.title_so, service.minutes, service.is_local) == ("Vård E", 30, True)
    assert "REG" in dict(met_choices())
    page = words_of(office.get("/agencies/REG/"))
    assert "missing for a valid summons" in page
    again = office.post("/rules/agencies/", typed | LOOK)
    assert again.status_code == 422
    assert "Another agency has that code." in words_of(again)


@pytest.mark.parametrize("wrong", [{"code": "reg"}, {"code": "KOM"}, {"name_sv": ""}, {"minutes": "3"}])
def test_what_is_no_agency_is_refused_and_leaves_nothing(office, wrong):
    typed = {"code": "REG", "minutes": "30", "minutes_per_person": "0", "extra_minutes": "15"}
    typed |= {"name_sv": "Region A", "title_sv": "Vård"}
    before = Agency.objects.count()
    assert office.post("/rules/agencies/", typed | wrong | MAKE).status_code == 422
    assert Agency.objects.count() == before


def test_nobody_but_the_secretariat_lets_an_agency_join():
    with pytest.raises(RulesKeptByOthers):
        add_agency(code="REG", values={}, by=ManagerFactory(), at=timezone.now())


def test_fewer_than_six_are_not_told_exactly():
    with override("en"):
        assert [Touched("x", number).words for number in (1, 5, 6, 40)] == ["1 to 5", "1 to 5", "6", "40"]
