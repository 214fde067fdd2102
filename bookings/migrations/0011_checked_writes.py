"""What a row is changed to is checked like what it was; who sees which reference at the desks; which parties are here."""

import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import belongs, id_view, question


def pair(table, name):
    """What `belongs` points to."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE (id, party_id)",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def checked(table, *, write, before):
    """Another condition for the rows that are made, and for what rows are changed to."""
    policies = "ALTER POLICY make ON {0} WITH CHECK ({1}); ALTER POLICY change ON {0} WITH CHECK ({1});"
    return migrations.RunSQL(policies.format(table, write), policies.format(table, before))


PAIRS = [
    pair("bookings_chain", "chain_with_its_party"),
    pair("bookings_newcomer", "newcomer_with_its_party"),
]

QUESTIONS = [
    question(
        "is_of_chain",
        "of_newcomer bigint, of_chain bigint",
        """EXISTS (
            SELECT FROM bookings_chain chain JOIN bookings_newcomer person ON person.party_id = chain.party_id
            WHERE chain.id = of_chain AND person.id = of_newcomer
        )""",
    ),
    question(
        "is_copy_for",
        "of_summons bigint, of_link bigint",
        """EXISTS (
            SELECT FROM bookings_summons summons JOIN bookings_link link ON link.chain_id = summons.chain_id
            WHERE summons.id = of_summons AND link.id = of_link
        )""",
    ),
    # Desks, rooms and interpreters are everybody's; a party can only be held by a meeting of its own.
    question(
        "may_hold",
        "of_meeting bigint, of_resource bigint",
        """NOT EXISTS (SELECT FROM agencies_resource WHERE id = of_resource AND kind = 'party') OR EXISTS (
            SELECT FROM bookings_meeting meeting JOIN bookings_chain chain ON chain.id = meeting.chain_id
            JOIN bookings_party party ON party.id = chain.party_id
            WHERE meeting.id = of_meeting AND party.resource_id = of_resource
        )""",
    ),
]

OF_SEEN_CHAIN = "viewer_agency() IS NOT NULL AND sees_chain(chain_id)"
OF_SEEN_SUMMONS = "viewer_agency() IS NOT NULL AND sees_summons(summons_id)"
OF_OWN_MEETING = "owns_meeting(meeting_id)"

# Whoever is met changes of another agency's meeting only that and how the party came. `attendance` may come later.
CHECK_IN_ONLY = migrations.RunSQL(
    """
    CREATE FUNCTION only_checks_in() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE of_check_in constant text[] := ARRAY['checked_in_at', 'checked_in_by_id', 'attendance'];
    BEGIN
        IF to_jsonb(NEW) - of_check_in <> to_jsonb(OLD) - of_check_in AND NOT owns_chain(OLD.chain_id) THEN
            RAISE insufficient_privilege USING MESSAGE = 'Another agency''s meeting can only be checked in.';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER only_checks_in BEFORE UPDATE ON bookings_meeting FOR EACH ROW EXECUTE FUNCTION only_checks_in();
    ALTER POLICY door_change ON bookings_meeting
        WITH CHECK (agency_id = viewer_agency() AND is_met_in(id) AND is_met_by_chain(chain_id));
    """,
    """
    ALTER POLICY door_change ON bookings_meeting WITH CHECK (is_met_in(id));
    DROP TRIGGER only_checks_in ON bookings_meeting;
    DROP FUNCTION only_checks_in();
    """,
)
# The night may change a party that is due, and no wall compares what it was with what it becomes.
STAYS_WITH_OWNER = migrations.RunSQL(
    """
    CREATE FUNCTION stays_with_owner() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE insufficient_privilege USING MESSAGE = 'A party stays with its agency, under its reference.'; END $$;
    CREATE TRIGGER stays_with_owner BEFORE UPDATE ON bookings_party FOR EACH ROW
      WHEN ((OLD.owner_id, OLD.resource_id, OLD.reference) IS DISTINCT FROM (NEW.owner_id, NEW.resource_id, NEW.reference))
      EXECUTE FUNCTION stays_with_owner();
    """,
    "DROP TRIGGER stays_with_owner ON bookings_party; DROP FUNCTION stays_with_owner();",
)
# Each closes a hole of its own; tests/catalogue/ opens them again one by one.
MENDS = {
    "meeting": CHECK_IN_ONLY,
    "party": STAYS_WITH_OWNER,
    "event": belongs("bookings_event", "event_of_the_chains_party", "chain_id", "bookings_chain"),
    "disclosure": belongs(
        "bookings_disclosure", "disclosure_of_the_newcomers_party", "newcomer_id", "bookings_newcomer"
    ),
    "link": checked(
        "bookings_link", write=f"{OF_SEEN_CHAIN} AND is_of_chain(newcomer_id, chain_id)", before=OF_SEEN_CHAIN
    ),
    "copy": checked(
        "bookings_summonscopy",
        write=f"{OF_SEEN_SUMMONS} AND (link_id IS NULL OR is_copy_for(summons_id, link_id))",
        before=OF_SEEN_SUMMONS,
    ),
    "claim": checked(
        "bookings_claim",
        write=f"{OF_OWN_MEETING} AND may_hold(meeting_id, resource_id)",
        before=OF_OWN_MEETING,
    ),
}

# A number of three figures, the same for a party all day, in no order: a secret of the party's makes it. Of two that
# draw the same one has a letter. Where the reference is shown the number is not, so that neither leads to the other.
OCCUPIED_DESKS = """
    WITH met AS (
        SELECT meeting.id AS meeting_id, meeting.agency_id, meeting.caseworker_id, meeting.room_id, meeting.starts_at,
               meeting.ends_at, meeting.checked_in_at, chain.id AS chain_id, chain.reference, chain.site_day_id,
               meeting.agency_id = viewer_agency() OR party.owner_id = viewer_agency() AS is_own,
               md5(chain.site_day_id || ' ' || party.registration || ' ' || (
                   SELECT string_agg(person.key::text, ' ' ORDER BY person.key)
                   FROM bookings_newcomer person WHERE person.party_id = party.id
               )) AS lot
        FROM bookings_meeting meeting
        JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
        JOIN bookings_party party ON party.id = chain.party_id
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        JOIN agencies_location location ON location.id = day.location_id
        WHERE location.site_id = ANY(viewer_sites()) AND viewer_role() IN ('coordinator', 'host')
    ), drawn AS (
        SELECT met.*, 100 + ('x' || left(lot, 7))::bit(28)::integer % 900 AS number FROM met
    ), numbered AS (
        SELECT drawn.*, dense_rank() OVER (PARTITION BY site_day_id, number ORDER BY lot) AS turn FROM drawn
    )
    SELECT meeting_id, CASE WHEN is_own THEN reference ELSE '' END AS chain_reference,
           CASE WHEN is_own THEN '' ELSE number || CASE turn WHEN 1 THEN '' ELSE chr(95 + turn::integer) END END
               AS board_number,
           agency_id, site_day_id, caseworker_id, room_id, starts_at, ends_at, checked_in_at
    FROM numbered
