"""Tries to carry rows across the walls: each key that a viewer may write is set to a row hidden from that viewer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import Error, connection, models, transaction

# Keys that are no foreign keys: the column, and the hidden column that it may not name.
FURTHER_KEYS = {
    ("agencies_reading", "person"): ("bookings_newcomer", "key"),
    ("bookings_codetries", "token_hash"): ("bookings_link", "token_hash"),
    ("bookings_claim", "resource_id"): ("bookings_party", "resource_id"),
}
# By a wall or a trigger, by a foreign key, by a trigger of pgtrigger.
REFUSED = {"42501", "23503", "P0001"}
# Another value than the column's own. Foreign keys are deferred, so that any number will do.
ANOTHER = {
    "bool": "NOT coalesce({0}, false)",
    "date": "coalesce({0}, current_date) + 1",
    "int2": "coalesce({0}, 0) + 1",
    "int4": "coalesce({0}, 0) + 1",
    "int8": "coalesce({0}, 0) + 1",
    "jsonb": "'[\"another\"]'",
    "timestamptz": "coalesce({0}, now()) + interval '1 minute'",
    "varchar": "'x'",
    "text": "'x'",
    "uuid": "gen_random_uuid()",
}
Hidden = dict[tuple[str, str], list[Any]]  # by table and column


@dataclass(frozen=True)
class Key:
    """A column that names a row of another table."""

    table: str
    column: str
    target: tuple[str, str]


def walled_models(tables: set[str]) -> dict[str, type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in found if model._meta.db_table in tables}


def keys(table: str, tables: set[str]) -> list[Key]:
    """The foreign keys of a table to walled ones, with or without a constraint, and its further keys."""
    found = [
        Key(table, str(field.column), (field.related_model._meta.db_table, str(field.target_field.column)))
        for field in walled_models(tables)[table]._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model._meta.db_table in tables
    ]
    further = [Key(*place, target) for place, target in FURTHER_KEYS.items() if place[0] == table]
    return found + further


def values(tables: set[str]) -> Hidden:
    """What the viewer sees of every column that a key may name."""
    named = {key.target for table in walled_models(tables) for key in keys(table, tables)}
    return {(table, column): _column(f"SELECT {column} FROM {table}") for table, column in named}


def carried(tables: set[str], hidden: Hidden) -> set[str]:
    """The keys that the viewer may set to a hidden row, in a row changed or made: "table.column UPDATE"."""
    return {
        f"{key.table}.{key.column} {command}"
        for table, model in walled_models(tables).items()
        for key in keys(table, tables)
        for value in hidden.get(key.target, [])
        for command, found in (
            ("UPDATE", _changes(model, key, value)),
            ("INSERT", _inserts(model, key, value)),
        )
        if any(found)
    }


def changeable(table: str) -> set[str]:
    """The columns that the viewer may change in some row of the table."""
    found = _column(f"SELECT attname || ' ' || typname {FROM_COLUMNS}", table)
    pairs = [pair.split() for pair in found]
    return {
        column
        for column, kind in pairs
        if kind in ANOTHER and _passes(f'UPDATE {table} SET "{column}" = {ANOTHER[kind].format(column)}')
    }


FROM_COLUMNS = (
    "FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid WHERE attrelid = %s::regclass AND attnum > 0"
    " AND NOT attisdropped AND attgenerated = ''"
)


def _changes(model: type[models.Model], key: Key, value: Any) -> Iterator[bool]:
    """Each row that may be changed, and all at once, which asks for no right to read."""
    set_key = f"UPDATE {key.table} SET {key.column} = %s"
    yield _passes(set_key, value)
    own = model._meta.pk.column
    for row in _changed(f"UPDATE {key.table} SET {own} = {own} RETURNING {own}"):
        yield _passes(f"{set_key} WHERE {own} = %s", value, row)


def _inserts(model: type[models.Model], key: Key, value: Any) -> Iterator[bool]:
    """A copy of each row that is seen, if it could be made, with the key changed."""
    columns = ", ".join(f'"{name}"' for name in _column(f"SELECT attname {FROM_COLUMNS}", key.table))
    insert = (
        f"INSERT INTO {key.table} ({columns}) OVERRIDING SYSTEM VALUE"
        f" SELECT {columns} FROM jsonb_populate_record(NULL::{key.table}, %s)"
    )
    for text in _column(f"SELECT to_jsonb(t)::text FROM {key.table} t"):
        copy = json.loads(text) | _fresh(model)
        if _passes(insert, json.dumps(copy)):
            yield _passes(insert, json.dumps(copy | {key.column: value}, default=str))


def _fresh(model: type[models.Model]) -> dict[str, Any]:
    """New values for what only one row may have; a key that is drawn is far from those in use."""
    drawn = uuid4()
    made: dict[type, Any] = {
        models.AutoField: drawn.int % 2**31,
        models.BigAutoField: drawn.int % 2**62,
        models.UUIDField: str(drawn),
        models.CharField: drawn.hex,
    }
    return {
        str(field.column): made[type(field)][: field.max_length]
        if isinstance(field, models.CharField)
        else made[type(field)]
        for field in model._meta.local_fields
        if field.unique and type(field) in made
    }


def _passes(statement: str, *parameters: Any) -> bool:
    """Whether no wall refuses the statement; undone again. An error of another kind comes behind the walls."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            done = cursor.rowcount > 0
            transaction.set_rollback(True)
    except Error as error:
        return getattr(error.__cause__, "pgcode", "") not in REFUSED
    return done


def _changed(statement: str) -> list[Any]:
    try:
        with transaction.atomic():
            found = _column(statement)
            transaction.set_rollback(True)
    except Error:
        return []
    return found


def _column(statement: str, *parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]
