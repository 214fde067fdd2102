"""The constraints of every table, as Django checks them before it writes."""

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import F

RULES = [
    (model, rule)
    for model in apps.get_models()
    for rule in model._meta.constraints
    if isinstance(rule, ExclusionConstraint)
]


def named_by(expression) -> set[str]:
    """The fields that an expression of a constraint names."""
    if isinstance(expression, str):
        return {expression}
    if isinstance(expression, F):
        return {str(expression.name)}  # type: ignore[attr-defined]  # the stubs do not know it
    return set().union(*(named_by(part) for part in expression.get_source_expressions()))


@pytest.mark.parametrize(("model", "rule"), RULES, ids=[rule.name for _model, rule in RULES])
def test_a_rule_against_overlaps_names_fields_and_no_columns(model, rule):
    """Of a column `full_clean` does not know the value, and compares each row with itself."""
    named = set().union(*(named_by(expression) for expression, _operator in rule.expressions))
    assert named <= {field.name for field in model._meta.fields}