"""
OCCUPIED_DESKS_BEFORE = """
    SELECT meeting.id AS meeting_id, chain.reference AS chain_reference, meeting.agency_id, chain.site_day_id,
           meeting.caseworker_id, meeting.room_id, meeting.starts_at, meeting.ends_at, meeting.checked_in_at
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE location.site_id = ANY(viewer_sites()) AND viewer_role() IN ('coordinator', 'host')
"""
RESTATED = """
    DROP VIEW occupied_desks;
    CREATE VIEW occupied_desks WITH (security_barrier) AS {0};
    ALTER VIEW occupied_desks OWNER TO motesplats_views;
    GRANT SELECT ON occupied_desks TO motesplats_app;
"""
BOARD = migrations.RunSQL(RESTATED.format(OCCUPIED_DESKS), RESTATED.format(OCCUPIED_DESKS_BEFORE))

# A party is where its chains are; without one, where whoever registered it works. One elsewhere is open to whoever has
# said why, until midnight, and in no list.
TODAY = "(viewer_moment() AT TIME ZONE 'Europe/Stockholm')::date"
PARTIES_HERE = f"""
    SELECT party.id AS party_id, true AS is_listed
    FROM bookings_party party
    JOIN bookings_chain chain ON chain.party_id = party.id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE party.owner_id = viewer_agency() AND location.site_id = ANY(viewer_sites())
    UNION ALL
    SELECT party.id, true
    FROM bookings_party party
    WHERE party.owner_id = viewer_agency()
      AND NOT EXISTS (SELECT FROM bookings_chain chain WHERE chain.party_id = party.id)
      AND (party.registered_by_id = viewer_user() OR EXISTS (
          SELECT FROM agencies_user_sites works
          WHERE works.user_id = party.registered_by_id AND works.site_id = ANY(viewer_sites())
      ))
    UNION ALL
    SELECT event.party_id, false
    FROM bookings_event event
    JOIN bookings_party party ON party.id = event.party_id AND party.owner_id = viewer_agency()
    WHERE event.kind = 'crossed' AND event.by_id = viewer_user()
      AND (event.at AT TIME ZONE 'Europe/Stockholm')::date = {TODAY}
"""
HERE = [
    id_view(
        "parties_here",
        PARTIES_HERE,
        reads=(
            "bookings_party", "bookings_chain", "bookings_event", "agencies_siteday", "agencies_location",
            "agencies_user_sites",
        ),
        guarded=("bookings_party", "bookings_chain", "bookings_event"),
    ),
    question(
        "is_at_hand",
        "sought bigint",
        "NOT owns_party(sought) OR EXISTS (SELECT FROM parties_here WHERE party_id = sought)",
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0007_site_day_by_date'),
        ('bookings', '0010_figures'),
    ]

    operations = [
        *PAIRS,
        *QUESTIONS,
        *MENDS.values(),
        BOARD,
        *HERE,
        migrations.CreateModel(
            name='PartyHere',
            fields=[
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='bookings.party')),
                ('is_listed', models.BooleanField()),
            ],
            options={
                'db_table': 'parties_here',
                'managed': False,
            },
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('registered', 'Registered'), ('overridden', 'Legal basis overridden'), ('booked', 'Booked'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('checked_in', 'Checked in'), ('protected', 'Identity protected'), ('opened', 'Identity opened'), ('unprotected', 'Protection ended'), ('renewed', 'New code and link'), ('crossed', 'Opened from another site')], max_length=12, verbose_name='kind'),
        ),
    ]
