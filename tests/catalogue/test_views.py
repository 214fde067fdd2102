"""What the views across the walls show."""

import pytest

from tests.catalogue.tables import rows
from tests.factories.bookings import ClaimFactory

pytestmark = pytest.mark.django_db

# What may be seen across the walls: row numbers, references and hashes, hours, and how many need what.
IN_VIEWS = {
    "checklist_parts": "agency_id came_on chain_id is_own is_shut owner_id party_id people reference site_id starts_at"
    " track_id",
    "closed_links": "cancelled_at chain_reference closes_at is_over link_id opens_at site_id token_hash version",
    "open_links": "chain_id confirmed link_id newcomer_id party_id token_hash",
    "typed_links": "chain_id confirmed generation link_id newcomer_id token_hash typed_hash",
    "party_places": "has_day party_id registered_by site_id",
    "link_parties": "chain_id housing_kind interpreter_language is_protected municipality_id owner_id",
    "link_meetings": "agency_id attendance chain_id desk ends_at meeting_id room starts_at",
    "link_summonses": "chain_id day id kind made_at version",
    "people_read_today": "person",
    "usual_reading": "people",
    "free_busy": "period resource_id starts_at",
    "due_for_retention": "action key kind",
    "expected_parties": "adult adults agency_id alone_id attendance caseworker_id caseworker_sex chain_id"
    " chain_reference checked_in_at children date ends_at extra_time infants interpreter_id interpreter_language"
    " interpreter_sex language meeting_id needs_interpreter outside_interpreter owner_id party_id party_reference"
    " room_id seniors site_day_id starts_at state step_free who",
    "order_minutes": "agency_id minutes order_id shared_by",
    "interpreted_meetings": "agency_id chain_id ends_at group_id interpreter_id language meeting_id order_id"
    " outside_interpreter site_day_id starts_at together_with_id",
    "understood_meetings": "agreement_id degree form id language meetings month site_id why",
    "known_readings": "agency_id by_link day person reading_id",
    "read_people": "party_reference person",
    "own_readings": "agency_id at person reading_id what why",
    "protected_visits": "party_id",
    "parties_here": "is_listed party_id registered_at",
    "occupied_desks": "adults agency_id attendance board_number caseworker_id chain_reference checked_in_at children"
    " ends_at interpreter_id interpreter_language is_here is_in_meeting lacks_interpreter language meeting_id"
    " outside_interpreter room_id site_day_id starts_at step_free",
    "board_meetings": "caseworker_id ends_at meeting_id site_day_id",
    "meeting_forms": "form group_id meeting_id site_day_id together",
    "site_day_loads": "parties people site_day_id",
    "site_months": "month parties people site_id",
}


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
