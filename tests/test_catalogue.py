"""The database's own catalogue says that every table which leads to a person stands behind a wall."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import ProgrammingError, connection, connections, models, transaction
from django.db.migrations import RunSQL
from django.test.utils import isolate_apps
from django.utils import timezone

from agencies.models import Reading, SpotCheck, User
from agencies.read_log.log import log_reading
from agencies.secrecy.context import NOBODY, Viewer, acting_as, viewer_of
from bookings.models import Chain, Disclosure, Meeting, Newcomer, Party
from tests.carrying import Hidden, carried, changeable, values
from tests.database import as_migrator
from tests.factories.agencies import ManagerFactory, UserFactory
from tests.factories.bookings import (
    AttendanceEventFactory,
    ChainFactory,
    ClaimFactory,
    DisclosureFactory,
    EventFactory,
    ExtractFactory,
    LinkFactory,
    MeetingFactory,
    OpeningFactory,
    PartyFactory,
    SealedIdentityFactory,
    SealedWordFactory,
    StopChoiceFactory,
    SummonsCopyFactory,
    SummonsFactory,
    change_something,
)
from tests.factories.checklists import (
    ChecklistFactory,
    ConsentEventFactory,
    NoteFactory,
    ReferralFactory,
    ReferralKindFactory,
    TickFactory,
)

pytestmark = pytest.mark.django_db

PEOPLE = {"bookings_party", "bookings_newcomer"}
# Tables of an agency that say nothing of anybody whom it meets.
WITHOUT_A_WALL = {
    "agencies_user": "who works where is no secret",
    "agencies_identityprovider": "read before anybody has signed in; its secret is sealed",
    "agencies_retentionrule": "what an agency keeps how long is a public decision",
}
EVERY_COMMAND = {"SELECT", "INSERT", "UPDATE", "DELETE"}
# What may be seen across the walls: row numbers, references and hashes, hours, and how many need what.
IN_VIEWS = {
    "checklist_parts": "agency_id came_on chain_id is_own is_shut owner_id party_id people reference site_id starts_at"
    " track_id",
    "closed_links": "cancelled_at chain_reference closes_at is_over link_id opens_at site_id token_hash version",
    "open_links": "chain_id confirmed link_id newcomer_id party_id token_hash",
    "party_places": "has_day party_id registered_by site_id",
    "people_read_today": "person",
    "usual_reading": "people",
    "free_busy": "period resource_id starts_at",
    "due_for_retention": "action key kind",
    "expected_parties": "adults agency_id attendance caseworker_id caseworker_sex chain_id chain_reference"
    " checked_in_at children date ends_at extra_time infants interpreter_id interpreter_language interpreter_sex"
    " language meeting_id needs_interpreter outside_interpreter owner_id party_id party_reference room_id seniors"
    " site_day_id starts_at state step_free who",
    "figures": "cancelled meetings month parties people site_id",
    "known_readings": "agency_id by_link day person reading_id",
    "read_people": "party_reference person",
    "own_readings": "agency_id at person reading_id what why",
    "protected_visits": "party_id",
    "parties_here": "is_listed party_id",
    "occupied_desks": "agency_id board_number caseworker_id chain_reference checked_in_at ends_at meeting_id room_id"
    " site_day_id starts_at",
}


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


def row_in_each_table(user: User) -> Chain:
    """A booked family of the user's agency, with one row at least in every person table."""
    party = PartyFactory(registered_by=user)
    StopChoiceFactory(party=party)
    DisclosureFactory(party=party)
    SealedIdentityFactory(party=party)
    SealedWordFactory(party=party)
    OpeningFactory(party=party)
    chain = ChainFactory(party=party)
    meeting = MeetingFactory(chain=chain)
    ClaimFactory(meeting=meeting)
    AttendanceEventFactory(meeting=meeting)
    EventFactory(party=party, chain=chain)
    ExtractFactory(newcomer=party.members.first())
    for changed in (Party, Newcomer, Chain, Meeting, Disclosure):
        change_something(changed)
    SummonsCopyFactory(summons=SummonsFactory(chain=chain), link=LinkFactory(chain=chain))
    NoteFactory(party=party)
    ConsentEventFactory(party=party)
    checklist = ChecklistFactory(chain=chain)
    TickFactory(checklist=checklist, ticked_by=user)
    kind = ReferralKindFactory(starters=[party.owner.code])
    ReferralFactory(checklist=checklist, kind=kind, referred_by=user)
    return chain


