"""Every table which leads to a person stands behind a wall."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connections, models
from django.test.utils import isolate_apps

from bookings.models import Party
from tests.catalogue.tables import (
    EVERY_COMMAND,
    PEOPLE,
    edges_of_catalogue,
    edges_of_models,
    holes,
    leading_to_people,
    person_tables,
    walled,
)

pytestmark = pytest.mark.django_db

# Tables of an agency that say nothing of anybody whom it meets.
WITHOUT_A_WALL = {
    "agencies_user": "who works where is no secret",
    "agencies_identityprovider": "read before anybody has signed in; its secret is sealed",
    "interpreters_agreement": "which contracts an agency has is public",
    "interpreters_agreement_agencies": "which contracts an agency has is public",
    "agencies_retentionrule": "what an agency keeps how long is a public decision",
    "bookings_remoterule": "in which forms an agency meets people is no secret",
    "bookings_groupmeeting": "which groups an agency holds is no secret; who comes stands behind the meetings' wall",
    "agencies_site": "which agency owns which premises is no secret",
}


def test_every_person_table_has_its_wall():
    assert holes() == {}


def test_every_agencys_table_has_its_wall_or_a_reason_to_have_none():
    known = edges_of_models(m for m in apps.get_models(include_auto_created=True) if m._meta.managed)
    of_agencies = {
        table for table, target in known | edges_of_catalogue("default") if target == "agencies_agency"
    }
    assert of_agencies - walled() == set(WITHOUT_A_WALL)


def test_nothing_of_the_admins_log_tells_of_a_person():
    """What the admin writes down are names of its own models: no person's is among them."""
    registered = {model._meta.db_table for model in admin.site._registry}
    assert not registered & person_tables()


def test_person_tables_are_found_over_any_number_of_keys():
    assert person_tables() >= PEOPLE | {"bookings_claim", "bookings_summonscopy"}
    assert not person_tables() & {"bookings_track", "bookings_attendancerule_tracks", "agencies_resource"}


@pytest.mark.django_db(databases=["default", "migrator"])
def test_a_table_without_a_wall_is_found():
    make = "CREATE TABLE notes (meeting_id bigint REFERENCES bookings_meeting)"
    with connections["migrator"].cursor() as cursor:
        cursor.execute(make)
    assert holes("migrator") == {"notes": {"ENABLE", "FORCE"} | EVERY_COMMAND}


@pytest.mark.django_db(databases=["default", "migrator"])
@pytest.mark.parametrize(
    ("breach", "hole"),
    [
        ("ALTER TABLE bookings_claim NO FORCE ROW LEVEL SECURITY", {"FORCE"}),
        ("ALTER TABLE bookings_claim DISABLE ROW LEVEL SECURITY", {"ENABLE"}),
        (
            "DROP POLICY make ON bookings_claim; DROP POLICY door_group_makes ON bookings_claim",
            {"INSERT"},
        ),
    ],
)
def test_a_hole_in_a_wall_is_found(breach, hole):
    with connections["migrator"].cursor() as cursor:
        cursor.execute(breach)
    assert holes("migrator") == {"bookings_claim": hole}


@isolate_apps("bookings")
def test_keys_without_constraint_and_many_to_many_are_followed():
    class Loose(models.Model):
        party = models.ForeignKey(Party, models.CASCADE, related_name="+", db_constraint=False)

        class Meta:
            app_label = "bookings"

    class Circle(models.Model):
        parties = models.ManyToManyField(Party, related_name="+")

        class Meta:
            app_label = "bookings"

    edges = edges_of_models([Loose, Circle, Circle.parties.through])
    assert leading_to_people(edges) - PEOPLE == {"bookings_loose", "bookings_circle_parties"}
