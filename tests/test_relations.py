"""Relations run downwards, as imports do; import-linter sees neither string keys nor reverse names."""

from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from agencies.models import Site

FLOORS = ("agencies", "interpreters", "bookings", "checklists", "motesplats")


def relations(found: Iterable[type[models.Model]]) -> Iterator[models.Field]:
    """Every foreign key, one-to-one and many-to-many that our models declare."""
    for model in found:
        if model._meta.app_label in FLOORS:
            declared = [*model._meta.local_fields, *model._meta.local_many_to_many]
            yield from (field for field in declared if field.remote_field)


def faults(found: Iterable[type[models.Model]]) -> list[str]:
    return [f"{field}: {fault}" for field in relations(found) if (fault := fault_of(field))]


def fault_of(field: models.Field) -> str | None:
    assert field.related_model
    assert field.remote_field
    here, there = field.model._meta.app_label, field.related_model._meta.app_label
    if there not in FLOORS or there == here:
        return None
    if FLOORS.index(there) > FLOORS.index(here):
        return f"{here} points up to {there}; let the higher row hold the key"
    if not (field.remote_field.related_name or "").endswith("+"):
        return f'{there} would grow a way up to {here}; say related_name="+"'
    return None


def test_relations_run_downwards():
    assert faults(apps.get_models(include_auto_created=False)) == []


def test_every_app_of_the_house_has_its_floor():
    ours = {app.label for app in apps.get_app_configs() if "site-packages" not in app.path}
    assert ours == set(FLOORS)


def test_there_are_relations_to_look_at():
    assert len(list(relations(apps.get_models()))) > 30


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        (models.ForeignKey("bookings.Party", models.CASCADE, related_name="+"), "points up"),
        (models.OneToOneField("bookings.Party", models.CASCADE, related_name="+"), "points up"),
        (models.ManyToManyField("bookings.Party", related_name="+"), "points up"),
        (models.ForeignKey(Site, models.CASCADE, related_name="agreements"), "grow a way up"),
        (models.ManyToManyField(Site, related_name="agreements"), "grow a way up"),
    ],
)
def test_a_relation_that_runs_upwards_is_found(key, fault):
    with isolate_apps("agencies", "interpreters", "bookings"):

        class Party(models.Model):
            class Meta:
                app_label = "bookings"

        class Agreement(models.Model):
            relation = key

            class Meta:
                app_label = "interpreters"

        assert [fault in text for text in faults([Party, Agreement])] == [True]
