"""What each kind of viewer sees, changes and removes of every table that leads to a person."""

from importlib import import_module

import pytest
from django.db import ProgrammingError, transaction

from agencies.secrecy.context import NOBODY, Viewer, acting_as
from tests.catalogue.mends import taken_back
from tests.catalogue.tables import person_tables, rows, writable_columns
from tests.factories.agencies import UserFactory
from tests.factories.bookings import LinkFactory

pytestmark = pytest.mark.django_db


def test_without_a_viewer_every_person_table_is_empty(chain):
    for table in person_tables():
        assert rows(f"SELECT * FROM {table}") == []


def test_the_owner_sees_a_row_of_each(chain, acting):
    with acting(chain.booked_by):
        empty = {table for table in person_tables() if not rows(f"SELECT FROM {table} LIMIT 1")}
    assert empty == set()


def test_another_agency_sees_changes_and_removes_nothing(chain, acting):
    with acting(UserFactory(agency="AF")):
        for table in person_tables():
            assert rows(f"SELECT * FROM {table}") == []
            assert changed_and_removed(table) == []


def test_the_holder_of_a_link_changes_and_removes_nothing(chain, acting):
    with acting(chain.booked_by):
        link = chain.links.get()
    viewer = type(NOBODY)(link=link.token_hash)
    for table in person_tables():
        with acting_as(viewer):
            assert changed_and_removed(table) == []


def changed_and_removed(table: str) -> list[tuple]:
    """What the viewer can touch of a table, by its key."""
    ((key,),) = rows(
        "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]"
        " WHERE indrelid = %s::regclass AND indisprimary",
        table,
    )
    changed = rows(f"UPDATE {table} SET {key} = {key} RETURNING {key}")
    return changed + rows(f"DELETE FROM {table} RETURNING {key}")


def test_a_copied_row_is_refused_to_another_agency(chain, acting):
    copies = {}
    with acting(chain.booked_by):
        for table in person_tables():
            copies[table] = rows(f"SELECT row_to_json(t)::text FROM {table} t LIMIT 1")[0][0]
    with acting(UserFactory(agency="AF")):
        for table, row in copies.items():
            columns = ", ".join(writable_columns(table))
            copy = f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM json_populate_record"
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                rows(f"{copy}(NULL::{table}, %s)", row)


def test_open_links_shows_the_one_link_whose_token_is_held(chain, acting):
    with acting(chain.booked_by):
        link = chain.links.get()
        LinkFactory(chain=chain, newcomer=chain.party.members.last())
    assert rows("SELECT * FROM open_links") == []
    with acting_as(type(NOBODY)(link=link.token_hash)):
        assert rows("SELECT chain_id FROM open_links") == [(chain.pk,)]


NEED_THE_CODE = (
    "bookings_claim",
    "bookings_disclosure",
    "bookings_event",
    "bookings_meeting",
    "bookings_newcomer",
    "bookings_party",
    "bookings_sealedword",
    "bookings_stopchoice",
    "bookings_summons",
)


def test_without_the_paper_code_a_link_leads_to_nobody(chain, acting):
    with acting(chain.booked_by):
        link = chain.links.get()
        chain.links.update(code_hash="c" * 64)
    found = {}
    for code in ("", "d" * 64, "c" * 64):
        with acting_as(Viewer(link=link.token_hash, code=code)):
            found[code] = [bool(rows(f"SELECT FROM {table}")) for table in NEED_THE_CODE]
            assert rows("SELECT id FROM bookings_chain") == [(chain.pk,)]
            assert rows("SELECT FROM bookings_summonscopy") == []
    assert list(found.values()) == [[answer] * len(NEED_THE_CODE) for answer in (False, False, True)]


@pytest.mark.django_db(transaction=True)
def test_the_first_policy_showed_names_to_whoever_had_the_token(chain, acting):
    """The mend is taken back: a check that cannot fail is none."""
    with acting(chain.booked_by):
        link = chain.links.get()
    with (
        taken_back(import_module("bookings.migrations.0028_link_sees_little").NARROWED),
        taken_back(import_module("bookings.migrations.0020_names_need_the_code").NAMES),
        acting_as(Viewer(link=link.token_hash)),
    ):
        assert rows("SELECT FROM bookings_newcomer")
        assert rows("SELECT FROM bookings_summonscopy")