@pytest.fixture
def chain(acting):
    user = UserFactory()
    with acting(user):
        return row_in_each_table(user)


def test_every_person_table_has_its_wall():
    assert holes() == {}


def walled() -> set[str]:
    query = "SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    return {table for (table,) in rows(query)}


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
        ("DROP POLICY make ON bookings_claim", {"INSERT"}),
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


def writable_columns(table: str) -> list[str]:
    query = (
        "SELECT quote_ident(attname) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
    )
    return [name for (name,) in rows(query, table)]


# Whoever shows a person writes that down, also of somebody whom the walls hide from the writer.
MAY_NAME_ANYBODY = {"agencies_reading.person INSERT"}
CARRIED_BEFORE = {
    "event": "event.chain_id",
    "disclosure": "disclosure.newcomer_id",
    "link": "link.newcomer_id",
    "copy": "summonscopy.link_id",
    "claim": "claim.resource_id",
}
CHECK_IN = {"bookings_meeting": {"checked_in_at", "checked_in_by_id", "attendance"}}


@dataclass(frozen=True)
class Town:
    """A party in all tables, whom another agency meets; each kind of viewer of it; and what is hidden from them all."""

    viewers: dict[str, Viewer]
    hidden: Hidden


@pytest.fixture
def town(acting, chain) -> Town:
    manager, visited = ManagerFactory(), UserFactory(agency="AF")
    with acting(chain.booked_by):
        link = chain.links.get()
        chain.links.update(code_hash="c" * 64)
        MeetingFactory(chain=chain, caseworker=visited)
        party = chain.party
    with acting(manager):
        read_and_checked(party, manager)
    other, other_manager = UserFactory(agency="KOM"), ManagerFactory(agency="KOM")
    with acting(other):
        row_in_each_table(other)
    with acting(other_manager):
        read_and_checked(Party.objects.get(), other_manager)
        hidden = values(walled())
    with acting(other):
        hidden = {key: sorted({*found, *values(walled())[key]}, key=str) for key, found in hidden.items()}
    holder = Viewer(link=link.token_hash, code="c" * 64)
    return Town(
        {
            "owner": viewer_of(chain.booked_by),
            "manager": viewer_of(manager),
            "visited": viewer_of(visited),
            "holder": holder,
            "night": Viewer(role="retention"),
        },
        hidden,
    )


def read_and_checked(party: Party, manager: User) -> None:
    log_reading(
        people=[party.members.all()[0].key],
        what=Reading.What.PAGE,
        why=Reading.Why.CASEWORK,
        at=timezone.now(),
    )
    assert manager.agency
    SpotCheck.objects.create(
        reading=Reading.objects.latest("pk"),
        agency=manager.agency,
        verdict=SpotCheck.Verdict.CHECKED,
        initials="TT",
        by=manager,
        at=timezone.now(),
    )


def carried_by_each(town: Town) -> dict[str, set[str]]:
    """What each kind of viewer may carry across the walls."""
    found = {}
    for kind, viewer in town.viewers.items():
        with acting_as(viewer):
            found[kind] = carried(walled(), town.hidden) - MAY_NAME_ANYBODY
    return {kind: holes for kind, holes in found.items() if holes}


def test_no_row_is_carried_to_what_is_hidden_from_the_viewer(town):
    assert carried_by_each(town) == {}


@pytest.mark.django_db(transaction=True)
def test_what_the_first_policies_let_be_carried_is_found(town):
    """Each mend is taken back: a check that cannot fail is none."""
    found = {}
    for name, mend in import_module("bookings.migrations.0011_checked_writes").MENDS.items():
        with taken_back(mend):
            found[name] = carried_by_each(town)
    for name, key in CARRIED_BEFORE.items():
        assert found[name]["owner"] == {f"bookings_{key} INSERT", f"bookings_{key} UPDATE"}
    moved = {"bookings_meeting.chain_id UPDATE"}
    assert found["meeting"] == {"owner": moved, "manager": moved, "visited": moved}


