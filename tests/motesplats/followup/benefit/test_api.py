"""The calculator by the API: every figure unrounded; what makes no sense is a bad request, member by member."""

import pytest
from django.test import Client

from tests.browser import browser_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/benefit/"
BACKWARDS = {
    "cost": 2_200_000,
    "indirect_tax_factor": 1.25,
    "payback_years": 3,
    "yearly_value_per_person": 600_000,
}
LIVA = BACKWARDS | {
    "cost": None,
    "costs": [
        {"cost_kind": "other", "paid_by": "municipality", "price": 1_200_000, "origin": {"source": "p. 19"}},
        {"cost_kind": "free", "price": 1_000_000},
    ],
    "effects": [{"party": "municipality", "transfer": 175_000, "real": 0}],
    "participants": 14,
    "in_work": 2,
}


@pytest.fixture
def client(db) -> Client:
    return browser_of(SecretariatFactory())


def ask(client: Client, body: object):
    return client.post(ADDRESS, body, content_type="application/json")


def test_backwards_it_answers_what_it_takes(client):
    answer = ask(client, BACKWARDS)
    assert answer.status_code == 200
    found = answer.json()
    assert found["economic_cost"] == 2_750_000
    assert found["cost_per_year"] == pytest.approx(916_666.6666666666, abs=1e-9)
    assert found["persons_needed"] == pytest.approx(1.5277777777777777, abs=1e-15)
    assert found["probability"] is None
    assert "participants" in found["open"]


def test_forwards_it_answers_every_figure(client):
    found = ask(client, LIVA).json()
    assert (found["paid"], found["free"], found["resource_use"]) == (1_200_000, 1_000_000, 2_200_000)
    assert found["indirect_taxes"] == 550_000
    assert found["need_per_participant"] == pytest.approx(65_476.190476)
    assert round(found["probability"], 2) == 0.11
    assert [one["whose"] for one in found["break_evens"]] == ["society", "municipality"]
    assert [round(need["persons_needed"], 2) for need in found["break_evens"][1]["needs"]] == [
        6.86,
        2.29,
        1.37,
    ]
    assert found["scenario"]["profitability"] == 850_000
    assert found["scenario"]["is_paid_back"] is True
    assert found["parties"]["municipality"]["result"] == -150_000
    assert found["parties"]["region"] == {
        "paid": 0,
        "free": None,
        "transfer": None,
        "real": None,
        "result": None,
    }
    assert found["society"]["result"] == 850_000
    assert (found["transfers_sum"], found["transfers_check"]) == (None, "open")
    assert any("without the effort" in words for words in found["leaves_out"])


def test_cases_and_the_efficiency_degree(client):
    cases = ask(client, {"cases": 1000, "value_per_case": 27_000}).json()
    assert (cases["cases_value"], cases["economic_cost"]) == (27_000_000, None)
    degree = ask(client, {"cost": 600_000, "indirect_tax_factor": 1, "value_first_year": 120_000}).json()
    assert degree["efficiency_degree"] == 0.2


def test_transfers_that_cancel_out_add_up_to_nothing(client):
    values = {
        "municipality": 5,
        "region": 0,
        "fk": 3,
        "af": 0,
        "other_state": 4,
        "insurers": 0,
        "person": -12,
    }
    effects = [{"party": one, "transfer": value} for one, value in values.items()]
    found = ask(client, LIVA | {"effects": effects}).json()
    assert (found["transfers_sum"], found["transfers_check"]) == (0, "zero")


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"cost": -1}, "#/cost"),
        ({"cost": "many"}, "#/cost"),
        ({"cost": 10**14}, "#/cost"),
        ({"cost": True}, "#/cost"),
        ({"cost": [1]}, "#/cost"),
        ({"cost": 1.001}, "#/cost"),
        ({"indirect_tax_factor": 0}, "#/indirect_tax_factor"),
        ({"payback_years": 0}, "#/payback_years"),
        ({"payback_years": 40}, "#/payback_years"),
        ({"payback_years": -3}, "#/payback_years"),
        ({"yearly_value_per_person": 0}, "#/yearly_value_per_person"),
        ({"participants": 0}, "#/participants"),
        ({"participants": 1.5}, "#/participants"),
        ({"participants": 3, "in_work": 4}, "#/in_work"),
        ({"horizon": 3}, "#/horizon"),
        ({"costs": [{"cost_kind": "staff", "number": -5, "price": 400}]}, "#/costs/0/number"),
        ({"costs": [{"cost_kind": "gifts", "price": 400}]}, "#/costs/0/cost_kind"),
        ({"costs": [{"cost_kind": "staff"}]}, "#/costs/0/price"),
        ({"effects": [{"party": "fk"}, {"party": "fk"}]}, "#/effects"),
        ({"effects": {"fk": 3}}, "#/effects"),
        ({"origins": {"price": {"source": "us"}}}, "#/origins"),
    ],
)
def test_what_makes_no_sense_is_named_and_nothing_is_reckoned(client, wrong, pointer):
    answer = ask(client, BACKWARDS | wrong)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == "/problems/bad-assumptions"
    assert any(found["pointer"].startswith(pointer) for found in problem["violations"])


@pytest.mark.parametrize(
    "body", ['{"cost": NaN}', '{"cost": 1e999}', '{"cost": -1e999}', "{", "[]", '"x"', "{}"]
)
def test_what_is_no_number_or_no_assumptions_is_a_bad_request(client, body):
    answer = ask(client, body)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_coordinators_and_managers_may_and_others_may_not():
    for factory, status in (
        (CoordinatorFactory, 200),
        (ManagerFactory, 200),
        (UserFactory, 403),
        (HostFactory, 403),
    ):
        assert ask(browser_of(factory()), BACKWARDS).status_code == status


@pytest.mark.parametrize(
    "number", ["1e30", "1e400", "-1e30", "123456789012345678901234567890.12", "1E+999999"]
)
@pytest.mark.parametrize("body", ['{"cost": %s}', '{"costs": [{"cost_kind": "free", "price": %s}]}'])
def test_a_number_of_more_digits_than_anybody_reckons_with_is_refused_as_too_large(client, body, number):
    answer = ask(client, body % (number if "E" not in number else f'"{number}"'))
    assert answer.status_code == 400
