"""Minutes and costs of an order add up to the claims on its interpreter, to the minute and to the öre."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest

from agencies.models import SiteDay
from bookings.chains.book import cancel_chain, move_chain
from bookings.chains.group_meetings import cancel_group
from bookings.interpreting.serve import serve_group
from bookings.interpreting.split import split_orders
from bookings.models import ChainOrder, Claim, Meeting
from interpreters.agreements.costs import CancelStep
from interpreters.models import Agreement, Form, Interpreter, InterpreterOrder
from interpreters.orders.answer import confirm_order, decline_order
from interpreters.orders.ask import ask_order
from interpreters.orders.close import cancel_order
from interpreters.orders.queries import orders
from interpreters.orders.wish import Wish
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register, signed_proposal
from tests.bookings.interpreting.conftest import ALL
from tests.factories.agencies import ManagerFactory, UserFactory
from tests.factories.bookings import (
    ChainFactory,
    ChainOrderFactory,
    ClaimFactory,
    GroupMeetingFactory,
    MeetingFactory,
    PartyFactory,
)
from tests.factories.interpreters import (
    AgreementFactory,
    InterpreterFactory,
    InterpreterOrderFactory,
    caseworkers,
)
from tests.moment import NOW

pytestmark = pytest.mark.django_db
# The three worlds of 2018: the state's framework by half hours, an agency's own contract, the municipality's by minute.
WORLDS = {
    Agreement.Kind.FRAMEWORK: {"minimum_minutes": 60, "travel": (30, 10700), "km_ore": 250},
    Agreement.Kind.OWN: {"unit_minutes": 60, "steps": [CancelStep(24, 100)], "travel": (60, 33333)},
    Agreement.Kind.MUNICIPAL: {"unit_minutes": 1, "minimum_minutes": 120, "prices": {("site", "AT"): 713}},
}


def the_split(order: InterpreterOrder):
    return split_orders(orders().filter(pk=order.pk))[0]


def in_codes(split) -> dict[str, tuple[int, int]]:
    return {agency.code: (share.minutes, share.ore) for agency, share in split.shares.items()}


def order_of(day: SiteDay, interpreter: Interpreter | None, **more) -> InterpreterOrder:
    return InterpreterOrderFactory(
        site_day=day, interpreter=interpreter, starts_at=day.opens_at, ends_at=day.closes_at, **more
    )


@pytest.fixture
def booked(acting):
    """A family's day with the one interpreter, booked by Migrationsverket."""
    open_days(FIRST, SECOND)
    by = UserFactory()
    with acting(by):
        return book(register(by), by, last=FIRST)


def test_a_booked_chains_meetings_are_what_is_split(acting, coordinator, agreement, booked):
    with acting(booked.booked_by):
        met: Counter[str] = Counter()
        for meeting in booked.meetings.select_related("agency"):
            met[meeting.agency.code] += (meeting.ends_at - meeting.starts_at).seconds // 60
    with acting(coordinator):
        split = the_split(order_of(booked.site_day, booked.interpreter, agreement=agreement))
    assert {code: minutes for code, (minutes, _ore) in in_codes(split).items()} == met
    assert split.minutes == split.met == sum(met.values())
    assert sum(share.ore for share in split.shares.values()) == split.ore == 15 * 21400


def test_the_ordering_agencys_manager_is_told_minutes_and_no_party(acting, agreement, booked):
    manager = ManagerFactory(agency="PM")
    with acting(manager):
        order = order_of(booked.site_day, booked.interpreter, agreement=agreement, agency=manager.agency)
        assert len(the_split(order).shares) == 5
        assert not Meeting.objects.exists()
        assert not ChainOrder.objects.exists()


def test_another_agency_is_told_nothing(acting, coordinator, agreement, booked):
    with acting(coordinator):
        order = order_of(booked.site_day, booked.interpreter, agreement=agreement)
    with acting(ManagerFactory(agency="AF")):
        assert split_orders(orders()) == []
        assert not orders().filter(pk=order.pk).exists()


def test_a_cancelled_day_leaves_all_with_the_ordering_agency(acting, coordinator, agreement, booked):
    with acting(booked.booked_by):
        cancel_chain(chain=booked, reason="Ill", by=booked.booked_by, at=NOW)
    with acting(coordinator):
        split = the_split(order_of(booked.site_day, booked.interpreter, agreement=agreement))
    assert in_codes(split) == {"MIG": (450, 15 * 21400)}


def test_a_moved_day_takes_its_minutes_along(acting, coordinator, agreement, booked):
    by = booked.booked_by
    with acting(by):
        proposal = signed_proposal(booked.party, first=SECOND, last=SECOND, moving=booked)
        moved = move_chain(chain=booked, proposal=proposal, by=by, at=NOW)
    with acting(coordinator):
        before, after = (
            the_split(order_of(day, booked.interpreter, agreement=agreement))
            for day in (SiteDay.objects.get(date=FIRST), moved.site_day)
        )
    assert (before.met, len(after.shares)) == (0, 5)


