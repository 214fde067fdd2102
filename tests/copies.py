"""The reference data, copied to a schema beside: a test that commits gets it back without loading it from files."""

from typing import Any

from tests.database import KEPT, as_migrator

FILLED = """
    SELECT c.relname, c.relforcerowsecurity, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND pg_relation_size(c.oid) > 0
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> ALL(%s)
    GROUP BY c.oid
"""
COPIED = """
    SELECT own.relname, own.relforcerowsecurity, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    JOIN pg_class own ON own.relname = c.relname AND own.relnamespace = 'public'::regnamespace
    WHERE c.relnamespace = 'kept'::regnamespace AND a.attnum > 0
    GROUP BY own.oid
"""


def copy_reference() -> None:
    """Copy every table that has rows; before the first test only those of the reference data have any."""
    with as_migrator() as cursor:
        cursor.execute(FILLED, [list(KEPT)])
        tables = cursor.fetchall()
        copies = [
            f"CREATE TABLE kept.{table} AS SELECT {columns} FROM {table}" for table, _, columns in tables
        ]
        execute(cursor, "CREATE SCHEMA kept", *_as_owner(tables, *copies))


def restore_reference() -> None:
    """Put the copies back into empty tables; new rows are numbered on from there."""
    with as_migrator() as cursor:
        cursor.execute(COPIED)
        tables = cursor.fetchall()
        rows = [
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM kept.{table}"
            for table, _, columns in tables
        ]
        numbers = [
            f"SELECT setval(pg_get_serial_sequence('{table}', '{key}'), max({key})) FROM kept.{table}"
            for table, _, columns in tables
            for key in {"id", "pgh_id"}.intersection(columns.split(", ")[:1])
        ]
        quiet, loud = (
            [f"ALTER TABLE {table} {how} TRIGGER USER" for table, _, _ in tables]
            for how in ("DISABLE", "ENABLE")
        )
        asked = [
            *quiet,
            *rows,
            *numbers,
            "SET CONSTRAINTS ALL IMMEDIATE",
            *loud,
        ]  # history is among the copies
        execute(cursor, *_as_owner(tables, *asked))


def _as_owner(tables: list[tuple[str, bool, str]], *statements: str) -> list[str]:
    """The statements with the policies not applied to the tables' owner, which they otherwise are."""
    guarded = [table for table, is_forced, _columns in tables if is_forced]
    return [
        *(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in guarded),
        *statements,
        *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in guarded),
    ]


def execute(cursor: Any, *statements: str) -> None:
    cursor.execute("; ".join(statements))
