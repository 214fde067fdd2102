"""What group information and joint meetings cost, by agency; an absent one's groups are handed over as well."""

import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import question

GROUPS = migrations.RunSQL(
    "GRANT SELECT ON bookings_groupmeeting TO motesplats_views",
    "REVOKE SELECT ON bookings_groupmeeting FROM motesplats_views",
)

# Those of an order, of meetings that claim its interpreter within its hours or whose chain it serves from outside, and
# the same of groups. What is held at once with other agencies is claimed by its host alone; `shared_by` says how many
# agencies the minutes belong to.
ORDER_MINUTES = """
    SELECT met.order_id, met.agency_id, sum(extract(epoch FROM met.until - met.since))::integer / 60 AS minutes,
           met.shared_by
    FROM (
        SELECT orders.id AS order_id, meeting.agency_id, greatest(meeting.starts_at, orders.starts_at) AS since,
               least(meeting.ends_at, orders.ends_at) AS until,
               (SELECT count(*) FROM bookings_meeting other
                WHERE other.chain_id = host.chain_id AND host.id IN (other.id, other.together_with_id)
               )::integer AS shared_by
        FROM interpreters_interpreterorder orders
        JOIN interpreters_interpreter interpreter ON interpreter.id = orders.interpreter_id
        JOIN bookings_claim claim ON claim.resource_id = interpreter.resource_id
         AND claim.period && tstzrange(orders.starts_at, orders.ends_at)
        JOIN bookings_meeting host ON host.id = claim.meeting_id
        JOIN bookings_meeting meeting ON meeting.chain_id = host.chain_id
         AND host.id IN (meeting.id, meeting.together_with_id)
        WHERE orders.state <> 'cancelled' AND sees_order_of(orders.site_day_id, orders.agency_id)
        UNION ALL
        SELECT orders.id, meeting.agency_id, greatest(meeting.starts_at, orders.starts_at),
               least(meeting.ends_at, orders.ends_at),
               (SELECT count(*) FROM bookings_meeting other
                WHERE other.chain_id = meeting.chain_id
                  AND coalesce(meeting.together_with_id, meeting.id) IN (other.id, other.together_with_id)
               )::integer
        FROM interpreters_interpreterorder orders
        JOIN bookings_chainorder serves ON serves.order_id = orders.id
        JOIN bookings_chain chain ON chain.id = serves.chain_id AND chain.site_day_id = orders.site_day_id
         AND chain.state <> 'cancelled' AND chain.interpreter_id IS NULL
        JOIN bookings_meeting meeting ON meeting.chain_id = chain.id AND meeting.group_id IS NULL
        WHERE orders.state <> 'cancelled' AND sees_order_of(orders.site_day_id, orders.agency_id)
        UNION ALL
        SELECT orders.id, informed.agency_id, greatest(informed.starts_at, orders.starts_at),
               least(informed.ends_at, orders.ends_at), 1
        FROM interpreters_interpreterorder orders
        JOIN interpreters_interpreter interpreter ON interpreter.id = orders.interpreter_id
        JOIN bookings_claim claim ON claim.resource_id = interpreter.resource_id
         AND claim.period && tstzrange(orders.starts_at, orders.ends_at)
        JOIN bookings_groupmeeting informed ON informed.id = claim.group_id
        WHERE orders.state <> 'cancelled' AND sees_order_of(orders.site_day_id, orders.agency_id)
        UNION ALL
        SELECT orders.id, informed.agency_id, greatest(informed.starts_at, orders.starts_at),
               least(informed.ends_at, orders.ends_at), 1
        FROM interpreters_interpreterorder orders
        JOIN bookings_groupmeeting informed ON informed.order_id = orders.id
         AND informed.site_day_id = orders.site_day_id AND informed.state = 'open'
        WHERE orders.state <> 'cancelled' AND sees_order_of(orders.site_day_id, orders.agency_id)
    ) met
    WHERE met.until > met.since
    GROUP BY met.order_id, met.agency_id, met.shared_by
"""
ORDER_MINUTES_BEFORE = """
    SELECT met.order_id, met.agency_id, sum(extract(epoch FROM met.until - met.since))::integer / 60 AS minutes
    FROM (
        SELECT orders.id AS order_id, meeting.agency_id, greatest(meeting.starts_at, orders.starts_at) AS since,
               least(meeting.ends_at, orders.ends_at) AS until
        FROM interpreters_interpreterorder orders
        JOIN interpreters_interpreter interpreter ON interpreter.id = orders.interpreter_id
        JOIN bookings_claim claim ON claim.resource_id = interpreter.resource_id
         AND claim.period && tstzrange(orders.starts_at, orders.ends_at)
        JOIN bookings_meeting meeting ON meeting.id = claim.meeting_id
        WHERE orders.state <> 'cancelled' AND sees_order_of(orders.site_day_id, orders.agency_id)
        UNION ALL
        SELECT orders.id, meeting.agency_id, greatest(meeting.starts_at, orders.starts_at),
               least(meeting.ends_at, orders.ends_at)
        FROM interpreters_interpreterorder orders
        JOIN bookings_chainorder serves ON serves.order_id = orders.id
        JOIN bookings_chain chain ON chain.id = serves.chain_id AND chain.site_day_id = orders.site_day_id
         AND chain.state <> 'cancelled' AND chain.interpreter_id IS NULL
        JOIN bookings_meeting meeting ON meeting.chain_id = chain.id
        WHERE orders.state <> 'cancelled' AND sees_order_of(orders.site_day_id, orders.agency_id)
    ) met
    WHERE met.until > met.since
    GROUP BY met.order_id, met.agency_id
"""

