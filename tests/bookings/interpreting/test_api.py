"""Orders of interpreters over the API."""

from datetime import datetime

import pytest

from agencies.clock import STOCKHOLM
from interpreters.models import InterpreterOrder
from tests.bookings.interpreting.conftest import DAY
from tests.browser import csv_rows
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, SiteDayFactory, UserFactory, the_site
from tests.factories.interpreters import AgreementFactory, InterpreterFactory

pytestmark = pytest.mark.django_db
ORDERS = "/api/v1/interpreter-orders/"


@pytest.fixture
def site_day(db):
    return SiteDayFactory(date=DAY)


@pytest.fixture
def api(signed_in, coordinator):
    return signed_in(coordinator)


@pytest.fixture
def asked(agreement, site_day):
    return {
        "site": "norrkoping",
        "date": "2026-12-08",
        "language": "ara",
        "starts": "08:30",
        "ends": "12:10",
        "agreement": agreement.contract_number,
        "form": "site",
    }


@pytest.fixture
def order(api, asked):
    return api.post(ORDERS, asked).json()


def test_an_order_is_asked_and_stands_at_its_address(api, asked, agreement):
    answer = api.post(ORDERS, asked)
    body = answer.json()
    assert answer.status_code == 201, body
    assert answer["Location"].endswith(f"{ORDERS}{body['reference']}/")
    assert api.get(answer["Location"]).json() == body
    told = {name: body[name] for name in ("state", "language", "agreement", "minutes", "cost", "split")}
    assert told == {
        "state": "asked",
        "language": "ara",
        "agreement": agreement.contract_number,
        "minutes": 220,
        "cost": 8 * 21400,
        "split": [{"agency": "MIG", "name": "Swedish Migration Agency", "minutes": 220, "cost": 8 * 21400}],
    }
    assert datetime.fromisoformat(body["starts_at"]) == datetime(2026, 12, 8, 8, 30, tzinfo=STOCKHOLM)


def test_an_order_confirmed_twice_is_a_conflict_with_a_clear_word(api, order):
    address = f"{ORDERS}{order['reference']}/confirm/"
    confirmed = api.post(address, {"travel_km": 31, "travel_minutes": 60})
    assert (confirmed.status_code, confirmed.json()["state"]) == (200, "confirmed")
    assert confirmed.json()["cost"] == 200_350
    again = api.post(address)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/order-is-settled")
    assert again.json()["detail"] == "This order is already: confirmed."


def test_a_declined_order_is_asked_of_the_next_in_rank(api, order):
    second = AgreementFactory(rank=2)
    declined = api.post(f"{ORDERS}{order['reference']}/decline/", {"reason": "Nobody free"}).json()
    assert (declined["state"], declined["cost"], declined["split"]) == ("declined", 0, [])
    following = api.post(f"{ORDERS}{order['reference']}/next/").json()
    assert (following["agreement"], following["former"]) == (second.contract_number, order["reference"])
    assert api.get(f"{ORDERS}{order['reference']}/").json()["successor"] == following["reference"]


def test_a_cancelled_order_costs_what_was_shown(api, order, clock):
    api.post(f"{ORDERS}{order['reference']}/receive/")
    api.post(f"{ORDERS}{order['reference']}/confirm/")
    clock.move_to(datetime(2026, 12, 7, 8, tzinfo=STOCKHOLM))
    shown = api.get(f"{ORDERS}{order['reference']}/").json()["cancellation_cost"]
    assert shown == 4 * 21400
    refused = api.post(f"{ORDERS}{order['reference']}/cancel/", {"cost": shown - 1})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/costs-more")
    cancelled = api.post(f"{ORDERS}{order['reference']}/cancel/", {"cost": shown, "reason": "Moved"}).json()
    assert (cancelled["state"], cancelled["cost"], cancelled["cancellation_cost"]) == ("cancelled", shown, 0)
    assert cancelled["split"][0]["cost"] == shown


