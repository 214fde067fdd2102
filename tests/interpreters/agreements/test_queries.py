"""Which terms are in force, and what the database refuses of an agreement."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from interpreters.agreements.add import AgreementNotAdded, add_agreement, add_terms
from interpreters.agreements.costs import CancelStep
from interpreters.agreements.queries import agreements, next_in_rank, terms_on
from interpreters.models import Agreement, AgreementTerms
from tests.factories.agencies import the_agency, the_site
from tests.factories.interpreters import AgreementFactory

pytestmark = pytest.mark.django_db


def test_the_terms_of_the_day_are_those_begun_last():
    agreement = AgreementFactory()
    add_terms(
        agreement=agreement, valid_from=date(2027, 1, 1), prices={("site", "AT"): 22000}, unit_minutes=1
    )
    found = agreements().get()
    old, new = (
        terms_on(found, day, form="site", level="AT") for day in (date(2026, 12, 31), date(2027, 1, 1))
    )
    assert old
    assert (old.unit_ore, old.unit_minutes, old.steps) == (
        21400,
        30,
        (CancelStep(48, 50), CancelStep(24, 100)),
    )
    assert new
    assert (new.unit_ore, new.unit_minutes, new.steps) == (22000, 1, ())
    assert terms_on(found, date(2025, 12, 31), form="site", level="AT") is None
    assert terms_on(found, date(2026, 12, 31), form="site", level="RT") is None


def test_the_next_in_rank_is_the_agencys_with_a_price_in_that_county():
    first = AgreementFactory()
    AgreementFactory(rank=2, agencies=["AF"])
    AgreementFactory(rank=3, terms={"prices": {("phone", "AT"): 1}})
    AgreementFactory(rank=4, valid_until=date(2026, 11, 1))
    fifth = AgreementFactory(rank=5)
    asked: dict[str, Any] = {
        "agency": the_agency("MIG"),
        "day": date(2026, 12, 8),
        "form": "site",
        "level": "AT",
    }
    assert next_in_rank([first], site=the_site(), **asked) == fifth
    assert next_in_rank([first], site=the_site("malmo"), **asked) is None
    assert next_in_rank([first, fifth], site=the_site(), **asked) is None


@pytest.mark.parametrize(
    "steps",
    [
        [CancelStep(24, 100), CancelStep(48, 50)],
        [CancelStep(48, 100), CancelStep(24, 50)],
        [CancelStep(48, 101)],
        [CancelStep(48, 50), CancelStep(48, 60)],
    ],
)
def test_steps_are_in_order_and_cost_more_the_later(steps):
    agreement = AgreementFactory()
    with pytest.raises(AgreementNotAdded):
        add_terms(agreement=agreement, valid_from=date(2027, 1, 1), prices={}, steps=steps)
    hours, percents = [step.hours for step in steps], [step.percent for step in steps]
    with pytest.raises(IntegrityError, match="terms_cancelling_later_costs_more"), transaction.atomic():
        AgreementTerms.objects.update(cancel_hours=hours, cancel_percents=percents)


def test_each_hour_has_its_percentage():
    AgreementFactory()
    with pytest.raises(IntegrityError, match="terms_cancelling_later_costs_more"), transaction.atomic():
        AgreementTerms.objects.update(cancel_percents=[50])


def test_no_two_terms_begin_on_the_same_day():
    agreement = AgreementFactory()
    with pytest.raises(AgreementNotAdded):
        add_terms(agreement=agreement, valid_from=agreement.valid_from, prices={})


def test_who_orders_is_one_of_the_agreements():
    said: dict[str, Any] = {
        "contract_number": "1",
        "name": "Own",
        "kind": "own",
        "supplier": "S",
        "valid_from": date(2026, 1, 1),
    }
    with pytest.raises(AgreementNotAdded):
        add_agreement(**said, agencies=[the_agency("MIG")], orderer=the_agency("AF"))
    with pytest.raises(AgreementNotAdded):
        add_agreement(**said, agencies=[])
    added = add_agreement(**said, agencies=[the_agency("MIG")], ranks={"Östergötlands län": 1})
    assert Agreement.objects.get() == added
    with pytest.raises(AgreementNotAdded):
        add_agreement(**said, agencies=[the_agency("AF")])
