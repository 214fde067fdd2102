"""The viewer of a transaction: set once, read by row level security, gone at its end."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from agencies.models import Heartbeat, Municipality, Role
from agencies.secrecy.context import NOBODY, NestedContext, Viewer, acting_as, current, enter, viewer_of
from bookings.models import Newcomer, Party
from tests.factories.agencies import UserFactory, the_agency
from tests.factories.bookings import NewcomerFactory, PartyFactory


@pytest.fixture
def caseworker(db):
    return UserFactory()


@pytest.fixture
def outsider(db):
    return UserFactory(agency="AF")


@pytest.fixture
def party(caseworker, acting):
    with acting(caseworker):
        return PartyFactory(registered_by=caseworker)


@pytest.mark.django_db
def test_a_transaction_starts_with_nobody_as_viewer():
    assert current() == NOBODY


def test_the_viewer_of_a_user_has_agency_sites_and_role(caseworker, norrkoping):
    assert viewer_of(caseworker) == Viewer(
        user=caseworker.pk, agency=the_agency("MIG").pk, sites=(norrkoping.pk,), role=Role.CASEWORKER
    )


def test_acting_is_forgotten_at_the_end(caseworker, acting):
    with acting(caseworker):
        assert current() == viewer_of(caseworker)
    assert current() == NOBODY


def test_acting_is_forgotten_after_an_error(caseworker, acting):
    with pytest.raises(ZeroDivisionError), acting(caseworker):
        _ = 1 / 0
    assert current() == NOBODY


def test_acting_is_forgotten_after_a_refusal_by_the_database(party, acting):
    with pytest.raises(IntegrityError), acting(party.registered_by):
        PartyFactory(registered_by=party.registered_by, reference=party.reference)
    assert current() == NOBODY


def test_a_second_viewer_in_one_transaction_is_refused(caseworker, outsider, acting):
    with acting(caseworker):
        with pytest.raises(NestedContext), acting(outsider):
            pass
        assert current() == viewer_of(caseworker)


def test_the_same_viewer_again_changes_nothing(party, acting):
    with acting(party.registered_by):
        with acting(party.registered_by):
            pass
        assert Party.objects.get() == party


@pytest.mark.django_db(transaction=True)
def test_entering_needs_a_transaction():
    with pytest.raises(NestedContext):
        enter(Viewer(user=1))


@pytest.mark.django_db(transaction=True)
def test_nothing_leaks_into_the_connections_next_transaction(acting):
    caseworker = UserFactory()
    with acting(caseworker):
        PartyFactory(registered_by=caseworker)
    with transaction.atomic():
        assert current() == NOBODY
        assert not Party.objects.exists()


@pytest.mark.django_db
def test_tests_that_commit_leave_nothing_behind():
    """Whether it runs before or after the two above: the reference data is complete, and nothing else is there."""
    assert not Heartbeat.objects.exists()
    assert the_agency("KOM") == Municipality.objects.get(code="0581").agency


def test_the_owner_sees_its_party(party, acting):
    with acting(party.registered_by):
        assert Party.objects.get() == party
        assert party.members.count() == 4


def test_nobody_sees_a_party(party):
    assert not Party.objects.exists()
    assert not Newcomer.objects.exists()


def test_another_agency_sees_nothing(party, outsider, acting):
    with acting(outsider):
        assert not Party.objects.exists()
        assert not Newcomer.objects.exists()


def test_a_municipality_sees_nothing_of_another_municipality(acting, db):
    here = UserFactory(agency=the_agency("KOM", municipality="0581"))
    there = UserFactory(agency=the_agency("KOM", municipality="0580"))
    with acting(here):
        PartyFactory(registered_by=here)
    with acting(there):
        assert not Party.objects.exists()


def test_another_agency_changes_and_deletes_nothing(party, outsider, acting):
    with acting(outsider):
        assert Party.objects.filter(pk=party.pk).update(phone="070-174 06 05") == 0
        assert Party.objects.filter(pk=party.pk).delete()[0] == 0
    with acting(party.registered_by):
        assert Party.objects.get().phone == ""


def test_a_party_cannot_be_created_for_another_agency(caseworker, outsider, acting):
    with pytest.raises(ProgrammingError, match="row-level security"), acting(outsider):
        PartyFactory(registered_by=caseworker)


def test_a_party_cannot_be_moved_to_another_agency(party, acting):
    with pytest.raises(ProgrammingError, match="stays with its agency"), acting(party.registered_by):
        Party.objects.update(owner=the_agency("AF"))


def test_nobody_can_be_added_to_another_agencys_party(party, outsider, acting):
    with pytest.raises(ProgrammingError, match="row-level security"), acting(outsider):
        NewcomerFactory(party=party)


def test_the_newcomers_link_reads_and_never_writes(party, acting):
    with acting_as(Viewer(link="0" * 64)):
        assert not Party.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM open_links")
            assert cursor.fetchone() == (0,)
