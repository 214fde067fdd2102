"""An absent interpreter's meetings go to another of the pool, at the same times, all or none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agencies.models import Absence, Shift
from agencies.rosters.who import SiteNotYours
from agencies.web.roles import NotForYourRole
from bookings.chains.cover import CannotCover
from bookings.chains.group_meetings import add_party, open_group
from bookings.interpreting.cover import cover_interpreter
from bookings.models import Chain, Claim, Event, GroupMeeting
from interpreters.models import Spare
from interpreters.pool.on_shift import put_on_shift
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.bookings.chains.test_group_meetings import plan
from tests.browser import browser_of
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, the_site
from tests.factories.bookings import UnwantedInterpreterFactory
from tests.factories.interpreters import InterpreterFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
PAGE = f"/interpreters/norrkoping/{FIRST}/"
WEEK = "/roster/norrkoping/2026-W50/"


@pytest.fixture
def day(db):
    return open_days(FIRST)[0]


@pytest.fixture
def chain(acting, day):
    by = UserFactory()
    with acting(by):
        return book(register(by), by, last=FIRST)


@pytest.fixture
def shift(chain):
    return Shift.objects.select_related("site_day__location__site").get(
        resource=chain.interpreter.resource, site_day=chain.site_day
    )


@pytest.fixture
def other(chain):
    return InterpreterFactory(name="Tolk Två")


def claims_of(acting, chain, tolk) -> int:
    with acting(chain.booked_by):
        return Claim.objects.filter(meeting__chain=chain, resource=tolk.resource).count()


def cover(shift, other, coordinator, *, at=NOW):
    return cover_interpreter(shift=shift, other=other, by=coordinator, at=at).meetings


def test_all_meetings_get_the_other_interpreter_at_the_same_times(acting, coordinator, chain, shift, other):
    with acting(coordinator):
        assert cover(shift, other, coordinator) == 5
    assert (claims_of(acting, chain, chain.interpreter), claims_of(acting, chain, other)) == (0, 5)
    with acting(chain.booked_by):
        now = Chain.objects.get(pk=chain.pk)
        assert (now.interpreter, now.version) == (other, chain.version + 1)
        assert Event.objects.filter(chain=chain, kind="covered").count() == 1
    text = browser_of(chain.booked_by).get(f"/chains/{chain.reference}/").text
    assert "Another interpreter, at the same times." in text


def test_whoever_is_not_on_shift_is_put_on_it_and_a_spare_is_one_no_longer(
    acting, coordinator, day, shift, other
):
    with acting(coordinator):
        put_on_shift(interpreter=other, site_day=day, spare=True, by=coordinator, at=NOW)
        cover(shift, other, coordinator)
        assert not Spare.objects.exists()
        third = InterpreterFactory()
        absent = Shift.objects.select_related("site_day__location__site").get(
            resource=other.resource, site_day=day
        )
        assert cover(absent, third, coordinator) == 5
        assert Shift.objects.filter(resource=third.resource, site_day=day).exists()


def nothing_has_moved(acting, chain):
    return claims_of(acting, chain, chain.interpreter) == 5


@pytest.mark.parametrize("language", ["so", "ti"])
def test_another_language_moves_nothing(acting, coordinator, chain, shift, language):
    stranger = InterpreterFactory(language=language)
    with acting(coordinator), pytest.raises(CannotCover):
        cover(shift, stranger, coordinator)
    assert nothing_has_moved(acting, chain)


def test_whoever_is_not_wished_for_is_not_given_them(acting, coordinator, chain, shift, other):
    with acting(chain.booked_by):
        UnwantedInterpreterFactory(party=chain.party, interpreter=other, by=chain.booked_by)
    with acting(coordinator), pytest.raises(CannotCover):
        cover(shift, other, coordinator)
    assert nothing_has_moved(acting, chain)


def test_whoever_is_absent_or_works_too_short_takes_nothing(acting, coordinator, chain, day, shift, other):
    until = day.opens_at + timedelta(hours=1)
    day.shifts.create(resource=other.resource, starts_at=day.opens_at, ends_at=until)
    with acting(coordinator), pytest.raises(CannotCover):
        cover(shift, other, coordinator)
    third = InterpreterFactory()
    Absence.objects.create(
        resource=third.resource, starts_at=day.opens_at, ends_at=until, kind="ill", by=coordinator, at=NOW
    )
    with acting(coordinator), pytest.raises(CannotCover):
        cover(shift, third, coordinator)
    assert nothing_has_moved(acting, chain)


def test_what_has_begun_stays_with_whoever_began_it(acting, coordinator, chain, shift, other):
    with acting(chain.booked_by):
        second = list(chain.meetings.order_by("starts_at"))[1]
    with acting(coordinator):
        assert cover(shift, other, coordinator, at=second.starts_at - timedelta(minutes=1)) == 4
    assert (claims_of(acting, chain, chain.interpreter), claims_of(acting, chain, other)) == (1, 4)


def test_only_the_sites_coordinator_covers(acting, shift, other):
    for by, error in (
        (ManagerFactory(), NotForYourRole),
        (CoordinatorFactory(sites=[the_site("malmo")]), SiteNotYours),
    ):
        with acting(by), pytest.raises(error):
            cover(shift, other, by)


@pytest.fixture
def ill(coordinator, day, shift):
    hours = {"starts_at": day.opens_at, "ends_at": day.closes_at}
    return Absence.objects.create(resource=shift.resource, kind="ill", by=coordinator, at=NOW, **hours)


def test_the_days_page_offers_who_is_free_and_one_press_covers(acting, coordinator, chain, shift, other, ill):
    InterpreterFactory(name="Somalisk", language="so")
    browser = browser_of(coordinator)
    text = browser.get(PAGE).text
    assert "is absent, and 5 meetings are booked then." in " ".join(text.split())
    assert "Tolk Två takes over" in text
    assert "Somalisk takes over" not in text
    said = {"do": "cover", "shift": str(shift.pk), "other": other.resource.reference}
    assert "Tolk Två takes over 5 meetings." in browser.post(PAGE, said, follow=True).text
    assert claims_of(acting, chain, other) == 5


def test_the_week_offers_the_same(acting, coordinator, chain, shift, other, ill):
    browser = browser_of(coordinator)
    assert "Tolk Två takes over" in browser.get(WEEK).text
    said = {
        "person": chain.interpreter.resource.reference,
        "day": str(FIRST),
        "shift": str(shift.pk),
        "act": "cover",
        "colleague": other.resource.reference,
    }
    answer = browser.post(f"{WEEK}person/", said, follow=True)
    assert "Tolk Två takes over 5 meetings." in answer.text
    assert claims_of(acting, chain, other) == 5


@pytest.fixture
def group(acting, coordinator, chain, day):
    """In the absent interpreter's last hour; the family comes to it."""
    with acting(chain.booked_by):
        last = chain.meetings.latest("ends_at").ends_at
    with acting(coordinator):
        hours = last + timedelta(minutes=30), last + timedelta(minutes=75)
        one = plan(day, interpreter=chain.interpreter, language=chain.party.interpreter_language)
        held = replace(one, starts_at=hours[0], ends_at=hours[1])
        return open_group(site_day=day, plan=held, by=coordinator, at=NOW)


