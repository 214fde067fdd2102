"""Saved calculations: whose they are to write and to read, by the verb and by the database's own walls."""

import pytest
from django.db import DatabaseError, transaction

from agencies.secrecy.context import NOBODY, Viewer, acting_as, viewer_of
from agencies.web.roles import NotForYourRole
from motesplats.followup.benefit.save import CalculationNotNamed, save_calculation
from motesplats.models import Calculation
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
)
from tests.moment import NOW

pytestmark = pytest.mark.django_db
KEPT = {"cases": "1000", "value_per_case": "27000", "title": "not kept twice"}


def saved(by=None) -> Calculation:
    by = by or SecretariatFactory()
    with acting_as(viewer_of(by)):
        return save_calculation(name=" The first ", assumptions=KEPT, by=by, at=NOW)


def test_it_keeps_the_assumptions_by_a_name_and_a_reference():
    found = saved()
    assert (found.name, found.made_at, found.schema) == ("The first", NOW, 1)
    assert found.assumptions == {"cases": "1000", "value_per_case": "27000"}
    assert len(found.reference) == 7


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\u202eb", "a\nb"])
def test_a_name_that_cannot_be_shown_is_refused_and_nothing_is_kept(name):
    by = SecretariatFactory()
    with acting_as(viewer_of(by)), pytest.raises(CalculationNotNamed):
        save_calculation(name=name, assumptions=KEPT, by=by, at=NOW)
    with acting_as(viewer_of(by)):
        assert not Calculation.objects.exists()


def test_only_the_secretariat_saves():
    for factory in (UserFactory, CoordinatorFactory, ManagerFactory, HostFactory):
        with pytest.raises(NotForYourRole):
            saved(factory())


def test_the_database_shows_them_to_three_roles_alone():
    saved()
    seen = {
        factory.__name__: _number(viewer_of(factory()))
        for factory in (SecretariatFactory, CoordinatorFactory, ManagerFactory, UserFactory, HostFactory)
    }
    assert list(seen.values()) == [1, 1, 1, 0, 0]
    assert [_number(viewer) for viewer in (NOBODY, Viewer(link="l", code="c"))] == [0, 0]


def _number(viewer: Viewer) -> int:
    with acting_as(viewer):
        return Calculation.objects.count()


def test_the_database_lets_nobody_change_or_remove_one():
    by = SecretariatFactory()
    found = saved(by)
    for act in (found.delete, lambda: Calculation.objects.update(name="Other")):
        with (
            acting_as(viewer_of(by)),
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            act()


def test_the_database_takes_none_in_anothers_name():
    by, other = SecretariatFactory(), SecretariatFactory()
    with acting_as(viewer_of(by)), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        Calculation.objects.create(name="Ours", assumptions={}, made_by=other, made_at=NOW)