# As before; a meeting in a group has the group's interpreter, and says in which group, or with whom, it is held.
INTERPRETED_MEETINGS = """
    SELECT meeting.id AS meeting_id, chain.id AS chain_id, chain.site_day_id, meeting.agency_id,
           CASE WHEN party.is_protected AND party.owner_id IS DISTINCT FROM viewer_agency() THEN NULL
                WHEN meeting.group_id IS NOT NULL THEN informed.interpreter_id
                ELSE chain.interpreter_id END AS interpreter_id,
           CASE WHEN meeting.group_id IS NULL THEN serves.order_id END AS order_id,
           (CASE WHEN meeting.group_id IS NULL THEN chain.outside_interpreter ELSE '' END)::varchar(9)
             AS outside_interpreter,
           meeting.starts_at, meeting.ends_at,
           (CASE WHEN party.is_protected AND party.owner_id IS DISTINCT FROM viewer_agency() THEN ''
                 ELSE party.interpreter_language END)::varchar(3) AS language,
           meeting.together_with_id, meeting.group_id
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    LEFT JOIN bookings_chainorder serves ON serves.chain_id = chain.id
    LEFT JOIN bookings_groupmeeting informed ON informed.id = meeting.group_id
    WHERE (meeting.group_id IS NULL AND (chain.interpreter_id IS NOT NULL OR chain.outside_interpreter <> '')
           OR informed.interpreter_id IS NOT NULL OR informed.language NOT IN ('swe', 'eng'))
      AND location.site_id = ANY(viewer_sites()) AND viewer_role() = 'coordinator'
"""
INTERPRETED_MEETINGS_BEFORE = """
    SELECT meeting.id AS meeting_id, chain.id AS chain_id, chain.site_day_id, meeting.agency_id,
           CASE WHEN party.is_protected AND party.owner_id IS DISTINCT FROM viewer_agency() THEN NULL
                ELSE chain.interpreter_id END AS interpreter_id,
           serves.order_id, chain.outside_interpreter, meeting.starts_at, meeting.ends_at,
           (CASE WHEN party.is_protected AND party.owner_id IS DISTINCT FROM viewer_agency() THEN ''
                 ELSE party.interpreter_language END)::varchar(3) AS language
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    LEFT JOIN bookings_chainorder serves ON serves.chain_id = chain.id
    WHERE (chain.interpreter_id IS NOT NULL OR chain.outside_interpreter <> '')
      AND location.site_id = ANY(viewer_sites()) AND viewer_role() = 'coordinator'
"""


