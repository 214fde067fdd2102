"""Meetings with several agencies at once: one of them holds the party, the room and the interpreter for all."""

import agencies.codes
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

HOST = migrations.RunSQL(
    """
    CREATE FUNCTION require_host_of_the_day() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM bookings_meeting host WHERE host.id = NEW.together_with_id
                     AND host.chain_id = NEW.chain_id AND host.together_with_id IS NULL)
         OR EXISTS (SELECT FROM bookings_meeting other WHERE other.together_with_id = NEW.id) THEN
        RAISE EXCEPTION 'meeting_together_has_one_host: One meeting of the day is the host of the others.'
          USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'meeting_together_has_one_host';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER meeting_together_has_one_host BEFORE INSERT OR UPDATE OF together_with_id, chain_id
      ON bookings_meeting FOR EACH ROW WHEN (NEW.together_with_id IS NOT NULL)
      EXECUTE FUNCTION require_host_of_the_day();
    """,
    """
    DROP TRIGGER meeting_together_has_one_host ON bookings_meeting;
    DROP FUNCTION require_host_of_the_day();
    """,
)

# As before, but what is held together with another meeting claims no interpreter: the host's claim is for both.
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
    """
    CREATE OR REPLACE FUNCTION take_interpreted(sought bigint, other bigint, languages varchar[])
    RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH met AS (
            SELECT meeting.id, meeting.starts_at, meeting.ends_at, chain.id AS chain_id, tolk.id AS tolk_id
            FROM bookings_chain chain
            JOIN bookings_meeting meeting ON meeting.chain_id = chain.id AND meeting.checked_in_at IS NULL
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

# As before, and of meetings that are held together the codes of the other agencies, which sit in the same room.
MANNERS = migrations.RunSQL(
    """
    CREATE OR REPLACE VIEW meeting_forms WITH (security_barrier) AS
    SELECT meeting.id AS meeting_id, chain.site_day_id, meeting.form, meeting.group_id,
           ARRAY(SELECT agency.code FROM bookings_meeting other
                 JOIN agencies_agency agency ON agency.id = other.agency_id
                 WHERE other.chain_id = meeting.chain_id AND other.id <> meeting.id
                   AND coalesce(other.together_with_id, other.id) = coalesce(meeting.together_with_id, meeting.id)
                 ORDER BY agency.code)::varchar[] AS together
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE (meeting.form <> 'on_site' OR meeting.group_id IS NOT NULL OR meeting.together_with_id IS NOT NULL
           OR EXISTS (SELECT FROM bookings_meeting joined WHERE joined.together_with_id = meeting.id))
      AND location.site_id = ANY(viewer_sites())
      AND (viewer_role() IN ('coordinator', 'host') OR viewer_agency() IN (meeting.agency_id, party.owner_id))
    """,
    """
    DROP VIEW meeting_forms;
    CREATE VIEW meeting_forms WITH (security_barrier) AS
    SELECT meeting.id AS meeting_id, chain.site_day_id, meeting.form, meeting.group_id
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE (meeting.form <> 'on_site' OR meeting.group_id IS NOT NULL) AND location.site_id = ANY(viewer_sites())
      AND (viewer_role() IN ('coordinator', 'host') OR viewer_agency() IN (meeting.agency_id, party.owner_id))
    ;
    ALTER VIEW meeting_forms OWNER TO motesplats_views;
    GRANT SELECT ON meeting_forms TO motesplats_app;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("bookings", "0042_closing")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="together_with",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="bookings.meeting",
                verbose_name="held together with",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("together_with", None),
                    models.Q(
                        ("form", "on_site"),
                        ("group", None),
                        models.Q(("together_with", models.F("pk")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="meeting_together_is_at_the_place",
                violation_error_message="What is held together is at the place, and of one day.",
            ),
        ),
        HOST,
        TAKES,
        MANNERS,
        migrations.AddField(
            model_name="meetingform",
            name="together",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=agencies.codes.AgencyCodeField(), default=list, size=None
            ),
        ),
    ]
