"""Raw SQL names tables of its own app only; another app's are read through that app's queries."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.test_house import APPS, sources

IN_SQL = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO|TABLE|ONLY|USING)\s+\"?(\w+)", re.IGNORECASE)
OWNERS = {
    model._meta.db_table: model._meta.app_label
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label in APPS
}
# Django's sessions are no app's; the nightly DELETE joins them with the rule that says how long they are kept.
EXCEPTIONS = {("motesplats/retention.py", "agencies_retentionrule")}


def tables_named(tree: ast.Module) -> Iterator[str]:
    """Every table of ours that a string names after one of SQL's words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (match[1] for match in IN_SQL.finditer(node.value) if match[1] in OWNERS)


def foreign_tables(path: Path, tree: ast.Module) -> set[tuple[str, str]]:
    """The tables of other apps that the module's SQL names, each with the module's path."""
    return {(str(path), table) for table in tables_named(tree) if OWNERS[table] != path.parts[0]}


def test_no_sql_names_a_table_of_another_app():
    found = {fault for path, tree in sources(*APPS) for fault in foreign_tables(path, tree)}
    assert found == EXCEPTIONS, "Call a query of the app that owns the table."


@pytest.mark.parametrize(
    "code",
    [
        'SQL = "SELECT id FROM agencies_shift"',
        'SQL = """\n    SELECT 1 FROM bookings_claim\n    LEFT JOIN agencies_break rest ON true\n"""',
        'SQL = "UPDATE interpreters_interpreter SET name = %s"',
        "SQL = 'INSERT INTO \"agencies_break\" (id) VALUES (1)'",
        'SQL = f"DELETE FROM agencies_shift WHERE {condition}"',
        'SQL = "truncate table checklists_step"',
    ],
)
def test_sql_on_another_apps_table_is_found(code):
    assert len(foreign_tables(Path("bookings/availability/claims.py"), ast.parse(code))) == 1


def test_sql_on_the_apps_own_table_is_allowed():
    tree = ast.parse('SQL = "SELECT id FROM bookings_claim JOIN free_busy ON true"')
    assert foreign_tables(Path("bookings/availability/claims.py"), tree) == set()


def test_the_modules_are_searched():
    named = {table for _path, tree in sources(*APPS) for table in tables_named(tree)}
    assert {"agencies_shift", "bookings_claim", "interpreters_mastery"} <= named
