"""A family's booked day at Norrköping, the agencies that meet it, and its own link with the paper code."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.models import User
from agencies.secrecy.context import Viewer
from bookings.links.tokens import token_of
from bookings.models import Chain, Disclosure, Meeting
from bookings.visits.disclose import disclose
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import UserFactory


@pytest.fixture(autouse=True)
def _clock(clock) -> None:
    """Every test of this app has its clock stand still."""


@pytest.fixture
def owner(db) -> User:
    return UserFactory()


@pytest.fixture
def chain(owner, acting) -> Chain:
    open_days(FIRST)
    with acting(owner):
        return book(register(owner), owner)


@pytest.fixture
def desk(chain, owner, acting) -> Callable[[str], User]:
    """Gives, for an agency's code, the caseworker whom the chain's party meets there."""

    def at(code: str) -> User:
        with acting(owner):
            meeting = Meeting.objects.select_related("caseworker__agency").get(agency__code=code)
        user: User = meeting.caseworker
        return user

    return at


@pytest.fixture
def fk(desk: Callable[[str], User]) -> User:
    return desk("FK")


@pytest.fixture
def af(desk: Callable[[str], User]) -> User:
    return desk("AF")


@pytest.fixture
def token(chain, owner, acting) -> str:
    with acting(owner):
        return token_of(chain.links.first())


@pytest.fixture
def holder(chain, owner, acting) -> Viewer:
    """The holder of an adult's link who has typed the paper code."""
    with acting(owner):
        link = chain.links.first()
    return Viewer(link=link.token_hash, code=link.code_hash)


@pytest.fixture
def open_to(chain, acting) -> Callable[..., None]:
    """Open a category of the chain's party from one agency to another."""

    def opened(recipient: User, *, by: User, category: str = "checklist", days: int = 30) -> None:
        assert by.agency is not None
        assert recipient.agency is not None
        with acting(by):
            disclose(
                party_id=chain.party_id,
                newcomer_id=None,
                discloser=by.agency,
                agency=recipient.agency,
                site=chain.site_day.location.site,
                category=Disclosure.Category(category),
                source=Disclosure.Source.CONSENT,
                until=timezone.now() + timedelta(days=days),
                at=timezone.now(),
            )

    return opened
