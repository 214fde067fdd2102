"""Check in: once, at an agency that the chain meets."""

from datetime import timedelta

import pytest

from bookings.chains.book import NotBooked, cancel_chain
from bookings.chains.check_in import NoSuchMeeting, check_in
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


def test_the_first_time_counts(by, acting):
    open_days(FIRST)
    with acting(by):
        party = register(by)
        chain = book(party, by)
        at = chain.meetings.all()[0].starts_at
        for minutes in (0, 5):
            meeting = check_in(
                reference=chain.reference, agency="MIG", by=by, at=at + timedelta(minutes=minutes)
            )
        assert (meeting.checked_in_at, meeting.checked_in_by) == (at, by)
        assert [event.facts for event in party.events.filter(kind="checked_in")] == [{"agency": "MIG"}]
        assert chain.meetings.filter(checked_in_at=None).count() == 4


@pytest.mark.parametrize("agency", ["PM", "XXX", ""])
def test_not_where_the_party_does_not_go(by, acting, agency):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        with pytest.raises(NoSuchMeeting):
            check_in(reference=chain.reference, agency=agency, by=by, at=chain.site_day.opens_at)


def test_not_a_cancelled_day(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = cancel_chain(chain=book(register(by), by), reason="Sjuk", by=by, at=NOW)
        with pytest.raises(NotBooked):
            check_in(reference=chain.reference, agency="MIG", by=by, at=chain.site_day.opens_at)