@contextmanager
def taken_back(mend: RunSQL) -> Iterator[None]:
    with as_migrator() as cursor:
        cursor.execute(str(mend.reverse_sql))
    try:
        yield
    finally:
        with as_migrator() as cursor:
            cursor.execute(str(mend.sql))


def test_every_key_has_something_hidden_to_name(town):
    assert [target for target, found in town.hidden.items() if not found] == []


def test_of_another_agencys_row_only_the_check_in_is_changed(town):
    with acting_as(town.viewers["visited"]):
        found = {table: columns for table in walled() if (columns := changeable(table))}
    known = {table: columns & columns_of(table) for table, columns in CHECK_IN.items()}
    assert found == known


def columns_of(table: str) -> set[str]:
    return {column.strip('"') for column in writable_columns(table)}


def test_the_tests_run_as_the_apps_role():
    assert rows("SELECT current_user, session_user") == [("motesplats_app", "motesplats_app")]


def test_the_apps_role_stands_above_no_wall():
    query = (
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    )
    assert rows(query) == [(False, False, False, False)]
    others = "SELECT rolname FROM pg_roles WHERE rolname <> current_user AND pg_has_role(oid, 'MEMBER')"
    assert rows(others) == []


def test_the_apps_role_owns_nothing():
    assert rows("SELECT relname FROM pg_class WHERE relowner = current_user::regrole") == []
    assert rows("SELECT has_schema_privilege('public', 'CREATE')") == [(False,)]


def test_the_apps_role_truncates_nothing():
    tables = rows(
        "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND has_table_privilege(oid, 'TRUNCATE, REFERENCES, TRIGGER')"
    )
    assert tables == []
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE bookings_party CASCADE")


def test_views_across_the_walls_show_what_is_listed_and_nothing_more():
    columns = rows(
        "SELECT relname, string_agg(attname::text, ' ' ORDER BY attname)"
        " FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
        " WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace AND attnum > 0 GROUP BY relname"
    )
    assert dict(columns) == IN_VIEWS


def test_views_across_the_walls_belong_to_a_role_that_cannot_sign_in():
    owners = rows(
        "SELECT DISTINCT rolname, rolcanlogin, rolsuper, rolbypassrls"
        " FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner"
        " WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace"
    )
    assert owners == [("motesplats_views", False, False, False)]


def test_free_busy_shows_desks_to_everybody_and_parties_to_nobody(chain, acting):
    with acting(chain.booked_by):
        ClaimFactory(meeting=chain.meetings.get(), resource=chain.party.resource)
    assert rows("SELECT resource_id FROM free_busy") == [(chain.booked_by.resource_id,)]


def test_open_links_shows_the_one_link_whose_token_is_held(chain, acting):
    with acting(chain.booked_by):
        link = chain.links.get()
        LinkFactory(chain=chain, newcomer=chain.party.members.last())
    assert rows("SELECT * FROM open_links") == []
    with acting_as(type(NOBODY)(link=link.token_hash)):
        assert rows("SELECT chain_id FROM open_links") == [(chain.pk,)]


NEED_THE_CODE = ("bookings_newcomer", "bookings_stopchoice", "bookings_event")


def test_without_the_paper_code_a_link_leads_to_no_names(chain, acting):
    with acting(chain.booked_by):
        link = chain.links.get()
        chain.links.update(code_hash="c" * 64)
    found = {}
    for code in ("", "d" * 64, "c" * 64):
        with acting_as(Viewer(link=link.token_hash, code=code)):
            found[code] = [bool(rows(f"SELECT FROM {table}")) for table in NEED_THE_CODE]
            assert rows("SELECT id FROM bookings_chain") == [(chain.pk,)]
    assert list(found.values()) == [[False] * 3, [False] * 3, [True] * 3]


@pytest.mark.django_db(transaction=True)
def test_the_first_policy_showed_names_to_whoever_had_the_token(chain, acting):
    """The mend is taken back: a check that cannot fail is none."""
    with acting(chain.booked_by):
        link = chain.links.get()
    with (
        taken_back(import_module("bookings.migrations.0020_names_need_the_code").NAMES),
        acting_as(Viewer(link=link.token_hash)),
    ):
        assert rows("SELECT FROM bookings_newcomer")
