"""What a supplier answers, cancelling and complaints."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from interpreters.models import InterpreterOrder, OrderEvent
from interpreters.orders.answer import confirm_order, decline_order, receive_order
from interpreters.orders.ask import ask_order
from interpreters.orders.close import CostsMore, cancel_order, complain
from interpreters.orders.queries import alarm_before, charge_of, cost_of, unfilled_orders
from interpreters.orders.record import OrderIsSettled, WhyNotUsable
from interpreters.orders.wish import InterpreterIsOrdered
from tests.factories.agencies import the_agency
from tests.factories.interpreters import InterpreterFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(acting, coordinator, first, wish) -> InterpreterOrder:
    with acting(coordinator):
        return ask_order(agreement=first, wish=wish, agency=the_agency("MIG"), by=coordinator, at=NOW)


def kinds(order) -> list[str]:
    return list(order.events.values_list("kind", flat=True))


def test_an_order_is_received_and_confirmed_with_an_interpreter_and_the_way(acting, coordinator, order):
    tolk = InterpreterFactory()
    with acting(coordinator):
        receive_order(order=order, by=coordinator, at=NOW)
        confirm_order(order=order, by=coordinator, at=NOW, interpreter=tolk, travel_minutes=60, travel_km=31)
        order.refresh_from_db()
        assert (order.state, order.interpreter, order.travel_km) == ("confirmed", tolk, 31)
        assert kinds(order) == ["asked", "received", "confirmed"]
        assert charge_of(order).ore == 4 * 21400 + 2 * 10700 + 31 * 250


@pytest.mark.parametrize("verb", [receive_order, confirm_order, decline_order])
def test_a_confirmed_order_is_answered_no_second_time(acting, coordinator, order, verb):
    with acting(coordinator):
        confirm_order(order=order, by=coordinator, at=NOW)
        with pytest.raises(OrderIsSettled) as refused:
            verb(order=order, by=coordinator, at=NOW)
        assert refused.value.status == 409
        assert kinds(order) == ["asked", "confirmed"]


def test_a_confirmed_order_is_past_when_its_hours_are_over(order):
    order.state = InterpreterOrder.State.CONFIRMED
    assert order.state_at(order.ends_at - timedelta(seconds=1)) == "confirmed"
    assert order.state_at(order.ends_at) == "done"


def test_an_interpreter_ordered_elsewhere_then_is_not_confirmed(acting, coordinator, first, wish, order):
    tolk = InterpreterFactory()
    with acting(coordinator):
        ask_order(
            agreement=first,
            wish=replace(wish, interpreter=tolk),
            agency=the_agency("MIG"),
            by=coordinator,
            at=NOW,
        )
        with pytest.raises(InterpreterIsOrdered):
            confirm_order(order=order, by=coordinator, at=NOW, interpreter=tolk)
        order.refresh_from_db()
        assert (order.state, order.interpreter) == ("asked", None)


@pytest.mark.parametrize(("hours", "ore"), [(49, 0), (47, 42_800), (1, 85_600)])
def test_a_confirmed_order_is_cancelled_for_what_the_steps_say(acting, coordinator, order, hours, ore):
    at = order.starts_at - timedelta(hours=hours)
    with acting(coordinator):
        confirm_order(order=order, by=coordinator, at=NOW, travel_km=31)
        cancelled = cancel_order(order=order, by=coordinator, at=at, why="The family moved")
        assert (cancelled.state, cancelled.cancellation_ore, cost_of(cancelled)) == ("cancelled", ore, ore)


def test_an_order_that_nobody_has_confirmed_costs_nothing_to_cancel(acting, coordinator, order):
    with acting(coordinator):
        cancelled = cancel_order(order=order, by=coordinator, at=order.starts_at)
        assert cancelled.cancellation_ore == 0
        with pytest.raises(OrderIsSettled):
            cancel_order(order=order, by=coordinator, at=order.starts_at)


def test_what_is_past_is_not_cancelled(acting, coordinator, order):
    with acting(coordinator):
        confirm_order(order=order, by=coordinator, at=NOW)
        with pytest.raises(OrderIsSettled):
            cancel_order(order=order, by=coordinator, at=order.ends_at)


def test_nobody_cancels_for_more_than_was_shown(acting, coordinator, order):
    with acting(coordinator):
        confirm_order(order=order, by=coordinator, at=NOW)
        with pytest.raises(CostsMore):
            cancel_order(order=order, by=coordinator, at=order.starts_at, seen_ore=42_800)
        assert InterpreterOrder.objects.get().state == "confirmed"


def test_a_complaint_says_what_was_wrong_and_changes_nothing_else(acting, coordinator, order):
    with acting(coordinator):
        with pytest.raises(OrderIsSettled):
            complain(order=order, fault=OrderEvent.Fault.LATE, by=coordinator, at=NOW)
        confirm_order(order=order, by=coordinator, at=NOW)
        complain(order=order, fault=OrderEvent.Fault.LATE, by=coordinator, at=order.ends_at, why="20 minutes")
        event = order.events.latest("pk")
        assert (event.kind, event.fault, event.why) == ("complained", "late", "20 minutes")
        assert InterpreterOrder.objects.get().state == "confirmed"


@pytest.mark.parametrize("why", ["x" * 201, "line\nbreak"])
def test_a_reason_that_cannot_be_kept_leaves_the_order_as_it_was(acting, coordinator, order, why):
    with acting(coordinator):
        with pytest.raises(WhyNotUsable):
            decline_order(order=order, by=coordinator, at=NOW, why=why)
        assert InterpreterOrder.objects.get().state == "asked"


def test_what_begins_within_48_hours_and_nobody_has_confirmed_is_unfilled(
    acting, coordinator, order, norrkoping
):
    before = order.starts_at - timedelta(hours=48, seconds=1)
    with acting(coordinator):
        within = alarm_before(at=before)
        assert not unfilled_orders([norrkoping], at=before, within=within).exists()
        at = order.starts_at - timedelta(hours=48)
        assert unfilled_orders([norrkoping], at=at, within=within).get() == order
        decline_order(order=order, by=coordinator, at=at)
        assert unfilled_orders([norrkoping], at=at, within=within).get() == order


def test_events_are_never_changed(acting, coordinator, order):
    with acting(coordinator), pytest.raises(ProgrammingError), transaction.atomic():
        OrderEvent.objects.update(why="Another")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "done"}, "order_is_past_by_the_clock"),
        ({"state": "cancelled"}, "order_is_cancelled_at_a_cost"),
        ({"cancellation_ore": 1}, "order_is_cancelled_at_a_cost"),
        ({"language": "Ara"}, "order_is_of_a_spoken_language"),
    ],
)
def test_the_database_refuses_what_cannot_be(acting, coordinator, order, changes, constraint):
    with acting(coordinator), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        InterpreterOrder.objects.update(**changes)