def view_anew(name: str, query: str, before: str) -> migrations.RunSQL:
    """The view with further columns at its end; back to it as it was."""
    return migrations.RunSQL(
        f"CREATE OR REPLACE VIEW {name} WITH (security_barrier) AS {query}",
        f"""
        DROP VIEW {name};
        CREATE VIEW {name} WITH (security_barrier) AS {before};
        ALTER VIEW {name} OWNER TO motesplats_views;
        GRANT SELECT ON {name} TO motesplats_app;
        """,
    )


# As before, and a group that the absent one holds, unless somebody in it has been met or may not be met by the other.
COVER = migrations.RunSQL(
    """
    GRANT UPDATE (caseworker_id, interpreter_id) ON bookings_groupmeeting TO motesplats_views;

    CREATE OR REPLACE FUNCTION cover_meetings(absent bigint, colleague bigint, first timestamptz, last timestamptz)
    RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH met AS (
            SELECT meeting.id, meeting.chain_id, agency.code, worker.id AS worker_id
            FROM bookings_claim claim
            JOIN bookings_meeting meeting ON meeting.id = claim.meeting_id AND meeting.checked_in_at IS NULL
            JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state = 'booked'
            JOIN bookings_party party ON party.id = chain.party_id
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            JOIN agencies_agency agency ON agency.id = meeting.agency_id
            JOIN agencies_user worker ON worker.resource_id = colleague AND worker.agency_id = meeting.agency_id
              AND worker.is_active AND party.caseworker_sex IN ('', worker.sex)
            WHERE claim.resource_id = absent AND claim.starts_at >= first AND claim.starts_at < last
              AND location.site_id = ANY(viewer_sites())
              AND (viewer_role() = 'coordinator' OR viewer_role() = 'manager' AND agency.id = viewer_agency())
        ), informed AS (
            SELECT informed.id, agency.code, worker.id AS worker_id
            FROM bookings_claim claim
            JOIN bookings_groupmeeting informed ON informed.id = claim.group_id
            JOIN agencies_siteday day ON day.id = informed.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            JOIN agencies_agency agency ON agency.id = informed.agency_id
            JOIN agencies_user worker ON worker.resource_id = colleague AND worker.agency_id = informed.agency_id
              AND worker.is_active
            WHERE claim.resource_id = absent AND claim.starts_at >= first AND claim.starts_at < last
              AND location.site_id = ANY(viewer_sites())
              AND (viewer_role() = 'coordinator' OR viewer_role() = 'manager' AND agency.id = viewer_agency())
              AND NOT EXISTS (
                  SELECT FROM bookings_meeting meeting
                  JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
                  JOIN bookings_party party ON party.id = chain.party_id
                  WHERE meeting.group_id = informed.id
                    AND (meeting.checked_in_at IS NOT NULL OR party.caseworker_sex NOT IN ('', worker.sex)))
        ), joined AS (
            SELECT meeting.id, meeting.chain_id, informed.code, informed.worker_id
            FROM informed
            JOIN bookings_meeting meeting ON meeting.group_id = informed.id
            JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state = 'booked'
        ), everybody AS (
            SELECT * FROM met UNION ALL SELECT * FROM joined
        ), claims AS (
            UPDATE bookings_claim claim SET resource_id = colleague FROM met
            WHERE claim.meeting_id = met.id AND claim.resource_id = absent
        ), group_claims AS (
            UPDATE bookings_claim claim SET resource_id = colleague FROM informed
            WHERE claim.group_id = informed.id AND claim.resource_id = absent
        ), groups AS (
            UPDATE bookings_groupmeeting SET caseworker_id = informed.worker_id FROM informed
            WHERE bookings_groupmeeting.id = informed.id
        ), meetings AS (
            UPDATE bookings_meeting meeting SET caseworker_id = everybody.worker_id FROM everybody
            WHERE meeting.id = everybody.id
        ), chains AS (
            UPDATE bookings_chain SET version = version + 1 WHERE id IN (SELECT chain_id FROM everybody)
            RETURNING id, party_id, version
        ), told AS (
            INSERT INTO bookings_event (party_id, chain_id, kind, at, by_id, facts)
            SELECT party_id, id, 'covered', viewer_moment(), viewer_user(), jsonb_build_object('version', version,
              'agency', (SELECT min(code) FROM everybody WHERE chain_id = chains.id))
            FROM chains
        )
        SELECT (SELECT count(*) FROM met) + (SELECT count(*) FROM informed) INTO number;
        RETURN number;
    END $$;

    CREATE OR REPLACE FUNCTION cover_interpreted(
        absent bigint, other bigint, languages varchar[], first timestamptz, last timestamptz
    ) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH met AS (
            SELECT meeting.id, meeting.chain_id, tolk.id AS tolk_id
            FROM bookings_claim claim
            JOIN bookings_meeting meeting ON meeting.id = claim.meeting_id AND meeting.checked_in_at IS NULL
            JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state = 'booked'
            JOIN bookings_party party ON party.id = chain.party_id AND party.interpreter_language = ANY(languages)
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            JOIN interpreters_interpreter tolk ON tolk.resource_id = other
              AND party.interpreter_sex IN ('', tolk.sex)
            WHERE claim.resource_id = absent AND claim.starts_at >= first AND claim.starts_at < last
              AND location.site_id = ANY(viewer_sites()) AND viewer_role() = 'coordinator'
              AND NOT EXISTS (SELECT FROM bookings_unwantedinterpreter unwanted
                              WHERE unwanted.party_id = party.id AND unwanted.interpreter_id = tolk.id)
        ), informed AS (
            SELECT informed.id, tolk.id AS tolk_id
            FROM bookings_claim claim
            JOIN bookings_groupmeeting informed ON informed.id = claim.group_id
              AND informed.language = ANY(languages)
            JOIN agencies_siteday day ON day.id = informed.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            JOIN interpreters_interpreter tolk ON tolk.resource_id = other
            WHERE claim.resource_id = absent AND claim.starts_at >= first AND claim.starts_at < last
              AND location.site_id = ANY(viewer_sites()) AND viewer_role() = 'coordinator'
              AND NOT EXISTS (
                  SELECT FROM bookings_meeting meeting
                  JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
                  JOIN bookings_party party ON party.id = chain.party_id
                  LEFT JOIN bookings_unwantedinterpreter unwanted
                    ON unwanted.party_id = party.id AND unwanted.interpreter_id = tolk.id
                  WHERE meeting.group_id = informed.id
                    AND (meeting.checked_in_at IS NOT NULL OR party.interpreter_sex NOT IN ('', tolk.sex)
                         OR unwanted.id IS NOT NULL))
        ), claims AS (
            UPDATE bookings_claim claim SET resource_id = other FROM met
            WHERE claim.meeting_id = met.id AND claim.resource_id = absent
        ), group_claims AS (
            UPDATE bookings_claim claim SET resource_id = other FROM informed
            WHERE claim.group_id = informed.id AND claim.resource_id = absent
        ), groups AS (
            UPDATE bookings_groupmeeting SET interpreter_id = informed.tolk_id FROM informed
            WHERE bookings_groupmeeting.id = informed.id
        ), chains AS (
            UPDATE bookings_chain chain
            SET version = version + 1, interpreter_id = coalesce(met.tolk_id, chain.interpreter_id)
            FROM (
                SELECT chain_id, max(tolk_id) AS tolk_id FROM (
                    SELECT chain_id, tolk_id FROM met
                    UNION ALL
                    SELECT meeting.chain_id, NULL FROM informed
                    JOIN bookings_meeting meeting ON meeting.group_id = informed.id
                ) everybody GROUP BY chain_id
            ) met WHERE chain.id = met.chain_id AND chain.state = 'booked'
            RETURNING chain.id, chain.party_id, chain.version
        ), told AS (
            INSERT INTO bookings_event (party_id, chain_id, kind, at, by_id, facts)
            SELECT party_id, id, 'covered', viewer_moment(), viewer_user(), jsonb_build_object('version', version)
            FROM chains
        )
        SELECT (SELECT count(*) FROM met) + (SELECT count(*) FROM informed) INTO number;
        RETURN number;
    END $$;
    """,
    """
    CREATE OR REPLACE FUNCTION cover_meetings(absent bigint, colleague bigint, first timestamptz, last timestamptz)
    RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH met AS (
            SELECT meeting.id, meeting.chain_id, agency.code, worker.id AS worker_id
            FROM bookings_claim claim
            JOIN bookings_meeting meeting ON meeting.id = claim.meeting_id AND meeting.checked_in_at IS NULL
            JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state = 'booked'
            JOIN bookings_party party ON party.id = chain.party_id
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            JOIN agencies_agency agency ON agency.id = meeting.agency_id
            JOIN agencies_user worker ON worker.resource_id = colleague AND worker.agency_id = meeting.agency_id
              AND worker.is_active AND party.caseworker_sex IN ('', worker.sex)
            WHERE claim.resource_id = absent AND claim.starts_at >= first AND claim.starts_at < last
              AND location.site_id = ANY(viewer_sites())
              AND (viewer_role() = 'coordinator' OR viewer_role() = 'manager' AND agency.id = viewer_agency())
        ), claims AS (
            UPDATE bookings_claim claim SET resource_id = colleague FROM met
            WHERE claim.meeting_id = met.id AND claim.resource_id = absent
        ), meetings AS (
            UPDATE bookings_meeting meeting SET caseworker_id = met.worker_id FROM met WHERE meeting.id = met.id
        ), chains AS (
            UPDATE bookings_chain SET version = version + 1 WHERE id IN (SELECT chain_id FROM met)
            RETURNING id, party_id, version
        ), told AS (
            INSERT INTO bookings_event (party_id, chain_id, kind, at, by_id, facts)
            SELECT party_id, id, 'covered', viewer_moment(), viewer_user(), jsonb_build_object('version', version,
              'agency', (SELECT min(code) FROM met WHERE chain_id = chains.id))
            FROM chains
        )
        SELECT count(*) INTO number FROM met;
        RETURN number;
    END $$;

    CREATE OR REPLACE FUNCTION cover_interpreted(
        absent bigint, other bigint, languages varchar[], first timestamptz, last timestamptz
    ) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH met AS (
            SELECT meeting.id, meeting.chain_id, tolk.id AS tolk_id
            FROM bookings_claim claim
            JOIN bookings_meeting meeting ON meeting.id = claim.meeting_id AND meeting.checked_in_at IS NULL
            JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state = 'booked'
            JOIN bookings_party party ON party.id = chain.party_id AND party.interpreter_language = ANY(languages)
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            JOIN interpreters_interpreter tolk ON tolk.resource_id = other
              AND party.interpreter_sex IN ('', tolk.sex)
            WHERE claim.resource_id = absent AND claim.starts_at >= first AND claim.starts_at < last
              AND location.site_id = ANY(viewer_sites()) AND viewer_role() = 'coordinator'
              AND NOT EXISTS (SELECT FROM bookings_unwantedinterpreter unwanted
                              WHERE unwanted.party_id = party.id AND unwanted.interpreter_id = tolk.id)
        ), claims AS (
            UPDATE bookings_claim claim SET resource_id = other FROM met
            WHERE claim.meeting_id = met.id AND claim.resource_id = absent
        ), chains AS (
            UPDATE bookings_chain chain SET version = version + 1, interpreter_id = met.tolk_id
            FROM (SELECT DISTINCT chain_id, tolk_id FROM met) met WHERE chain.id = met.chain_id
            RETURNING chain.id, chain.party_id, chain.version
        ), told AS (
            INSERT INTO bookings_event (party_id, chain_id, kind, at, by_id, facts)
            SELECT party_id, id, 'covered', viewer_moment(), viewer_user(), jsonb_build_object('version', version)
            FROM chains
        )
        SELECT count(*) INTO number FROM met;
        RETURN number;
    END $$;

    REVOKE UPDATE (caseworker_id, interpreter_id) ON bookings_groupmeeting FROM motesplats_views;
    """,
)

