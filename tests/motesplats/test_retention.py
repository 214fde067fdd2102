"""Retention: every model has its rule, and the night does what the rules say and nothing else."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from agencies.models import RetentionRule
from tests.test_catalogue import person_tables

pytestmark = pytest.mark.django_db

ACTS = {RetentionRule.Action.ANONYMISE, RetentionRule.Action.DELETE}


def kept_models() -> dict[str, str]:
    """Each model that has rows of its own, with its table."""
    found = apps.get_models(include_auto_created=True)
    return {m._meta.label_lower: m._meta.db_table for m in found if m._meta.managed and not m._meta.proxy}


def rules() -> dict[str, RetentionRule]:
    return {rule.data_type: rule for rule in RetentionRule.objects.filter(agency=None)}


def test_every_model_has_a_rule_and_every_rule_a_model():
    assert set(kept_models()) ^ set(rules()) == set(), "Give it a line in agencies/data/retention.csv."


def test_what_leads_to_a_person_is_not_called_impersonal():
    leads = person_tables()
    impersonal = {rule.data_type for rule in rules().values() if not rule.holds_persons}
    assert {label for label, table in kept_models().items() if table in leads} & impersonal == set()


def test_what_follows_has_something_to_follow():
    found = rules()
    follows = {rule.follows for rule in found.values() if rule.action == RetentionRule.Action.FOLLOW}
    assert {label for label in follows if found[label].action == RetentionRule.Action.FOLLOW} == set()


def test_what_is_kept_says_why_and_what_is_not_names_a_decision():
    for rule in rules().values():
        assert rule.decision if rule.action in ACTS else rule.follows or rule.why, rule


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"action": "delete", "since": "made", "is_decided": True}, "rests_on_a_decision"),
        ({"action": "delete"}, "counts_from_a_date"),
        ({"action": "follow"}, "says_what_it_follows"),
        ({"action": "keep", "follows": "bookings.party"}, "says_what_it_follows"),
        ({"action": "keep", "valid_to": "2020-01-01"}, "begins_before_it_ends"),
    ],
)
def test_the_database_refuses_a_rule_without_a_ground(fields, constraint):
    with pytest.raises(IntegrityError, match=f"retention_rule_{constraint}"), transaction.atomic():
        RetentionRule.objects.create(data_type="bookings.track", valid_from="2026-01-01", **fields)
