"""No row is carried across the walls, to what is hidden from whoever writes it."""

from dataclasses import dataclass
from datetime import date
from importlib import import_module

import pytest

from agencies.secrecy.context import Viewer, acting_as, viewer_of
from bookings.models import Party
from tests.catalogue.carrying import Hidden, carried, changeable, values
from tests.catalogue.mends import taken_back
from tests.catalogue.rows import read_and_checked, row_in_each_table
from tests.catalogue.tables import walled, writable_columns
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, the_site
from tests.factories.bookings import MeetingFactory
from tests.factories.followup import typed_report
from tests.factories.reporting import write

pytestmark = pytest.mark.django_db

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
    elsewhere = CoordinatorFactory(sites=[the_site("malmo")])
    with acting(elsewhere):
        typed_report(the_site("malmo"), date(2026, 10, 6), elsewhere)
        write(the_site("malmo"), elsewhere)
    for further in (other, elsewhere):
        with acting(further):
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
    restated = {"meeting": [import_module("bookings.migrations.0036_rosters").ONLY_CHECKS_IN]}
    for name, mend in import_module("bookings.migrations.0011_checked_writes").MENDS.items():
        with taken_back(mend, *restated.get(name, [])):
            found[name] = carried_by_each(town)
    for name, key in CARRIED_BEFORE.items():
        assert found[name]["owner"] == {f"bookings_{key} INSERT", f"bookings_{key} UPDATE"}
    moved = {"bookings_meeting.chain_id UPDATE"}
    assert found["meeting"] == {"owner": moved, "manager": moved, "visited": moved}


def test_every_key_has_something_hidden_to_name(town):
    assert [target for target, found in town.hidden.items() if not found] == []


def test_of_another_agencys_row_only_the_check_in_is_changed(town):
    with acting_as(town.viewers["visited"]):
        found = {table: columns for table in walled() if (columns := changeable(table))}
    known = {table: columns & columns_of(table) for table, columns in CHECK_IN.items()}
    assert found == known


def columns_of(table: str) -> set[str]:
    return {column.strip('"') for column in writable_columns(table)}
