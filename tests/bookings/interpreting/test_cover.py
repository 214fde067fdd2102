"""An absent interpreter's meetings go to another of the pool, at the same times, all or none."""

from datetime import timedelta

import pytest

from agencies.models import Absence, Shift
from agencies.rosters.who import SiteNotYours
from agencies.web.roles import NotForYourRole
from bookings.chains.cover import CannotCover
from bookings.interpreting.cover import cover_interpreter
from bookings.models import Chain, Claim, Event
from interpreters.models import Spare
from interpreters.pool.on_shift import put_on_shift
from tests.bookings.booking_steps import FIRST, book, open_days, register
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
    return cover_interpreter(shift=shift, other=other, by=coordinator, at=at)


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
