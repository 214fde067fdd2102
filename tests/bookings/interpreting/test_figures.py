"""The figures of a day and of a week are those of the claims and of the orders."""

import pytest

from bookings.interpreting.day import load_days
from bookings.interpreting.figures import Interpreted, InterpreterFigures, Paid, figures_of
from bookings.models import Claim
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register
from tests.browser import browser_of, words_of
from tests.factories.agencies import UserFactory
from tests.factories.bookings import ChainOrderFactory
from tests.factories.interpreters import InterpreterOrderFactory, interpreters_of

DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 4)


def test_sums_add_up_and_are_nothing_where_there_is_nothing_to_divide():
    nothing = InterpreterFigures()
    assert (nothing.per_chain, nothing.paid_per_met, nothing.share_on_site) == (None, None, None)
    one = figures_of(
        [
            Interpreted((1,), 30, ("interpreter", 1), is_on_site=True),
            Interpreted((1,), 20, ("interpreter", 2)),
            Interpreted((2,), 50, ("order", 1), is_on_site=True),
            Interpreted((3,), 60, None),
        ],
        [Paid(120, 100)],
        unfilled=1,
    )
    assert (one.per_chain, one.paid_per_met, one.share_on_site, one.unfilled) == (1.5, 1.2, 80, 1)
    both = one + figures_of([Interpreted((1,), 100, ("interpreter", 1))], [Paid(100, 0)], unfilled=2)
    assert (both.chains, both.pairs, both.minutes, both.paid_per_met, both.unfilled) == (3, 4, 200, 2.2, 3)


@pytest.fixture
def days(db):
    return open_days(FIRST, SECOND, desks=DESKS, interpreters={"ar": 2})


@pytest.fixture
def booked(acting, days, norrkoping):
    """Two families of Arabic with one interpreter each, the second on screen; two of Tigrinya, one with an order."""
    remote = interpreters_of(norrkoping, "ar", 2)[1]
    remote.remote = True
    remote.save()
    by = UserFactory()
    with acting(by):
        ours = [book(register(by), by, last=FIRST) for _ in range(2)]
        outside = [book(register(by, language="ti"), by, last=FIRST) for _ in range(2)]
    return by, ours, outside


@pytest.mark.django_db
def test_a_days_figures_are_those_of_its_claims(acting, coordinator, agreement, days, booked):
    by, ours, outside = booked
    with acting(by):
        claimed = {
            chain.interpreter: sum(
                int((ends - starts).total_seconds()) // 60
                for starts, ends in Claim.objects.filter(
                    meeting__chain=chain, resource=chain.interpreter.resource
                ).values_list("meeting__starts_at", "meeting__ends_at")
            )
            for chain in ours
        }
        served = sum(
            int((one.ends_at - one.starts_at).total_seconds()) // 60 for one in outside[0].meetings.all()
        )
    assert {tolk.remote for tolk in claimed} == {True, False}
    with acting(coordinator):
        hours = {"site_day": days[0], "starts_at": days[0].opens_at, "ends_at": days[0].closes_at}
        made = {"agreement": agreement, "state": "confirmed"} | hours
        order = InterpreterOrderFactory(**made, language="tir")
        ChainOrderFactory(chain_id=outside[0].pk, order=order)
        InterpreterOrderFactory(agreement=agreement, **hours, language="prs")
        day, empty = load_days(days)
        found = day.figures
    on_site = next(minutes for tolk, minutes in claimed.items() if not tolk.remote)
    assert found.minutes == sum(claimed.values()) + served
    assert found.on_site == on_site + served
    assert (found.chains, found.per_chain) == (3, 1.0)
    assert found.paid_per_met == pytest.approx(450 / served)
    assert found.unfilled == 2  # the order without a yes, and the family without an order
    assert empty.figures == InterpreterFigures()


@pytest.mark.django_db
def test_the_page_tells_the_day_and_the_week(coordinator, booked):
    text = words_of(browser_of(coordinator).get(f"/interpreters/norrkoping/{FIRST}/"))
    assert "interpreters per chain 1,0" in text
    assert "without an interpreter ! 2" in text
    assert "The week 2 1,0 – 50 % 2" in text


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_a_week_takes_as_many_queries_however_much_is_ordered(
    acting, coordinator, agreement, days, number, django_assert_num_queries
):
    with acting(coordinator):
        for _ in range(number):
            InterpreterOrderFactory(agreement=agreement, site_day=days[0])
        with django_assert_num_queries(15):
            assert len(load_days(days)) == 2
