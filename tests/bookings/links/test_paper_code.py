"""Verifying the paper code: each wrong one is counted, the tenth closes the code."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from bookings.links.paper_code import MOST_WRONG, CodeClosed, WrongCode, verify_code
from bookings.links.tokens import code_of, hash_of_code
from bookings.models import CodeTries, Link
from bookings.references import as_printed
from tests.factories.agencies import UserFactory

pytestmark = pytest.mark.django_db
WRONG = "34679CDF"


def type_wrong(link: Link) -> type[Exception]:
    """Type a wrong code and tell how it was refused."""
    with pytest.raises((WrongCode, CodeClosed)) as refused:
        verify_code(link=link, typed=WRONG, at=timezone.now())
    return refused.type


@pytest.mark.parametrize(
    "typed", ["k7qt 4mnp", "K7QT-4MNP", "ｋ7qt4mnp", "K٧QT٤MNP", "k۷qt۴mnp", "K1Q T4MNP"]
)
def test_a_code_may_be_typed_in_any_case_digits_and_spacing(typed):
    assert as_printed(typed) == "K7QT4MNP"


def test_the_right_code_gives_its_hash(link):
    assert verify_code(link=link, typed=code_of(link).lower(), at=timezone.now()) == hash_of_code(
        code_of(link)
    )


def test_the_tenth_wrong_code_closes_it_for_the_right_one_too(link):
    assert [type_wrong(link) for _ in range(MOST_WRONG)] == [WrongCode] * (MOST_WRONG - 1) + [CodeClosed]
    with pytest.raises(CodeClosed):
        verify_code(link=link, typed=code_of(link), at=timezone.now())


def test_a_try_stays_counted_when_the_request_is_rolled_back(link):
    for _ in range(MOST_WRONG):
        with transaction.atomic():
            type_wrong(link)
            transaction.set_rollback(True)
    with pytest.raises(CodeClosed):
        verify_code(link=link, typed=code_of(link), at=timezone.now())


def test_tries_side_by_side_are_counted_one_by_one(link):
    with ThreadPoolExecutor(8) as threads:
        refused = list(threads.map(lambda _number: type_wrong(link), range(2 * MOST_WRONG)))
    assert (refused.count(WrongCode), refused.count(CodeClosed)) == (MOST_WRONG - 1, MOST_WRONG + 1)


def test_only_the_partys_agency_sees_the_tries_and_not_even_it_changes_them(link, acting, caseworker):
    type_wrong(link)
    tries = CodeTries.objects.filter(token_hash=link.token_hash)
    assert not tries.exists()
    with acting(UserFactory(agency="AF")):
        assert not tries.exists()
    with acting(caseworker), connection.cursor() as cursor:
        assert tries.get().wrong == 1
        cursor.execute("UPDATE bookings_codetries SET wrong = 0")
        assert cursor.rowcount == 0
