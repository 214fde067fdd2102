"""An interpreter whom a party does not wish to have again is never chosen for it, and only its agency knows."""

import pytest
from django.db import connection

from bookings.chains.book import book_chain
from bookings.chains.placement import SlotTaken
from bookings.models import UnwantedInterpreter
from bookings.parties.unwanted import allow_interpreter, leave_out_interpreter, unwanted_by
from tests.bookings.booking_steps import FIRST, ask, book, open_days, register, signed_proposal
from tests.browser import browser_of
from tests.factories.agencies import CoordinatorFactory, UserFactory
from tests.factories.bookings import UnwantedInterpreterFactory
from tests.factories.interpreters import interpreters_of
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db):
    return UserFactory()


@pytest.fixture
def pool(norrkoping):
    open_days(FIRST, interpreters={"ar": 2})
    return interpreters_of(norrkoping, "ar", 2)


def chosen(party):
    return ask(party, last=FIRST).options[0].proposal.interpreter


def test_the_planner_chooses_another_interpreter(acting, by, pool):
    first, second = pool
    with acting(by):
        party = register(by)
        assert chosen(party) == first.resource_id
        leave_out_interpreter(party=party, interpreter=first, by=by, at=NOW)
        assert chosen(party) == second.resource_id
        assert chosen(register(by)) == first.resource_id
        allow_interpreter(party=party, interpreter=first, by=by, at=NOW)
        assert chosen(party) == first.resource_id


def test_where_there_is_nobody_else_the_interpreter_comes_from_outside(acting, by):
    open_days(FIRST, interpreters={"ar": 1})
    with acting(by):
        party = register(by)
        booked = book(party, by, last=FIRST)
        assert booked.interpreter
        again = register(by)
        UnwantedInterpreterFactory(party=again, interpreter=booked.interpreter, by=by)
        assert not any(option.proposal.interpreter for option in ask(again, last=FIRST).options)


def test_what_was_proposed_before_is_not_booked_with_that_interpreter(acting, by, pool):
    with acting(by):
        party = register(by)
        proposal = signed_proposal(party, last=FIRST)
        leave_out_interpreter(party=party, interpreter=pool[0], by=by, at=NOW)
        with pytest.raises(SlotTaken):
            book_chain(party=party, proposal=proposal, by=by, at=NOW)


def test_it_is_set_and_taken_back_on_the_chains_page(acting, by, pool):
    with acting(by):
        party = register(by)
        chain = book(party, by, last=FIRST)
    assert chain.interpreter
    browser, address = browser_of(by), f"/chains/{chain.reference}/"
    assert f"Never {chain.interpreter} again" in browser.get(address).text
    named = {"interpreter": chain.interpreter.resource.reference}
    for _ in range(2):
        assert browser.post(f"{address}unwanted/", named).status_code == 302
    text = browser.get(address).text
    assert "whom the party does not wish to have again" in text
    assert "May interpret again" in text
    with acting(by):
        assert unwanted_by(party) == [chain.interpreter]
    assert browser.post(f"{address}unwanted/", named | {"do": "undo"}).status_code == 302
    assert "May interpret again" not in browser.get(address).text


def test_no_other_agency_and_no_coordinator_of_the_site_knows_it(acting, by, pool):
    with acting(by):
        party = register(by)
        chain = book(party, by, last=FIRST)
        leave_out_interpreter(party=party, interpreter=pool[0], by=by, at=NOW)
    for other in (UserFactory(agency="AF"), CoordinatorFactory()):
        with acting(other):
            assert not UnwantedInterpreter.objects.exists()
        named = {"interpreter": pool[0].resource.reference}
        assert browser_of(other).post(f"/chains/{chain.reference}/unwanted/", named).status_code == 404


def test_it_holds_no_reason():
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "bookings_unwantedinterpreter")
    assert {column.name for column in columns} == {"id", "party_id", "interpreter_id", "at", "by_id"}
