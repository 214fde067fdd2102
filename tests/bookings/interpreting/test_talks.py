"""Groups and meetings with several agencies at once, in the day's lanes, figures and offers."""

from datetime import timedelta

import pytest

from agencies.models import Shift
from bookings.chains.group_meetings import add_party, open_group
from bookings.chains.meet_together import meet_together
from bookings.interpreting.alarms import alarms
from bookings.interpreting.cover import take_chain
from bookings.interpreting.day import load_days
from bookings.interpreting.serve import NotThatGroup, serve_group
from bookings.models import Claim, GroupMeeting
from interpreters.models import Interpreter
from interpreters.pool.on_shift import put_on_shift
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.bookings.chains.test_group_meetings import plan
from tests.browser import browser_of, words_of
from tests.factories.agencies import UserFactory, the_site
from tests.factories.interpreters import InterpreterFactory, InterpreterOrderFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
PAGE = f"/interpreters/norrkoping/{FIRST}/"
DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 4)


@pytest.fixture
def day(db):
    return open_days(FIRST, desks=DESKS, interpreters={"ar": 3})[0]


@pytest.fixture
def owner(db):
    return UserFactory()


@pytest.fixture
def chain(acting, day, owner):
    with acting(owner):
        return book(register(owner), owner, last=FIRST)


def opened(acting, coordinator, day, **more) -> GroupMeeting:
    with acting(coordinator):
        return open_group(site_day=day, plan=plan(day, **more), by=coordinator, at=NOW)


@pytest.fixture
def group(acting, coordinator, day):
    """Of FK from 14:30 to 15:30 with the last interpreter on shift."""
    return opened(acting, coordinator, day, interpreter=Interpreter.objects.latest("pk"), language="ara")


@pytest.fixture
def outside(acting, coordinator, day):
    """Of FK in Tigrinya, which nobody of the pool interprets."""
    return opened(acting, coordinator, day, language="tir")


def figures(acting, coordinator, day):
    with acting(coordinator):
        return load_days([day])[0].figures


def test_a_group_counts_its_minutes_once_and_an_interpreter_for_each_who_comes(
    acting, coordinator, day, chain, owner, group
):
    before = figures(acting, coordinator, day)
    with acting(owner):
        met = chain.meetings.get(agency__code="FK")
        alone = (met.ends_at - met.starts_at).seconds // 60
        add_party(group=group, chain=chain, by=owner, at=NOW)
    after = figures(acting, coordinator, day)
    assert after.minutes == before.minutes - alone  # the family's own, for the group's hour was there before
    assert (before.chains, before.pairs) == (1, 1)
    assert (after.chains, after.pairs) == (1, 2)
    assert group.interpreter != chain.interpreter


def test_an_empty_group_is_interpreted_all_the_same(acting, coordinator, day, group):
    found = figures(acting, coordinator, day)
    assert (found.minutes, found.on_site, found.chains, found.unfilled) == (60, 60, 0, 0)


def test_a_group_in_swedish_needs_nobody(acting, coordinator, day):
    opened(acting, coordinator, day, language="swe")
    found = figures(acting, coordinator, day)
    assert (found.minutes, found.unfilled) == (0, 0)


def test_meetings_at_once_count_one_interpreter_and_their_minutes_once(
    acting, coordinator, agreement, day, chain, owner
):
    before = figures(acting, coordinator, day)
    with acting(owner):
        lengths = {
            one.agency.code: one.ends_at - one.starts_at for one in chain.meetings.select_related("agency")
        }
        meet_together(chain=chain, host="AF", joined="FK", by=owner, at=NOW)
    saved = min(lengths["AF"], lengths["FK"]).seconds // 60
    after = figures(acting, coordinator, day)
    assert after.minutes == before.minutes - saved
    assert (after.chains, after.pairs) == (1, 1)
    with acting(coordinator):
        hours = {"starts_at": day.opens_at, "ends_at": day.closes_at, "interpreter": chain.interpreter}
        InterpreterOrderFactory(agreement=agreement, site_day=day, state="confirmed", **hours)
    paid = figures(acting, coordinator, day)
    assert paid.met == after.minutes
    assert paid.paid_per_met == pytest.approx(450 / after.minutes)


