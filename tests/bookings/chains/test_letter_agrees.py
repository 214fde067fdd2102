"""When the interpreter is another than the letter says, the chain's page tells so and offers a letter that agrees."""

import pytest
from django.utils.translation import override

from agencies.models import Shift
from bookings.chains.amend import amend_party
from bookings.chains.meeting_form import hold_meeting
from bookings.chains.outside import (
    MustMoveFirst,
    confirm_outside_interpreter,
    order_state_of,
    tell_interpreter,
)
from bookings.chains.versions import ChangedMeanwhile
from bookings.interpreting.alarms import alarms
from bookings.interpreting.cover import cover_interpreter, take_chain
from bookings.interpreting.serve import serve_chain
from bookings.models import Chain, Event, Meeting, Summons
from bookings.parties.amend import Correction
from bookings.parties.queries import chains
from bookings.remote.allow import allow_forms
from bookings.summons.compose import compose
from bookings.summons.interpreted import disagreement_of
from interpreters.orders.answer import confirm_order
from interpreters.orders.close import cancel_order
from interpreters.pool.on_shift import put_on_shift
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register
from tests.browser import browser_of, words_of
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, the_site
from tests.factories.interpreters import AgreementFactory, InterpreterFactory, InterpreterOrderFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
LAGS = "The letter no longer agrees."
INTERPRETERS = f"/interpreters/norrkoping/{FIRST}/"


@pytest.fixture
def coordinator(db):
    return CoordinatorFactory()


@pytest.fixture
def chain(by, acting) -> Chain:
    """Of a family who speak Tigrinya, which nobody of the pool does: the letter says that one is being ordered."""
    open_days(FIRST, SECOND, interpreters={"ar": 2})
    with acting(by):
        return book(register(by, language="ti"), by, last=FIRST)


def shift_of(tolk, chain, coordinator) -> Shift:
    shift = put_on_shift(interpreter=tolk, site_day=chain.site_day, spare=True, by=coordinator, at=NOW)
    return Shift.objects.select_related("site_day__location__site", "resource").get(pk=shift.pk)


def take(chain, acting, coordinator, *, remote=False):
    """A spare takes the chain."""
    tolk = InterpreterFactory(language="ti", remote=remote)
    with acting(coordinator):
        shift = shift_of(tolk, chain, coordinator)
        take_chain(chain=chain.pk, shift=shift, by=coordinator, at=NOW)
    return tolk


def read_again(chain) -> Chain:
    return chains().get(pk=chain.pk)


def page_of(chain, by):
    return words_of(browser_of(by).get(f"/chains/{chain.reference}/"))


@pytest.mark.parametrize(
    ("remote", "now"),
    [
        (False, "An interpreter is there all day."),
        (True, "An interpreter helps by telephone or on a screen."),
    ],
)
def test_after_a_spare_takes_the_chain_the_page_says_so_and_offers_a_letter_that_agrees(
    chain, by, acting, coordinator, remote, now
):
    assert LAGS not in page_of(chain, by)
    tolk = take(chain, acting, coordinator, remote=remote)
    assert f"{LAGS} It says: An interpreter is being ordered. Now: {now}" in page_of(chain, by)
    browser = browser_of(by)
    assert "the letter no longer agrees" in words_of(browser.get("/"))
    with acting(by):
        version = read_again(chain).version
    pressed = browser.post(f"/chains/{chain.reference}/interpreter/", {"do": "tell", "version": version})
    assert pressed.status_code == 302
    assert LAGS not in page_of(chain, by)
    assert "the letter no longer agrees" not in words_of(browser.get("/"))
    with acting(by), override("en"):
        letter = chain.summonses.latest("version")
        assert (letter.version, letter.day["interpreter"], letter.day.get("outside")) == (2, tolk.pk, None)
        page = compose(letter, chain.links.earliest("pk")).pages[-1]
        assert (page.interpreter_outside, page.interpreter_remote) == ("", remote)
        assert "Nu är en tolk bokad." in page.changes
        assert Event.objects.filter(chain=chain, kind=Event.Kind.TOLD).count() == 1


def test_a_letter_that_agrees_gets_no_further_version(chain, by, acting, coordinator):
    with acting(by):
        assert tell_interpreter(chain=chain, by=by, at=NOW).version == chain.version
    take(chain, acting, coordinator)
    with acting(by):
        told = tell_interpreter(chain=chain, by=by, at=NOW)
        assert tell_interpreter(chain=chain, by=by, at=NOW).version == told.version
        assert Summons.objects.filter(chain=chain).count() == 2


