"""The page of a day's interpreters, read and pressed without JavaScript."""

from datetime import timedelta

import pytest

from bookings.interpreting.serve import NotThatChain, serve_chain
from bookings.models import Chain, ChainOrder, Claim
from interpreters.models import InterpreterOrder
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.bookings.interpreting.conftest import DAY
from tests.browser import browser_of
from tests.factories.agencies import (
    CoordinatorFactory,
    LocationFactory,
    ManagerFactory,
    SiteDayFactory,
    UserFactory,
    the_site,
)
from tests.factories.bookings import UnwantedInterpreterFactory
from tests.factories.interpreters import AgreementFactory, InterpreterFactory, InterpreterOrderFactory

pytestmark = pytest.mark.django_db
PAGE = f"/interpreters/norrkoping/{DAY}/"


@pytest.fixture
def day(db):
    return open_days(FIRST)[0]


@pytest.fixture
def browser(coordinator, day):
    return browser_of(coordinator)


@pytest.fixture
def typed(agreement):
    return {
        "language": "ara",
        "starts": "08:30",
        "ends": "12:10",
        "agreement": agreement.contract_number,
        "form": "site",
    }


def words(text):
    return " ".join(text.split())


def press(browser, do, **more):
    return browser.post(PAGE, {"do": do} | more)


@pytest.fixture
def order(browser, acting, coordinator, typed):
    assert browser.post(PAGE, typed).status_code == 302
    with acting(coordinator):
        return InterpreterOrder.objects.get()


def state(acting, coordinator, order):
    with acting(coordinator):
        return InterpreterOrder.objects.get(pk=order.pk).state


def test_an_order_stands_on_the_page_with_cost_and_split(browser, order):
    text = browser.get(PAGE).text
    assert order.reference in text
    assert "220 min, 1\u00a0712,00 kr" in text
    assert "8 started units of 30 min at 214,00" in text
    assert "has no interpreter" not in text


def test_an_order_without_an_answer_is_an_alarm_on_the_page_48_hours_before(coordinator, order, day, clock):
    clock.move_to(day.opens_at - timedelta(hours=47))
    text = browser_of(coordinator).get(PAGE).text
    assert f"Arabic 08:30–12:10 has no interpreter: {order.reference} is asked for." in words(text)
    assert "47 hours left." in text


def test_an_order_is_confirmed_and_cancelled_for_the_cost_that_is_shown(browser, acting, coordinator, order):
    assert press(browser, "receive", order=order.reference).status_code == 302
    assert press(browser, "confirm", order=order.reference).status_code == 302
    text = browser.get(PAGE).text
    assert "Cancel for 0,00 kr" in text
    assert "856,00 kr" in text
    assert press(browser, "confirm", order=order.reference).status_code == 409
    assert press(browser, "complain", order=order.reference, fault="late").status_code == 302
    assert press(browser, "cancel", order=order.reference, cost="0").status_code == 302
    assert state(acting, coordinator, order) == "cancelled"


def test_after_a_no_the_page_offers_the_next_in_rank(browser, order):
    second = AgreementFactory(rank=2)
    press(browser, "decline", order=order.reference, why="Nobody free")
    assert f"Ask the next in rank: {second.supplier}" in browser.get(PAGE).text
    assert press(browser, "next", order=order.reference).status_code == 302
    assert "Ask the next in rank" not in browser.get(PAGE).text


def test_what_cannot_be_ordered_is_told_beside_its_field(browser, typed):
    answer = browser.post(PAGE, typed | {"language": "zzz", "starts": "07:00"})
    assert answer.status_code == 422
    assert "ISO 639-3" in answer.text


def test_meetings_stand_by_number_and_never_by_name(browser, acting):
    by = UserFactory()
    with acting(by):
        chain = book(register(by), by, last=FIRST)
    text = browser.get(PAGE).text
    assert text.count('class="mt agency-') == 5
    assert chain.reference not in text
    assert "Haddad" not in text