def test_an_interpreter_of_the_pool_is_named_once_at_a_time(api, asked):
    InterpreterFactory(name="Tolk 1")
    assert api.post(ORDERS, asked | {"interpreter": "tolk 1"}).json()["interpreter"] == "Tolk 1"
    again = api.post(ORDERS, asked | {"interpreter": "Tolk 1"})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/interpreter-is-ordered")
    order = api.post(ORDERS, asked).json()
    confirmed = api.post(f"{ORDERS}{order['reference']}/confirm/", {"interpreter": "Tolk 1"})
    assert confirmed.status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("site", ""),
        ("site", "nowhere"),
        ("date", "2026-12-09"),
        ("date", "2026-02-30"),
        ("language", "zzz"),
        ("starts", "25:00"),
        ("starts", "07:00"),
        ("ends", "08:30"),
        ("agreement", "none"),
        ("form", "letter"),
        ("agency", "XX"),
        ("level", "RT"),
        ("sex", "X"),
        ("interpreter", "Nobody"),
        ("location", "Nowhere"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(api, asked, field, value):
    answer = api.post(ORDERS, asked | {field: value})
    assert answer.status_code == 422
    at = {"site": {"site", "date"}, "location": {"date"}}.get(field, {field})
    assert set(answer.json()["errors"]) <= at
    assert not InterpreterOrder.objects.exists()


def test_a_request_sent_again_is_the_same_order(api, asked):
    key = {"Idempotency-Key": "press-1"}
    first, again = (api.post(ORDERS, asked, headers=key).json() for _ in range(2))
    assert first == again
    other = api.post(ORDERS, asked | {"form": "phone"}, headers=key)
    assert (other.status_code, other.json()["type"]) == (409, "/problems/order-repeated")


def test_a_list_comes_in_pages_and_by_site_and_date(api, order, asked):
    api.post(ORDERS, asked | {"starts": "13:00", "ends": "14:00"})
    listed = api.get(f"{ORDERS}?site=norrkoping&date=2026-12-08&limit=1").json()
    assert (listed["count"], listed["results"]) == (2, [order])
    assert api.get(f"{ORDERS}?date=2026-12-09").json()["count"] == 0
    assert api.get(f"{ORDERS}?date=soon").status_code == 422


def test_a_list_of_three_takes_as_many_queries_as_of_one(api, asked, django_assert_max_num_queries):
    counts = []
    for _ in range(2):
        api.post(ORDERS, asked)
        with django_assert_max_num_queries(20) as taken:
            api.get(ORDERS)
        counts.append(len(taken))
    assert counts[0] == counts[1]


def test_others_are_told_nothing_and_order_nothing(signed_in, order, asked):
    address = f"{ORDERS}{order['reference']}/"
    elsewhere = signed_in(CoordinatorFactory(sites=[the_site("malmo")]))
    for api in (elsewhere, signed_in(ManagerFactory(agency="AF"))):
        assert api.get(ORDERS).json()["count"] == 0
        assert api.get(address).status_code == 404
        assert api.post(f"{address}confirm/").status_code == 404
    caseworker = signed_in(UserFactory())
    assert caseworker.get(address).status_code == 200
    assert caseworker.post(f"{address}confirm/").status_code == 403
    assert caseworker.post(ORDERS, asked).status_code == 403
    assert elsewhere.post(ORDERS, asked).status_code == 403


def test_a_manager_orders_for_the_own_agency_alone(signed_in, asked):
    api = signed_in(ManagerFactory(agency="FK"))
    assert api.post(ORDERS, asked).json()["agency"] == "FK"
    assert api.post(ORDERS, asked | {"agency": "MIG"}).status_code == 403


@pytest.mark.parametrize(("asked_for", "accept"), [("?format=csv", "*/*"), ("?site=norrkoping", "text/csv")])
def test_orders_are_a_file_too_with_a_row_for_each_agency_that_pays(api, order, asked_for, accept):
    answer = api.get(f"{ORDERS}{asked_for}", headers={"Accept": accept})
    assert answer["Content-Type"].startswith("text/csv")
    head, *rows = csv_rows(answer)
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert {row["reference"] for row in told} == {order["reference"]}
    assert sum(int(row["cost"]) for row in told) == order["cost"]
    assert sum(int(row["minutes"]) for row in told) == order["minutes"]
    assert [row["pays"] for row in told] == [share["agency"] for share in order["split"]]