def test_the_days_lanes_show_a_group_and_two_agencies_in_one_bar(
    acting, coordinator, day, chain, owner, group
):
    with acting(owner):
        meet_together(chain=chain, host="AF", joined="KOM", by=owner, at=NOW)
    text = browser_of(coordinator).get(PAGE).text
    assert text.count('class="mt agency-') == 5  # four times of the family, one of the group
    assert ">AF + KOM</abbr>" in text
    assert "14:30–15:30 FK group" in words_of(browser_of(coordinator).get(PAGE))


def test_the_page_offers_to_order_a_groups_interpreter_until_an_order_has_the_group(
    acting, coordinator, agreement, day, group
):
    browser = browser_of(coordinator)
    text = browser.get(PAGE).text
    assert "Order for the group FK 14:30–15:30" in " ".join(text.split())
    address = text.partition('class="unordered"')[2].partition('href="')[2].partition('"')[0]
    form = browser.get(address.partition("#")[0].replace("&amp;", "&")).text
    for field in ('name="starts" value="14:30"', 'name="ends" value="15:30"'):
        assert field in form
    with acting(coordinator):
        hours = {"starts_at": group.starts_at, "ends_at": group.ends_at, "interpreter": group.interpreter}
        InterpreterOrderFactory(agreement=agreement, site_day=day, **hours)
    assert "Order for the group" not in browser.get(PAGE).text


def test_a_group_without_anybody_is_offered_an_order_as_a_chain_is(
    acting, coordinator, agreement, day, outside
):
    browser = browser_of(coordinator)
    assert "14:30–15:30 needs an interpreter from outside: group information, FK." in words_of(
        browser.get(PAGE)
    )
    assert figures(acting, coordinator, day).unfilled == 1
    with acting(coordinator):
        assert [one.language for one in alarms([the_site()], at=day.opens_at - timedelta(hours=20))] == [
            "tir"
        ]
        order = InterpreterOrderFactory(
            agreement=agreement,
            site_day=day,
            language="tir",
            state="confirmed",
            starts_at=day.opens_at,
            ends_at=day.closes_at,
        )
        other = InterpreterOrderFactory(agreement=agreement, site_day=day, language="prs", state="confirmed")
    offered = (
        browser.get(PAGE).text.partition(f'id="serve-group-{outside.reference}"')[2].partition("</select>")[0]
    )
    assert order.reference in offered
    assert other.reference not in offered
    said = {"do": "serve-group", "group": outside.reference, "order": order.reference}
    assert browser.post(PAGE, said).status_code == 302
    assert "needs an interpreter from outside" not in browser.get(PAGE).text
    now = figures(acting, coordinator, day)
    assert (now.minutes, now.unfilled, now.paid, now.met) == (60, 0, 450 + 120, 60 + 0)
    with acting(coordinator):
        assert not alarms([the_site()], at=day.opens_at - timedelta(hours=20))


def test_an_order_serves_no_group_of_another_language_or_hour_or_with_its_own_interpreter(
    acting, coordinator, agreement, day, group
):
    outside = opened(acting, coordinator, day, code="AF", language="tir")

    def order(language="tir", hours=10):
        made = {"agreement": agreement, "site_day": day, "language": language}
        return InterpreterOrderFactory(**made, ends_at=day.opens_at + timedelta(hours=hours))

    with acting(coordinator):
        for reference, one in (
            (outside.reference, order("prs")),
            (outside.reference, order(hours=1)),
            (group.reference, order("ara")),
            ("AAAAAAA", order()),
        ):
            with pytest.raises(NotThatGroup):
                serve_group(reference=reference, order=one, by=coordinator)


def test_a_spare_takes_a_chain_with_meetings_at_once_and_one_in_a_group(
    acting, coordinator, day, owner, outside
):
    with acting(owner):
        chain = book(register(owner, language="ti"), owner, last=FIRST)
        meet_together(chain=chain, host="AF", joined="KOM", by=owner, at=NOW)
        add_party(group=outside, chain=chain, by=owner, at=NOW)
        alone = chain.meetings.filter(group=None, together_with=None).count()
    tolk = InterpreterFactory(language="ti")
    with acting(coordinator):
        shift = put_on_shift(interpreter=tolk, site_day=day, spare=True, by=coordinator, at=NOW)
        shift = Shift.objects.select_related("site_day__location__site", "resource").get(pk=shift.pk)
        assert take_chain(chain=chain.pk, shift=shift, by=coordinator, at=NOW).meetings == alone
    with acting(owner):
        held = Claim.objects.filter(resource=tolk.resource).values_list("meeting", flat=True)
        assert set(held) == set(
            chain.meetings.filter(group=None, together_with=None).values_list("pk", flat=True)
        )
