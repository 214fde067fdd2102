"""People who are entered again are known again, and nobody learns of others' parties."""

from datetime import date

import pytest

from bookings.parties.duplicates import TypedParty, possible_duplicates
from bookings.parties.members import Member
from bookings.parties.protect import protect_party
from tests.bookings.booking_steps import register
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
BORN = date(1990, 1, 1)
LAYLA = Member("Layla", "Haddad", BORN)


def entry(*people, **told):
    return TypedParty(people or [Member("Somebody", "Else", BORN)], **told)


@pytest.mark.parametrize(
    "typed",
    [
        entry(LAYLA),
        entry(Member("LAYLÁ", "haddad", BORN)),
        entry(Member("Haddad", "Layla", BORN)),
        entry(phone="0701740605"),
        entry(case_reference="MIG-77"),
    ],
)
def test_the_same_person_telephone_or_case_is_known_again(acting, typed):
    with acting(by := UserFactory()):
        party = register(by, members=[LAYLA], phone="070-174 06 05", case_reference="MIG-77")
        assert possible_duplicates(typed) == (party.reference,)


@pytest.mark.parametrize(
    "typed",
    [
        entry(Member("Layla", "Haddad", date(1990, 1, 2))),
        entry(Member("Amal", "Haddad", BORN)),
        entry(phone="x"),
    ],
)
def test_others_of_the_same_name_or_birth_date_are_others(acting, typed):
    with acting(by := UserFactory()):
        register(by, members=[LAYLA], phone="070-174 06 05")
        assert possible_duplicates(typed) == ()


def test_who_has_one_name_is_known_again(acting):
    with acting(by := UserFactory()):
        party = register(by, members=[Member("Biniam", "", BORN)])
        assert possible_duplicates(entry(Member("biniam", "", BORN))) == (party.reference,)


def test_another_agencys_and_a_protected_party_are_not_told(acting):
    with acting(by := UserFactory(agency="AF")):
        register(by, members=[LAYLA], phone="070-174 06 05")
    with acting(by := UserFactory(agency="MIG")):
        party = register(by, members=[LAYLA], phone="070-174 06 05", case_reference="MIG-77")
        protect_party(party=party, reason="Threats from a relative", by=by, at=NOW)
        assert possible_duplicates(entry(LAYLA, phone="070-174 06 05", case_reference="MIG-77")) == ()
