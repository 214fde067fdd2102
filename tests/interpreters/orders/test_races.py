"""Two answer the same order, or name the same interpreter, at the same moment: one of them is refused with a word."""

from dataclasses import replace

import pytest

from interpreters.models import InterpreterOrder, OrderEvent
from interpreters.orders.answer import confirm_order, decline_order
from interpreters.orders.ask import ask_next, ask_order
from interpreters.orders.close import cancel_order
from tests.factories.agencies import the_agency
from tests.factories.interpreters import InterpreterFactory
from tests.moment import NOW
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_a_yes_and_a_no_one_counts(acting, coordinator, first, wish):
    who = {"by": coordinator, "at": NOW}
    with acting(coordinator):
        order = ask_order(agreement=first, wish=wish, agency=the_agency("MIG"), **who)
    with Together(2) as both:
        yes = acting_for(coordinator, lambda: confirm_order(order=order, **who).state)
        no = acting_for(coordinator, lambda: decline_order(order=order, **who).state)
        came = both.do(yes, no)
    with acting(coordinator):
        state = InterpreterOrder.objects.get().state
        assert sorted(came) == sorted([state, "order-is-settled"])
        assert OrderEvent.objects.count() == 2


def test_the_next_in_rank_is_asked_once_by_two(acting, coordinator, first, second, wish):
    who = {"by": coordinator, "at": NOW}
    with acting(coordinator):
        order = ask_order(agreement=first, wish=wish, agency=the_agency("MIG"), **who)
        decline_order(order=order, **who)
    with Together(2) as both:
        act = acting_for(coordinator, lambda: ask_next(order=order, **who).state)
        assert sorted(both.do(act, act)) == ["asked", "order-is-settled"]


def test_an_interpreter_is_asked_for_by_one_of_two(acting, coordinator, first, wish):
    named = replace(wish, interpreter=InterpreterFactory())
    order = {"agreement": first, "wish": named, "agency": the_agency("MIG"), "by": coordinator, "at": NOW}
    with Together(2) as both:
        act = acting_for(coordinator, lambda: ask_order(**order).state)
        assert sorted(both.do(act, act)) == ["asked", "interpreter-is-ordered"]


def test_an_order_is_cancelled_once_by_two(acting, coordinator, first, wish):
    who = {"by": coordinator, "at": NOW}
    with acting(coordinator):
        order = ask_order(agreement=first, wish=wish, agency=the_agency("MIG"), **who)
    with Together(2) as both:
        act = acting_for(coordinator, lambda: cancel_order(order=order, **who).state)
        assert sorted(both.do(act, act)) == ["cancelled", "order-is-settled"]