def test_meetings_outside_the_orders_hours_are_not_its(acting, coordinator, agreement, booked):
    day = booked.site_day
    with acting(booked.booked_by):
        first = booked.meetings.earliest("starts_at")
    until = first.starts_at + timedelta(minutes=10)
    with acting(coordinator):
        order = order_of(day, booked.interpreter, agreement=agreement)
        InterpreterOrder.objects.update(ends_at=until)
        assert in_codes(the_split(order)) == {"MIG": (10, the_split(order).ore)}


def test_a_chain_served_from_outside_counts_by_its_meetings(acting, coordinator, agreement):
    open_days(FIRST, interpreters={"so": 1})
    by = UserFactory()
    with acting(by):
        chain = book(register(by, language="ti"), by, last=FIRST)
        assert chain.outside_interpreter == "ordered"
        meetings = chain.meetings.count()
    with acting(coordinator):
        order = order_of(chain.site_day, None, agreement=agreement, language="tir")
        assert the_split(order).met == 0
        ChainOrderFactory(chain_id=chain.pk, order=order)
        assert len(the_split(order).shares) == meetings


def test_a_declined_order_costs_nothing_and_a_cancelled_one_is_the_ordering_agencys(
    acting, coordinator, agreement, booked
):
    day, who = booked.site_day, {"by": coordinator, "at": day_before(booked)}
    wish = Wish(day, "ara", Form.SITE, day.opens_at, day.closes_at, interpreter=booked.interpreter)
    with acting(coordinator):
        declined = decline_order(order=ask_order(agreement=agreement, wish=wish, **who), **who)
        assert (the_split(declined).ore, in_codes(the_split(declined))) == (0, {})
        cancelled = confirm_order(order=ask_order(agreement=agreement, wish=wish, **who), **who)
        cancelled = cancel_order(order=cancelled, **who)
        assert in_codes(the_split(cancelled)) == {"MIG": (0, 15 * 10700)}


def day_before(chain):
    return chain.site_day.opens_at - timedelta(hours=25)


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("seed", range(4))
def test_over_random_days_all_adds_up_to_the_claims(acting, coordinator, norrkoping, kind, seed):
    """Families met by one agency or several at once, and groups, with several interpreters whom they share."""
    dice = Random(f"{kind} {seed}")
    (day,) = open_days(FIRST)
    agreement = AgreementFactory(kind=kind, agencies=ALL, terms=WORLDS[kind])
    tolkar = [InterpreterFactory() for _ in range(2)]
    desks = [user for code in ALL for user in caseworkers(norrkoping, code, 1)]
    owner = UserFactory()
    for tolk in tolkar:
        with acting(owner):
            chains = [ChainFactory(party=PartyFactory(registered_by=owner), site_day=day) for _ in range(3)]
        free = day.opens_at + timedelta(minutes=5 * dice.randrange(12))
        while free < day.closes_at - timedelta(hours=2):
            ends_at = free + timedelta(minutes=dice.randrange(15, 65))
            if dice.randrange(4):
                with acting(owner):
                    _meet(dice, chains, desks, tolk, (free, ends_at))
            else:
                with acting(coordinator):
                    _inform(day, dice.choice(desks), tolk, (free, ends_at))
            free = ends_at + timedelta(minutes=5 * dice.randrange(8))
    with acting(owner):
        claimed = _claimed(tolkar)
    with acting(coordinator):
        found = [
            order_of(
                day,
                tolk,
                agreement=agreement,
                travel_minutes=dice.randrange(120),
                travel_km=dice.randrange(90),
            )
            for tolk in tolkar
        ]
        splits = split_orders(orders())
    assert len(splits) == len(found)
    for split in splits:
        parts, whose = in_codes(split), split.order.interpreter
        assert whose
        exact = claimed[whose]
        whole = sum(exact.values())
        assert set(parts) == set(exact)
        assert sum(minutes for minutes, _ore in parts.values()) == split.minutes == split.met == whole
        assert sum(ore for _minutes, ore in parts.values()) == split.ore > 0
        for code, (minutes, ore) in parts.items():
            assert abs(minutes - exact[code]) < 1
            assert abs(ore - split.ore * exact[code] / whole) < 1
        assert split.charge.paid_minutes == split.met + split.waiting_minutes


def _meet(dice, chains, desks, tolk, hours):
    """A meeting of somebody with one agency, or with up to three at once, of whom the first claims the interpreter."""
    chain = dice.choice(chains)
    free = [desk for desk in desks if not chain.meetings.filter(agency=desk.agency).exists()]
    met = dice.sample(free, min(len(free), dice.choice((1, 1, 2, 3))))
    host = None
    for desk in met:
        meeting = MeetingFactory(
            chain=chain, caseworker=desk, starts_at=hours[0], ends_at=hours[1], together_with=host
        )
        if host is None:
            host = meeting
            ClaimFactory(meeting=host, resource=tolk.resource)


def _inform(day, desk, tolk, hours):
    group = GroupMeetingFactory(
        site_day=day, caseworker=desk, interpreter=tolk, starts_at=hours[0], ends_at=hours[1]
    )
    ClaimFactory(meeting=None, group=group, resource=tolk.resource, period=hours)


