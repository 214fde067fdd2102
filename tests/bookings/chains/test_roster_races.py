"""A roster is edited while somebody books against it: a definite answer, and no meeting without its shift."""

from collections.abc import Callable
from datetime import time
from threading import Event

import pytest
from django.db import connection

from agencies.clock import local
from agencies.models import Shift, SiteDay, User
from agencies.rosters.absences import release_standby, report_absence
from agencies.rosters.change import change_shift, remove_shift
from agencies.rosters.days import close_day
from agencies.rosters.shifts import Duty
from bookings.chains.book import book_chain, move_chain
from bookings.models import Chain, Party
from tests.bookings.booking_steps import FIRST, ask, book, open_days, register, signed_proposal
from tests.factories.agencies import CoordinatorFactory, UserFactory, the_site
from tests.moment import NOW
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def by() -> User:
    return UserFactory()


@pytest.fixture
def coordinator() -> User:
    return CoordinatorFactory()


@pytest.fixture
def booking(by, acting) -> Callable[[], Chain]:
    """A proposal of the one open day, to be booked."""
    open_days(FIRST)
    with acting(by):
        party = register(by)
        proposal = signed_proposal(party)
    return acting_for(
        by,
        lambda: book_chain(
            party=Party.objects.get(pk=party.pk), proposal=proposal, by=by, at=NOW, to_print=False
        ),
    )


def claims_outside_shifts() -> int:
    """Claims of desks and interpreters, whoever may see them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM free_busy held WHERE NOT EXISTS (SELECT FROM agencies_shift shift"
            " WHERE shift.resource_id = held.resource_id AND shift.state = 'approved'"
            " AND shift.starts_at <= lower(held.period) AND shift.ends_at >= upper(held.period))"
        )
        return int(cursor.fetchone()[0])


def the_shift() -> Shift:
    return Shift.objects.select_related("site_day__location__site").get(
        resource__caseworker__agency__code="FK"
    )


def remove(by: User) -> str:
    remove_shift(shift=the_shift(), by=by, at=NOW)
    return "edited"


def shorten(by: User) -> str:
    shift = the_shift()
    change_shift(shift=shift, duty=Duty(shift.resource, time(15, 30), time(16)), by=by, at=NOW)
    return "edited"


def close(by: User) -> str:
    close_day(site_day=SiteDay.objects.select_related("location__site").get(), by=by, at=NOW)
    return "edited"


def release(by: User) -> str:
    day = NOW.date()
    Shift.objects.filter(pk=the_shift().pk).update(standby_until=day)
    return "edited" if release_standby(today=day)[0] else "shift-is-booked"


@pytest.mark.parametrize("edit", [remove, shorten, close, release])
def test_one_of_the_two_is_refused(booking, coordinator, edit):
    with Together(2) as both:
        booked, edited = both.do(booking, acting_for(coordinator, lambda: edit(coordinator)))
    answers = ("booked" if isinstance(booked, Chain) else booked), edited
    assert answers in {
        ("booked", "shift-is-booked"),
        ("booked", "day-is-booked"),
        ("slot-taken", "edited"),
    }
    assert claims_outside_shifts() == 0


WAITS = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database())"


def wait_for_the_other() -> None:
    """Until another connection waits for a lock."""
    with connection.cursor() as cursor:
        for _ in range(2_000):
            # PostgreSQL remembers what it told of the others until the transaction ends, or this
            cursor.execute("SELECT pg_stat_clear_snapshot(), pg_sleep(0.005)")
            cursor.execute(WAITS)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waits.")


def test_a_chain_does_not_move_to_hours_that_a_roster_loses_meanwhile(by, coordinator, acting):
    """The roster's transaction is open while the move begins, and ends while it waits."""
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        shift = the_shift()
        (later, *_rest) = ask(chain.party, first=FIRST, last=FIRST, moving=chain, meeting="FK").options
        signed = later.proposal.sign()
    (offer,) = (one for one in later.proposal.offers if one.code == "FK")
    ends, changed = min(offer.starts_at, shift.ends_at), Event()

    def shorten_and_wait() -> str:
        duty = Duty(shift.resource, time(8, 30), local(ends).time())
        change_shift(shift=shift, duty=duty, by=coordinator, at=NOW)
        changed.set()
        wait_for_the_other()
        return "edited"

    def move_then() -> Chain:
        changed.wait()
        return move_chain(chain=chain, proposal=signed, by=by, at=NOW)

    move = acting_for(by, move_then)
    with Together(2) as both:
        edited, moved = both.do(acting_for(coordinator, shorten_and_wait), move)
    assert (edited, moved) == ("edited", "slot-taken")
    assert claims_outside_shifts() == 0


def test_whoever_falls_ill_while_somebody_books_is_booked_before_it_or_not_at_all(booking, coordinator):
    shift = the_shift()
    ill = {"resource": shift.resource, "site": the_site(), "kind": "ill", "by": coordinator, "at": NOW}
    with Together(2) as both:
        booked, absence = both.do(
            booking,
            acting_for(
                coordinator,
                lambda: report_absence(starts_at=shift.starts_at, ends_at=shift.ends_at, **ill),
            ),
        )
    assert isinstance(booked, Chain) or booked == "slot-taken"
    assert absence.pk
