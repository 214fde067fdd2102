"""For whom a transaction acts: told once, seen by the database, forgotten at the end."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from agencies.models import Heartbeat, Role
from agencies.secrecy.context import NOBODY, NestedContext, Viewer, acting_as, current, enter, viewer_of
from bookings.models import Newcomer, Party
from tests.factories.agencies import UserFactory, the_agency
from tests.factories.bookings import NewcomerFactory, PartyFactory


@pytest.fixture
def caseworker(db):
    return UserFactory()


@pytest.fixture
def foreigner(db):
    return UserFactory(agency="AF")


@pytest.fixture
def party(caseworker, acting):
    with acting(caseworker):
        return PartyFactory(registered_by=caseworker)


@pytest.mark.django_db
def test_nobody_unless_told():
    assert current() == NOBODY


def test_a_user_becomes_a_viewer(caseworker, norrkoping):
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


def test_a_second_viewer_in_one_transaction_is_refused(caseworker, foreigner, acting):
    with acting(caseworker):
        with pytest.raises(NestedContext), acting(foreigner):
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
    """Runs in any order with the two above: the reference data is whole, and nobody else is there."""
    assert not Heartbeat.objects.exists()
    assert the_agency("KOM").municipality.code == "0581"


def test_the_owner_sees_its_party(party, acting):
    with acting(party.registered_by):
        assert Party.objects.get() == party
        assert party.members.count() == 4


def test_nobody_sees_a_party(party):
    assert not Party.objects.exists()
    assert not Newcomer.objects.exists()


def test_another_agency_sees_nothing(party, foreigner, acting):
    with acting(foreigner):
        assert not Party.objects.exists()
        assert not Newcomer.objects.exists()


def test_a_municipality_sees_nothing_of_another_municipality(acting, db):
    here = UserFactory(agency=the_agency("KOM", municipality="0581"))
    there = UserFactory(agency=the_agency("KOM", municipality="0580"))
    with acting(here):
        PartyFactory(registered_by=here)
    with acting(there):
        assert not Party.objects.exists()


def test_another_agency_changes_and_deletes_nothing(party, foreigner, acting):
    with acting(foreigner):
        assert Party.objects.filter(pk=party.pk).update(phone="070-174 06 05") == 0
        assert Party.objects.filter(pk=party.pk).delete()[0] == 0
    with acting(party.registered_by):
        assert Party.objects.get().phone == ""


def test_a_party_is_not_made_in_another_agencys_name(caseworker, foreigner, acting):
    with pytest.raises(ProgrammingError, match="row-level security"), acting(foreigner):
        PartyFactory(registered_by=caseworker)


def test_a_party_is_not_given_away(party, acting):
    with pytest.raises(ProgrammingError, match="row-level security"), acting(party.registered_by):
        Party.objects.update(owner=the_agency("AF"))


def test_nobody_is_added_to_another_agencys_party(party, foreigner, acting):
    with pytest.raises(ProgrammingError, match="row-level security"), acting(foreigner):
        NewcomerFactory(party=party)


def test_the_newcomers_link_reads_and_never_writes(party, acting):
    with acting_as(Viewer(link="0" * 64)):
        assert not Party.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM open_links")
            assert cursor.fetchone() == (0,)