def test_a_group_gets_the_other_interpreter_as_well_and_the_page_says_so(
    acting, coordinator, chain, group, shift, other, ill
):
    with acting(chain.booked_by):
        add_party(group=group, chain=chain, by=chain.booked_by, at=NOW)
    browser = browser_of(coordinator)
    text = " ".join(browser.get(PAGE).text.split())
    assert "is absent, and 5 meetings are booked then." in text
    said = {"do": "cover", "shift": str(shift.pk), "other": other.resource.reference}
    answer = browser.post(PAGE, said, follow=True)
    assert "Tolk Två takes over 5 meetings. Group information is among them." in answer.text
    with acting(coordinator):
        assert GroupMeeting.objects.get(pk=group.pk).interpreter == other
        assert Claim.objects.filter(group=group, resource=other.resource).exists()
    with acting(chain.booked_by):
        assert Event.objects.filter(chain=chain, kind="covered").count() == 1
        assert Chain.objects.get(pk=chain.pk).interpreter == other


def test_a_group_alone_leaves_the_interpreter_of_those_who_come(
    acting, coordinator, chain, group, shift, other
):
    with acting(chain.booked_by):
        add_party(group=group, chain=chain, by=chain.booked_by, at=NOW)
    with acting(coordinator):
        assert cover(shift, other, coordinator, at=group.starts_at) == 1
    with acting(chain.booked_by):
        now = Chain.objects.get(pk=chain.pk)
        assert (now.interpreter, now.version) == (chain.interpreter, chain.version + 2)


@pytest.mark.parametrize("why", ["unwanted", "sex", "language"])
def test_a_group_stays_when_one_who_comes_may_not_have_the_other_interpreter(
    acting, coordinator, chain, group, shift, other, why
):
    by = chain.booked_by
    with acting(by):
        add_party(group=group, chain=chain, by=by, at=NOW)
        if why == "unwanted":
            UnwantedInterpreterFactory(party=chain.party, interpreter=other, by=by)
        elif why == "sex":
            type(chain.party).objects.filter(pk=chain.party_id).update(interpreter_sex="F")
    if why == "language":
        other.masteries.update(language="tir")
    with acting(coordinator), pytest.raises(CannotCover):
        cover(shift, other, coordinator, at=group.starts_at)
    with acting(coordinator):
        assert GroupMeeting.objects.get(pk=group.pk).interpreter == chain.interpreter