# As before, also a chain whose confirmed order has fallen away; not its meetings in a group, which has its own
# interpreter.
TAKES = migrations.RunSQL(
    """
    CREATE OR REPLACE FUNCTION take_interpreted(sought bigint, other bigint, languages varchar[])
    RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH met AS (
            SELECT meeting.id, meeting.starts_at, meeting.ends_at, chain.id AS chain_id, tolk.id AS tolk_id
            FROM bookings_chain chain
            JOIN bookings_meeting meeting ON meeting.chain_id = chain.id AND meeting.checked_in_at IS NULL
              AND meeting.together_with_id IS NULL AND meeting.group_id IS NULL
            JOIN bookings_party party ON party.id = chain.party_id AND party.interpreter_language = ANY(languages)
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            JOIN interpreters_interpreter tolk ON tolk.resource_id = other
              AND party.interpreter_sex IN ('', tolk.sex)
            WHERE chain.id = sought AND chain.state = 'booked'
              AND (chain.outside_interpreter = 'ordered' OR chain.outside_interpreter = 'confirmed' AND EXISTS (
                  SELECT FROM bookings_chainorder serves
                  JOIN interpreters_interpreterorder orders ON orders.id = serves.order_id
                  WHERE serves.chain_id = chain.id AND orders.state IN ('declined', 'cancelled')))
              AND location.site_id = ANY(viewer_sites()) AND viewer_role() = 'coordinator'
              AND NOT EXISTS (SELECT FROM bookings_unwantedinterpreter unwanted
                              WHERE unwanted.party_id = party.id AND unwanted.interpreter_id = tolk.id)
        ), claims AS (
            INSERT INTO bookings_claim (meeting_id, resource_id, period)
            SELECT id, other, tstzrange(starts_at, ends_at) FROM met
        ), chains AS (
            UPDATE bookings_chain chain
            SET version = version + 1, interpreter_id = met.tolk_id, outside_interpreter = ''
            FROM (SELECT DISTINCT chain_id, tolk_id FROM met) met WHERE chain.id = met.chain_id
            RETURNING chain.id, chain.party_id, chain.version
        ), told AS (
            INSERT INTO bookings_event (party_id, chain_id, kind, at, by_id, facts)
            SELECT party_id, id, 'covered', viewer_moment(), viewer_user(),
                   jsonb_build_object('version', version, 'was', 'ordered')
            FROM chains
        )
        SELECT count(*) INTO number FROM met;
        RETURN number;
    END $$;
    """,
    """
    CREATE OR REPLACE FUNCTION take_interpreted(sought bigint, other bigint, languages varchar[])
    RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH met AS (
            SELECT meeting.id, meeting.starts_at, meeting.ends_at, chain.id AS chain_id, tolk.id AS tolk_id
            FROM bookings_chain chain
            JOIN bookings_meeting meeting ON meeting.chain_id = chain.id AND meeting.checked_in_at IS NULL
              AND meeting.together_with_id IS NULL
            JOIN bookings_party party ON party.id = chain.party_id AND party.interpreter_language = ANY(languages)
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            JOIN interpreters_interpreter tolk ON tolk.resource_id = other
              AND party.interpreter_sex IN ('', tolk.sex)
            WHERE chain.id = sought AND chain.state = 'booked' AND chain.outside_interpreter = 'ordered'
              AND location.site_id = ANY(viewer_sites()) AND viewer_role() = 'coordinator'
              AND NOT EXISTS (SELECT FROM bookings_unwantedinterpreter unwanted
                              WHERE unwanted.party_id = party.id AND unwanted.interpreter_id = tolk.id)
        ), claims AS (
            INSERT INTO bookings_claim (meeting_id, resource_id, period)
            SELECT id, other, tstzrange(starts_at, ends_at) FROM met
        ), chains AS (
            UPDATE bookings_chain chain
            SET version = version + 1, interpreter_id = met.tolk_id, outside_interpreter = ''
            FROM (SELECT DISTINCT chain_id, tolk_id FROM met) met WHERE chain.id = met.chain_id
            RETURNING chain.id, chain.party_id, chain.version
        ), told AS (
            INSERT INTO bookings_event (party_id, chain_id, kind, at, by_id, facts)
            SELECT party_id, id, 'covered', viewer_moment(), viewer_user(),
                   jsonb_build_object('version', version, 'was', 'ordered')
            FROM chains
        )
        SELECT count(*) INTO number FROM met;
        RETURN number;
    END $$;
    """,
)


