"""An agency decides how long its data are kept, with the decision's number, after it has seen what would go."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from agencies.models import RetentionRule
from agencies.secrecy.context import acting_as
from bookings.retention import due_rows
from motesplats.keeping.decide import DecidedByOthers, Decision, decide, withdraw
from motesplats.keeping.queries import would_go
from motesplats.retention import VIEWER
from tests.browser import browser_of, words_of
from tests.factories.agencies import ManagerFactory, SecretariatFactory, UserFactory, the_agency
from tests.factories.bookings import PartyFactory

pytestmark = pytest.mark.django_db
PAGE = "/agencies/MIG/retention/"


def typed(**more: str) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "data_type": "bookings.party",
        "action": "anonymise",
        "since": "last_day",
        "months": "24",
        "days": "0",
        "decision": "Gallringsbeslut 3",
        "registration_number": "1.2-345/2026",
        "decided_on": str(today - timedelta(days=9)),
        "valid_from": str(today + timedelta(days=1)),
    } | more


def decision(**more) -> Decision:
    today = timezone.localdate()
    values: dict[str, Any] = typed() | {
        "months": 24,
        "days": 0,
        "decided_on": today,
        "valid_from": today + timedelta(days=1),
    }
    return Decision(**(values | more))


def own() -> list[RetentionRule]:
    return list(RetentionRule.objects.exclude(agency=None).order_by("pk"))


@pytest.fixture
def parties(acting) -> datetime:
    """Three of the agency's parties, two registered long ago, and one of another agency's."""
    now = timezone.now()
    caseworker, other = UserFactory(), UserFactory(agency="AF")
    with acting(caseworker):
        for days in (800, 731, 100):
            PartyFactory(registered_by=caseworker, registered_at=now - timedelta(days=days))
    with acting(other):
        PartyFactory(registered_by=other, registered_at=now - timedelta(days=900))
    return now


@pytest.mark.parametrize(("months", "days", "number"), [(24, 0, 2), (24, 30, 1), (0, 0, 3), (60, 0, 0)])
def test_the_preview_counts_what_the_night_would_take(parties, acting, months, days, number):
    found = decision(months=months, days=days, since="registered")
    with acting(ManagerFactory()):
        assert would_go(found, agency=the_agency("MIG"), at=parties) == number
    decide(agency=the_agency("MIG"), decision=found, by=SecretariatFactory(), at=parties)
    RetentionRule.objects.exclude(agency=None).update(valid_from=timezone.localdate())
    with acting_as(VIEWER):
        assert len([row for row in due_rows(limit=9) if row.kind == "bookings.party"]) == number


def test_a_decision_is_made_in_two_steps_and_names_its_number(parties):
    browser = browser_of(ManagerFactory())
    first = browser.post(PAGE, typed(since="registered") | {"do": "look"})
    assert first.status_code == 200
    assert "If it held tonight, 2 rows would go." in words_of(first)
    assert own() == []
    assert browser.post(PAGE, typed(since="registered") | {"do": "decide"})["Location"] == PAGE
    [rule] = own()
    assert (rule.agency, rule.registration_number, rule.is_decided) == (
        the_agency("MIG"),
        "1.2-345/2026",
        True,
    )
    assert "Gallringsbeslut 3 1.2-345/2026" in words_of(browser.get(PAGE))


def test_the_secretariat_sees_no_agency_s_counts(parties):
    page = browser_of(SecretariatFactory()).post(PAGE, typed() | {"do": "look"})
    assert "no other sees an agency's parties" in words_of(page)
    assert "would go." not in words_of(page)


def test_a_later_decision_ends_the_former_and_none_holds_in_the_past():
    manager, now = ManagerFactory(), timezone.now()
    today = timezone.localdate()
    decide(agency=the_agency("MIG"), decision=decision(), by=manager, at=now)
    later = today + timedelta(days=30)
    decide(agency=the_agency("MIG"), decision=decision(months=36, valid_from=later), by=manager, at=now)
    assert [(rule.months, rule.valid_to) for rule in own()] == [(24, later - timedelta(days=1)), (36, None)]
    browser = browser_of(manager)
    for wrong in (
        {"valid_from": str(today)},
        {"decided_on": str(later)},
        {"since": "ended"},
        {"valid_from": str(later)},
    ):
        answer = browser.post(PAGE, typed(**wrong) | {"do": "decide"})
        assert answer.status_code == 422, wrong
    assert len(own()) == 2


def test_a_decision_is_withdrawn_and_all_that_is_left_is_kept():
    manager = ManagerFactory()
    rule = decide(agency=the_agency("MIG"), decision=decision(), by=manager, at=timezone.now())
    assert browser_of(manager).post(f"/retention/{rule.pk}/withdraw/")["Location"] == PAGE
    assert own() == []


def test_only_the_own_manager_and_the_secretariat_decide():
    other = ManagerFactory(agency="AF")
    for by in (other, UserFactory()):
        with pytest.raises(DecidedByOthers):
            decide(agency=the_agency("MIG"), decision=decision(), by=by, at=timezone.now())
    rule = decide(agency=None, decision=decision(), by=SecretariatFactory(), at=timezone.now())
    with pytest.raises(DecidedByOthers):
        withdraw(rule=rule, by=other, at=timezone.now())
    assert browser_of(other).get(PAGE).status_code == 404
    assert browser_of(other).post(f"/retention/{rule.pk}/withdraw/").status_code == 403


def test_a_decision_for_all_takes_the_place_of_the_proposal():
    office = browser_of(SecretariatFactory())
    assert "proposal, nothing goes" in words_of(office.get("/retention/"))
    assert office.post("/retention/", typed() | {"do": "decide"})["Location"] == "/retention/"
    assert RetentionRule.objects.filter(agency=None, data_type="bookings.party", valid_to=None).count() == 1