def test_whoever_waits_for_an_interpreter_from_outside_is_served_by_an_order(
    browser, acting, coordinator, day, order
):
    by = UserFactory()
    with acting(by):
        chain = book(register(by, language="ti"), by, last=FIRST)
    assert "needs an interpreter from outside" in browser.get(PAGE).text
    assert press(browser, "serve", order=order.reference, chain=str(chain.pk)).status_code == 302
    assert "needs an interpreter from outside" not in browser.get(PAGE).text
    with acting(coordinator):
        assert ChainOrder.objects.get().order == order


def test_an_order_serves_no_chain_that_has_an_interpreter_of_ours(acting, coordinator, day):
    by = UserFactory()
    with acting(by):
        chain = book(register(by), by, last=FIRST)
    with acting(coordinator):
        order = InterpreterOrderFactory(site_day=day)
        with pytest.raises(NotThatChain):
            serve_chain(chain=chain.pk, order=order, by=coordinator)


@pytest.mark.parametrize(
    "said",
    [{"do": "fly"}, {"do": "cancel"}, {"do": "complain", "fault": "x"}, {"do": "serve", "chain": "-1"}],
)
def test_what_no_button_says_is_not_found(browser, order, said):
    assert browser.post(PAGE, said | {"order": order.reference}).status_code == 404


@pytest.mark.parametrize("address", ["/interpreters/norrkoping/2026-02-30/", "/interpreters/norrkoping/1/"])
def test_a_day_that_is_none_is_not_found(browser, address):
    assert browser.get(address).status_code == 404


def test_others_see_no_page(day):
    assert browser_of(UserFactory()).get(PAGE).status_code == 403
    assert browser_of(CoordinatorFactory(sites=[the_site("malmo")])).get(PAGE).status_code == 404
    assert browser_of(ManagerFactory(agency="AF")).get(PAGE).status_code == 200


def test_the_answer_names_whom_of_the_pool_and_the_travel_which_costs(browser, acting, coordinator, order):
    tolk = InterpreterFactory(name="Senait Woldu")
    InterpreterFactory(name="Bara somali", language="so")
    text = browser.get(PAGE).text
    form = text[text.index('id="confirm-interpreter"') :].partition("</select>")[0]
    assert "Senait Woldu" in form
    assert "Bara somali" not in form
    said = {"interpreter": tolk.resource.reference, "travel_minutes": "60", "travel_km": "31"}
    assert press(browser, "confirm", order=order.reference, **said).status_code == 302
    text = browser.get(PAGE).text
    assert "60 min of travel" in text
    assert "31 km at 2,50" in text
    assert "220 min, 2\u00a0003,50 kr" in text
    with acting(coordinator):
        assert InterpreterOrder.objects.get().interpreter == tolk


def test_whoever_is_confirmed_and_not_on_shift_is_put_on_it_with_one_press(browser, day, order):
    tolk = InterpreterFactory(name="Senait Woldu")
    press(browser, "confirm", order=order.reference, interpreter=tolk.resource.reference)
    assert "Senait Woldu is not on shift then" in browser.get(PAGE).text
    assert press(browser, "on-shift", order=order.reference).status_code == 302
    assert "is not on shift then" not in browser.get(PAGE).text
    assert day.shifts.get(resource=tolk.resource).starts_at == day.opens_at


@pytest.mark.parametrize("km", ["-1", "many", "9999"])
def test_travel_that_cannot_be_is_said_beside_its_field_and_nothing_is_confirmed(
    browser, acting, coordinator, order, km
):
    answer = press(browser, "confirm", order=order.reference, travel_km=km)
    assert answer.status_code == 422
    assert 'id="confirm-travel_km_error"' in answer.text
    assert state(acting, coordinator, order) == "asked"