def _claimed(tolkar) -> dict[Interpreter, dict[str, Fraction]]:
    """The claimed minutes by interpreter and agency; those that several agencies claim at once in equal parts."""
    found: dict[Interpreter, dict[str, Fraction]] = {tolk: {} for tolk in tolkar}
    for tolk in tolkar:
        for claim in Claim.objects.filter(resource=tolk.resource).select_related("meeting", "group__agency"):
            minutes = (claim.period.upper - claim.period.lower).seconds // 60
            codes = [claim.group.agency.code] if claim.group else _met_at_once(claim.meeting)
            for code in codes:
                found[tolk][code] = found[tolk].get(code, Fraction()) + Fraction(minutes, len(codes))
    return found


def _met_at_once(host) -> list[str]:
    joined = Meeting.objects.filter(together_with=host).values_list("agency__code", flat=True)
    return [Meeting.objects.select_related("agency").get(pk=host.pk).agency.code, *joined]


def test_what_two_agencies_meet_together_is_paid_once_and_half_by_each(
    acting, coordinator, agreement, booked
):
    """45 minutes of AF and FK at once: 22.5 each, so that one of them is told a minute more, and both pay the same."""
    by = booked.booked_by
    with acting(by):
        booked.meetings.exclude(agency__code__in=("AF", "FK")).delete()
        host, joined = (booked.meetings.get(agency__code=code) for code in ("AF", "FK"))
        Claim.objects.filter(meeting__in=(host, joined)).delete()
        for meeting in (host, joined):
            meeting.starts_at = booked.site_day.opens_at
            meeting.ends_at = meeting.starts_at + timedelta(minutes=45)
            meeting.together_with = host if meeting == joined else None
            meeting.save()
        ClaimFactory(meeting=host, resource=booked.interpreter.resource)
    with acting(coordinator):
        split = the_split(order_of(booked.site_day, booked.interpreter, agreement=agreement))
    assert split.met == split.minutes == 45
    assert in_codes(split) == {"AF": (23, 15 * 21400 // 2), "FK": (22, 15 * 21400 // 2)}


def test_what_an_order_from_outside_serves_at_once_counts_once(acting, coordinator, agreement):
    open_days(FIRST, interpreters={"so": 1})
    by = UserFactory()
    with acting(by):
        chain = book(register(by, language="ti"), by, last=FIRST)
        chain.meetings.exclude(agency__code__in=("AF", "FK")).delete()
        host, joined = (chain.meetings.get(agency__code=code) for code in ("AF", "FK"))
        Claim.objects.filter(meeting=joined).delete()
        joined.starts_at, joined.ends_at, joined.together_with = host.starts_at, host.ends_at, host
        joined.save()
        minutes = (host.ends_at - host.starts_at).seconds // 60
    with acting(coordinator):
        order = order_of(chain.site_day, None, agreement=agreement, language="tir")
        ChainOrderFactory(chain_id=chain.pk, order=order)
        split = the_split(order)
    assert split.met == minutes
    assert sum(share.ore for share in split.shares.values()) == split.ore


def test_a_groups_interpreter_is_paid_by_the_agency_that_informs(acting, coordinator, agreement, booked):
    day = booked.site_day
    with acting(booked.booked_by):
        last = booked.meetings.latest("ends_at").ends_at
    hours = last, last + timedelta(minutes=40)
    with acting(coordinator):
        (desk,) = caseworkers(day.location.site, "AF", 1)
        order = order_of(day, booked.interpreter, agreement=agreement)
        before = in_codes(the_split(order))
        _inform(day, desk, booked.interpreter, (last + timedelta(hours=1), hours[1] + timedelta(hours=1)))
        split = the_split(order)
    assert in_codes(split)["AF"][0] == before["AF"][0] + 40
    assert sum(ore for _minutes, ore in in_codes(split).values()) == split.ore


def test_an_order_that_serves_a_group_from_outside_is_split_by_it(acting, coordinator, agreement, norrkoping):
    (day,) = open_days(FIRST)
    (desk,) = caseworkers(norrkoping, "AF", 1)
    with acting(coordinator):
        order = order_of(day, None, agreement=agreement, language="tir")
        group = GroupMeetingFactory(site_day=day, caseworker=desk, language="tir")
        assert in_codes(the_split(order))["MIG"][0] == 450
        group = serve_group(reference=group.reference, order=order, by=coordinator)
        split = the_split(order)
        assert in_codes(split) == {"AF": (60, split.ore)}
        assert cancel_group(group=group, by=coordinator, at=NOW).order == order
        assert the_split(order).met == 0


def test_splits_of_three_orders_take_as_many_queries_as_of_one(
    acting, coordinator, agreement, booked, django_assert_num_queries
):
    with acting(coordinator):
        for number in (1, 2):
            for _ in range(number):
                order_of(booked.site_day, InterpreterFactory(), agreement=agreement)
            with django_assert_num_queries(4):
                split_orders(orders())
