"""Asking for an interpreter, and the next in rank."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from agencies.web.roles import NotForYourRole
from interpreters.models import Form, InterpreterOrder, OrderEvent
from interpreters.orders.answer import decline_order
from interpreters.orders.ask import NobodyNext, OrderRepeated, ask_next, ask_order
from interpreters.orders.record import OrderIsSettled
from interpreters.orders.wish import InterpreterIsOrdered, OrderNotUsable
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, the_agency, the_site
from tests.factories.interpreters import AgreementFactory, InterpreterFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
MIG = "MIG"


def ask(coordinator, agreement, wish, **more):
    return ask_order(
        agreement=agreement, wish=wish, **{"by": coordinator, "at": NOW, "agency": the_agency(MIG)} | more
    )


def test_an_order_is_asked_with_its_event_and_the_lowest_level_that_has_a_price(
    acting, coordinator, first, wish
):
    with acting(coordinator):
        order = ask(coordinator, first, wish)
        assert (order.state, order.level, order.agency.code) == ("asked", "AT", MIG)
        assert list(order.events.values_list("kind", "by", "at")) == [("asked", coordinator.pk, NOW)]


def test_a_shared_agreement_orders_through_the_agency_that_usually_does(acting, coordinator, wish):
    agreement = AgreementFactory(orderer=the_agency("FK"))
    with acting(coordinator):
        assert ask(coordinator, agreement, wish, agency=None).agency.code == "FK"


def test_a_manager_orders_for_the_own_agency(acting, first, wish):
    manager = ManagerFactory()
    with acting(manager):
        assert ask(manager, first, wish, agency=None).agency == manager.agency


@pytest.mark.parametrize("role", ["caseworker", "another agency's manager"])
def test_nobody_else_orders(acting, first, wish, role):
    by = UserFactory() if role == "caseworker" else ManagerFactory(agency="AF")
    with acting(by), pytest.raises(NotForYourRole):
        ask(by, first, wish)


def test_who_orders_is_asked_when_nobody_usually_does(acting, coordinator, first, wish):
    with acting(coordinator), pytest.raises(OrderNotUsable) as refused:
        ask(coordinator, first, wish, agency=None)
    assert list(refused.value.errors) == ["agency"]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("language", {"language": "xxz"}),
        ("form", {"form": Form.PHONE}),
        ("level", {"level": "RT"}),
        ("ends", {"ends_at": NOW}),
        ("starts", {"ends_at": NOW + timedelta(days=40)}),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_leaves_nothing(acting, coordinator, wish, field, changes):
    agreement = AgreementFactory(terms={"prices": {("site", "AT"): 21400}})
    with acting(coordinator):
        with pytest.raises(OrderNotUsable) as refused:
            ask(coordinator, agreement, replace(wish, **changes))
        assert list(refused.value.errors) == [field]
        assert not InterpreterOrder.objects.exists()


def test_an_agreement_that_has_ended_or_is_another_agencys_is_refused(acting, coordinator, wish):
    ended = AgreementFactory(valid_until=date(2026, 12, 7))
    theirs = AgreementFactory(agencies=["AF"])
    with acting(coordinator):
        for agreement, field in ((ended, "agreement"), (theirs, "agency")):
            with pytest.raises(OrderNotUsable) as refused:
                ask(coordinator, agreement, wish)
            assert list(refused.value.errors) == [field]


def test_hours_that_are_over_are_not_ordered(acting, coordinator, first, wish):
    with acting(coordinator), pytest.raises(OrderNotUsable):
        ask(coordinator, first, wish, at=wish.ends_at)


def test_an_interpreter_is_ordered_once_at_a_time(acting, coordinator, first, wish):
    named = replace(wish, interpreter=InterpreterFactory())
    with acting(coordinator):
        ask(coordinator, first, named)
        with pytest.raises(InterpreterIsOrdered):
            ask(coordinator, first, named)
        assert InterpreterOrder.objects.count() == OrderEvent.objects.count() == 1


@pytest.mark.parametrize(
    "interpreter", [{"language": "so"}, {"sites": "malmo"}, {"sex": "M"}], ids=["language", "site", "sex"]
)
def test_an_interpreter_who_does_not_fit_is_refused(acting, coordinator, first, wish, interpreter):
    if "sites" in interpreter:
        interpreter = {"sites": [the_site("malmo")]}
    named = replace(
        wish, interpreter=InterpreterFactory(**interpreter), sex="F" if "sex" in interpreter else ""
    )
    with acting(coordinator), pytest.raises(OrderNotUsable):
        ask(coordinator, first, named)


def test_the_same_request_again_is_the_same_order(acting, coordinator, first, wish):
    key = uuid4()
    with acting(coordinator):
        order = ask(coordinator, first, wish, request=key)
        assert ask(coordinator, first, wish, request=key) == order
        with pytest.raises(OrderRepeated):
            ask(coordinator, first, replace(wish, form=Form.PHONE), request=key)
        assert InterpreterOrder.objects.count() == 1


def test_the_next_in_rank_is_asked_for_the_same_hours(acting, coordinator, first, second, wish):
    with acting(coordinator):
        order = decline_order(order=ask(coordinator, first, wish), by=coordinator, at=NOW, why="Nobody free")
        following = ask_next(order=order, by=coordinator, at=NOW)
        assert (following.agreement, following.former) == (second, order)
        assert (following.starts_at, following.language, following.state) == (wish.starts_at, "ara", "asked")


def test_the_next_in_rank_is_asked_once_and_only_after_a_no(acting, coordinator, first, second, wish):
    with acting(coordinator):
        order = ask(coordinator, first, wish)
        with pytest.raises(OrderIsSettled):
            ask_next(order=order, by=coordinator, at=NOW)
        decline_order(order=order, by=coordinator, at=NOW)
        ask_next(order=order, by=coordinator, at=NOW)
        with pytest.raises(OrderIsSettled):
            ask_next(order=order, by=coordinator, at=NOW)


def test_after_the_last_in_rank_nobody_is_next(acting, coordinator, first, second, wish):
    with acting(coordinator):
        order = decline_order(order=ask(coordinator, second, wish), by=coordinator, at=NOW)
        with pytest.raises(NobodyNext):
            ask_next(order=order, by=coordinator, at=NOW)


def test_another_sites_coordinator_and_another_agency_see_no_order(acting, coordinator, first, wish):
    with acting(coordinator):
        ask(coordinator, first, wish)
    elsewhere = type(coordinator).objects.get(pk=coordinator.pk)
    elsewhere.sites.set([the_site("malmo")])
    for viewer in (elsewhere, ManagerFactory(agency="AF"), UserFactory(agency="FK")):
        with acting(viewer):
            assert not InterpreterOrder.objects.exists()
            assert not OrderEvent.objects.exists()


def test_nobody_orders_for_a_site_of_others(acting, first, wish):
    by = CoordinatorFactory(sites=[the_site("malmo")])
    with acting(by), pytest.raises(NotForYourRole):
        ask(by, first, wish)