def test_an_interpreter_of_the_pool_is_put_on_shift_or_stands_by(browser, day):
    tolk = InterpreterFactory(name="Senait Woldu", remote=True)
    named = {"interpreter": tolk.resource.reference}
    wrong = press(browser, "shift", **named, starts="07:00", ends="09:00")
    assert wrong.status_code == 422
    assert "A shift lies within the hours of the day." in wrong.text
    said = named | {"starts": "09:00", "ends": "12:00", "spare": "on"}
    assert press(browser, "shift", **said).status_code == 302
    text = words(browser.get(PAGE).text)
    assert "09:00–12:00, stands by" in text
    shift = str(day.shifts.get(resource=tolk.resource).pk)
    assert press(browser, "use", shift=shift).status_code == 302
    assert "stands by" not in browser.get(PAGE).text.partition("<main")[2].partition('id="ask"')[0]
    assert press(browser, "spare", shift=shift).status_code == 302
    assert "09:00–12:00, stands by" in words(browser.get(PAGE).text)


def test_what_has_nobody_is_taken_by_the_spare_of_its_language_with_one_press(browser, acting, day, order):
    by = UserFactory()
    with acting(by):
        chain = book(register(by, language="ti"), by, last=FIRST)
    assert "takes over" not in browser.get(PAGE).text
    tolk = InterpreterFactory(name="Senait Woldu", language="ti", remote=True)
    press(browser, "shift", interpreter=tolk.resource.reference, spare="on")
    assert "Senait Woldu takes over" in words(browser.get(PAGE).text)
    shift = str(day.shifts.get(resource=tolk.resource).pk)
    said = browser.post(PAGE, {"do": "take", "shift": shift, "chain": str(chain.pk)}, follow=True)
    assert "Senait Woldu takes over 5 meetings." in said.text
    assert "needs an interpreter from outside" not in said.text
    with acting(by):
        now = Chain.objects.get(pk=chain.pk)
        assert (now.interpreter, now.outside_interpreter, now.version) == (tolk, "", chain.version + 1)
        assert Claim.objects.filter(meeting__chain=chain, resource=tolk.resource).count() == 5
    again = press(browser, "take", shift=shift, chain=str(chain.pk))
    assert again.status_code == 409
    assert "Nothing was changed." in again.text


def test_nobody_takes_what_is_of_another_language_or_not_wished_for(browser, acting, day, order):
    by = UserFactory()
    with acting(by):
        chain = book(register(by, language="ti"), by, last=FIRST)
    for language, unwanted in (("so", False), ("ti", True)):
        tolk = InterpreterFactory(language=language)
        press(browser, "shift", interpreter=tolk.resource.reference, spare="on")
        if unwanted:
            with acting(by):
                UnwantedInterpreterFactory(party=chain.party, interpreter=tolk, by=by)
        shift = str(day.shifts.get(resource=tolk.resource).pk)
        assert press(browser, "take", shift=shift, chain=str(chain.pk)).status_code == 409
    with acting(by):
        assert Chain.objects.get(pk=chain.pk).interpreter is None


def test_a_dialect_stands_in_the_choice_of_an_interpreter(browser, order):
    tolk = InterpreterFactory(name="Rima")
    tolk.masteries.update(dialect="levantinsk")
    assert "Rima · ara (levantinsk) AT · on site" in browser.get(PAGE).text


def test_a_manager_puts_nobody_on_shift(day):
    tolk = InterpreterFactory()
    browser = browser_of(ManagerFactory())
    assert press(browser, "shift", interpreter=tolk.resource.reference).status_code == 403
    assert "Put an interpreter of the pool on shift" not in browser.get(PAGE).text


def test_a_branchs_day_has_its_own_page_beside_the_main_places(browser, coordinator, acting, agreement, day):
    branch = LocationFactory(site=day.location.site, name="Finspång", kind="branch")
    there = SiteDayFactory(location=branch, date=FIRST)
    with acting(coordinator):
        order = InterpreterOrderFactory(agreement=agreement, site_day=there)
    assert order.reference not in browser.get(PAGE).text
    assert order.reference in browser.get(f"{PAGE}?location=Finspång").text
    assert browser.get(f"{PAGE}?location=Nowhere").status_code == 404
    answer = press(browser, "receive", order=order.reference, location="Finspång")
    assert answer.status_code == 302
    assert "Finsp" in answer["Location"]
