"""A button calls the adult whom it names: at the own telephone, or the party's, and never at another adult's."""

import pytest

from bookings.messages.call_numbers import number_answered_from, number_for
from bookings.messages.contacts import digest_of
from bookings.models import Party, Reply
from tests.bookings.booking_steps import register
from tests.bookings.messages.conftest import EMAIL, PHONE
from tests.bookings.messages.test_own_contacts import HERS, HIS, LAYLA, SALIM, own

pytestmark = pytest.mark.django_db


@pytest.fixture
def party(acting, caseworker):
    """A couple; gives the party with its members as they are said."""

    def registered(*members, **particulars) -> Party:
        return register(caseworker, members=members, **({"phone": PHONE} | particulars))

    return registered


@pytest.mark.parametrize(
    ("hers", "partys", "called", "is_of_others"),
    [
        ({"own_phone": HERS}, PHONE, HERS, False),
        ({}, PHONE, PHONE, False),
        ({"own_email": EMAIL}, PHONE, PHONE, True),
        ({"own_email": EMAIL}, "", "", True),
        ({}, "", "", False),
    ],
)
def test_an_adult_is_called_at_no_other_adults_number(
    party, acting, caseworker, hers, partys, called, is_of_others
):
    with acting(caseworker):
        family = party(own(SALIM, own_phone=HIS), own(LAYLA, **hers), phone=partys)
        call = number_for(family, family.members.get(given_name="Layla"))
        assert (call.number, call.is_of_others) == (called, is_of_others)


def test_a_family_without_a_telephone_is_called_at_the_first_own_one(party, acting, caseworker):
    with acting(caseworker):
        assert number_for(party(SALIM, own(LAYLA, own_phone=HERS), phone=""), None).number == HERS


@pytest.mark.parametrize(
    ("wrote", "called"), [(HERS, HERS), (HIS, HIS), (PHONE, PHONE), ("+46701740690", PHONE)]
)
def test_whoever_has_written_is_called_where_that_came_from(party, acting, caseworker, wrote, called):
    with acting(caseworker):
        family = party(own(SALIM, own_phone=HIS), own(LAYLA, own_phone=HERS))
        reply = Reply(party=family, sender=digest_of("sms", wrote))
        assert number_answered_from(reply).number == called