def test_whoever_has_not_seen_the_change_writes_no_letter(chain, by, acting, coordinator):
    take(chain, acting, coordinator)
    with acting(by), pytest.raises(ChangedMeanwhile):
        tell_interpreter(chain=chain, by=by, at=NOW, seen=[str(chain.version)])


def test_a_day_that_must_move_gets_no_letter_of_its_interpreter(chain, by, acting, coordinator):
    take(chain, acting, coordinator)
    with acting(by):
        Chain.objects.filter(pk=chain.pk).update(must_move=True)
        with pytest.raises(MustMoveFirst):
            tell_interpreter(chain=chain, by=by, at=NOW)
    assert LAGS in page_of(chain, by)


def test_a_letter_made_for_another_reason_tells_of_the_interpreter_too(chain, by, acting, coordinator):
    take(chain, acting, coordinator)
    manager = ManagerFactory(agency="FK")
    with acting(manager):
        allow_forms(by_telephone=True, by_video=False, tool="", by=manager, at=NOW)
    with acting(by):
        hold_meeting(chain=chain, key="FK", form=Meeting.Form.TELEPHONE, by=by, at=NOW)
        assert disagreement_of(read_again(chain)) is None
        amend_party(party=chain.party, correction=Correction({"phone": "070-174 06 05"}), by=by, at=NOW)
        assert disagreement_of(read_again(chain)) is None


@pytest.mark.parametrize("remote", [False, True])
def test_another_interpreter_needs_a_letter_if_that_one_comes_in_another_way(by, acting, coordinator, remote):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by, last=FIRST)
    other = InterpreterFactory(remote=remote)
    assert chain.interpreter
    with acting(coordinator):
        shift = Shift.objects.select_related("site_day__location__site").get(
            resource=chain.interpreter.resource
        )
        cover_interpreter(shift=shift, other=other, by=coordinator, at=NOW)
    assert (LAGS in page_of(chain, by)) == remote


@pytest.fixture
def order(chain, acting, coordinator):
    """One that serves the chain, asked for by Försäkringskassan, which the chain's caseworker does not see."""
    with acting(coordinator):
        agreement = AgreementFactory()
        hours = {"starts_at": chain.site_day.opens_at, "ends_at": chain.site_day.closes_at}
        order = InterpreterOrderFactory(agreement=agreement, site_day=chain.site_day, language="tir", **hours)
        serve_chain(chain=chain.pk, order=order, by=coordinator)
        return order


def test_a_confirmed_order_leaves_the_letter_which_says_that_one_is_being_ordered(
    chain, by, acting, coordinator, order
):
    assert "The order is confirmed by its supplier." not in page_of(chain, by)
    with acting(coordinator):
        confirm_order(order=order, by=coordinator, at=NOW)
    text = page_of(chain, by)
    assert "The order is confirmed by its supplier. The letter in their hands still holds" in text
    assert LAGS not in text
    with acting(by):
        assert Summons.objects.filter(chain=chain).count() == 1


def test_when_a_confirmed_order_falls_away_the_page_says_that_the_letter_is_wrong(
    chain, by, acting, coordinator, order
):
    with acting(coordinator):
        confirm_order(order=order, by=coordinator, at=NOW)
    with acting(by):
        confirm_outside_interpreter(chain=chain, by=by, at=NOW)
    assert "has fallen away" not in page_of(chain, by)
    with acting(coordinator):
        cancel_order(order=order, by=coordinator, at=NOW)
    assert "But the order has fallen away, and the letter says that an interpreter is booked." in page_of(
        chain, by
    )
    assert "needs an interpreter from outside" in words_of(browser_of(coordinator).get(INTERPRETERS))
    with acting(coordinator):
        assert alarms([the_site()], at=chain.site_day.opens_at)
    tolk = take(chain, acting, coordinator)
    with acting(by):
        now = read_again(chain)
        assert (now.interpreter, now.outside_interpreter) == (tolk, "")
    assert f"{LAGS} It says: An interpreter is booked. Now: An interpreter is there all day." in page_of(
        chain, by
    )


def test_how_far_the_order_is_stands_with_the_partys_agency_alone(chain, by, acting, order):
    with acting(by):
        assert order_state_of(chain) == "asked"
    with acting(UserFactory(agency="FK")):
        assert order_state_of(chain) == ""
