"""What the database's own catalogue says of tables, keys, walls and columns."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connections, models

PEOPLE = {"bookings_party", "bookings_newcomer"}
EVERY_COMMAND = {"SELECT", "INSERT", "UPDATE", "DELETE"}


def rows(query: str, *parameters: Any, using: str = "default") -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def edges_of_catalogue(using: str) -> set[tuple[str, str]]:
    """Each table with a foreign key, and the table it points to."""
    query = (
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
    )
    return set(rows(query, using=using))


def edges_of_models(found: Iterable[type[models.Model]]) -> set[tuple[str, str]]:
    """The same by Django's models, foreign keys without a constraint included, with the tables of many-to-many."""
    return {
        (model._meta.db_table, field.related_model._meta.db_table)
        for model in found
        for field in model._meta.local_fields
        if field.remote_field and isinstance(field.related_model, type)
    }


def leading_to_people(edges: set[tuple[str, str]]) -> set[str]:
    """The tables of people, and all that reach them over any number of keys."""
    found = set(PEOPLE)
    while more := {table for table, target in edges if target in found} - found:
        found |= more
    return found


def person_tables(using: str = "default") -> set[str]:
    known = edges_of_models(m for m in apps.get_models(include_auto_created=True) if m._meta.managed)
    return leading_to_people(known | edges_of_catalogue(using))


def walled() -> set[str]:
    query = "SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    return {table for (table,) in rows(query)}


def holes(using: str = "default") -> dict[str, set[str]]:
    """What each person table lacks of its wall."""
    switched = {
        table: {word for word, on in (("ENABLE", enabled), ("FORCE", forced)) if not on}
        for table, enabled, forced in rows(
            "SELECT oid::regclass::text, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relkind IN ('r', 'p')",
            using=using,
        )
    }
    policies = rows(
        "SELECT tablename, CASE cmd WHEN 'ALL' THEN command ELSE cmd END FROM pg_policies,"
        " unnest(%s) AS command WHERE roles && '{public,motesplats_app}'",
        sorted(EVERY_COMMAND),
        using=using,
    )
    lacks = {
        table: switched[table]
        | (EVERY_COMMAND - {command for guarded, command in policies if guarded == table})
        for table in person_tables(using)
    }
    return {table: parts for table, parts in lacks.items() if parts}


def writable_columns(table: str) -> list[str]:
    query = (
        "SELECT quote_ident(attname) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
    )
    return [name for (name,) in rows(query, table)]