# How far the order is that serves a chain from outside, told to the agency whose party it is: it tells of no person.
ORDER_STATE = migrations.RunSQL(
    """
    CREATE FUNCTION order_state_of(sought bigint) RETURNS varchar
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT orders.state FROM bookings_chainorder serves
        JOIN interpreters_interpreterorder orders ON orders.id = serves.order_id
        JOIN bookings_chain chain ON chain.id = serves.chain_id
        JOIN bookings_party party ON party.id = chain.party_id AND party.owner_id = viewer_agency()
        WHERE serves.chain_id = sought
    $$;
    ALTER FUNCTION order_state_of(bigint) OWNER TO motesplats_views;
    """,
    "DROP FUNCTION order_state_of(bigint)",
)


# Whether a shift on stand-by still offers time: before its date, or as whoever has something booked is present.
STANDBY = question(
    "offers_on_standby",
    "until date, holder bigint, first timestamptz, last timestamptz",
    """until > (viewer_moment() AT TIME ZONE 'Europe/Stockholm')::date
        OR EXISTS (SELECT FROM free_busy WHERE resource_id = holder AND period && tstzrange(first, last))""",
)


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0044_rows_are_compared"),
        ("interpreters", "0005_spares_and_dialects"),
    ]

    operations = [
        migrations.AddField(
            model_name="groupmeeting",
            name="order",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="interpreters.interpreterorder",
                verbose_name="interpreter order",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("order", None), ("interpreter", None), _connector="OR"),
                name="group_has_one_interpreter",
                violation_error_message="A group has an interpreter of ours or one from outside.",
            ),
        ),
        GROUPS,
        view_anew("order_minutes", ORDER_MINUTES, ORDER_MINUTES_BEFORE),
        view_anew("interpreted_meetings", INTERPRETED_MEETINGS, INTERPRETED_MEETINGS_BEFORE),
        COVER,
        TAKES,
        ORDER_STATE,
        STANDBY,
        migrations.AddField(
            model_name="orderminutes",
            name="shared_by",
            field=models.IntegerField(),
        ),
        migrations.AddField(
            model_name="interpretedmeeting",
            name="together_with_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="interpretedmeeting",
            name="group_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('registered', 'Registered'), ('overridden', 'Legal basis overridden'), ('booked', 'Booked'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('checked_in', 'Checked in'), ('protected', 'Identity protected'), ('opened', 'Identity opened'), ('unprotected', 'Protection ended'), ('renewed', 'New code and link'), ('confirmed', 'Interpreter from outside confirmed'), ('unconfirmed', 'Confirmation of the interpreter undone'), ('crossed', 'Opened from another site'), ('amended', 'Corrected'), ('covered', 'Met by a colleague'), ('form', 'Form of a meeting changed'), ('group', 'Met in a group'), ('asked', 'Asked to be moved'), ('told', 'Letter made anew')], max_length=12, verbose_name='kind'),
        ),
    ]
