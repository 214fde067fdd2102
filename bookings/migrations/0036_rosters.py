"""A shift goes only while what is booked against it still lies within one; a colleague takes over what is booked."""

from django.db import migrations, models

GUARD = migrations.RunSQL(
    """
    CREATE FUNCTION require_claims_within_shifts() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (
        SELECT FROM free_busy held
        WHERE held.resource_id = OLD.resource_id
          AND held.starts_at >= OLD.starts_at AND held.starts_at < OLD.ends_at
          AND NOT EXISTS (
            SELECT FROM agencies_shift shift
            WHERE shift.resource_id = held.resource_id AND shift.state = 'approved'
              AND shift.starts_at <= lower(held.period) AND shift.ends_at >= upper(held.period)
          )
      ) THEN
        RAISE EXCEPTION 'A meeting is booked against this shift.'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'shift_keeps_what_is_booked';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER shift_keeps_what_is_booked_deleted AFTER DELETE ON agencies_shift
      FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION require_claims_within_shifts();
    CREATE TRIGGER shift_keeps_what_is_booked_changed AFTER UPDATE ON agencies_shift FOR EACH ROW
      WHEN (OLD.state = 'approved' AND (
        NEW.starts_at > OLD.starts_at OR NEW.ends_at < OLD.ends_at OR NEW.state <> 'approved'
        OR NEW.resource_id <> OLD.resource_id))
      EXECUTE FUNCTION require_claims_within_shifts();
    """,
    """
    DROP TRIGGER shift_keeps_what_is_booked_deleted ON agencies_shift;
    DROP TRIGGER shift_keeps_what_is_booked_changed ON agencies_shift;
    DROP FUNCTION require_claims_within_shifts();
    """,
)

# As before, and it lets the views' role through, which may change of a meeting the caseworker and the attendance alone.
ONLY_CHECKS_IN = migrations.RunSQL(
    """
    CREATE OR REPLACE FUNCTION only_checks_in() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE of_check_in constant text[] := ARRAY['checked_in_at', 'checked_in_by_id', 'attendance'];
    BEGIN
        IF current_user = 'motesplats_views' THEN RETURN NEW; END IF;
        IF to_jsonb(NEW) - of_check_in <> to_jsonb(OLD) - of_check_in AND NOT owns_chain(OLD.chain_id) THEN
            RAISE insufficient_privilege USING MESSAGE = 'Another agency''s meeting can only be checked in.';
        END IF;
        RETURN NEW;
    END $$;
    """,
    """
    CREATE OR REPLACE FUNCTION only_checks_in() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE of_check_in constant text[] := ARRAY['checked_in_at', 'checked_in_by_id', 'attendance'];
    BEGIN
        IF to_jsonb(NEW) - of_check_in <> to_jsonb(OLD) - of_check_in AND NOT owns_chain(OLD.chain_id) THEN
            RAISE insufficient_privilege USING MESSAGE = 'Another agency''s meeting can only be checked in.';
        END IF;
        RETURN NEW;
    END $$;
    """,
)

# Nobody who edits a roster sees whose meetings these are, so a function of the database hands them to the colleague:
# those of the viewer's sites, of a manager the own agency's, and only to somebody whom the party may meet.
COVER = migrations.RunSQL(
    """
    GRANT UPDATE (resource_id) ON bookings_claim TO motesplats_views;
    GRANT UPDATE (caseworker_id) ON bookings_meeting TO motesplats_views;
    GRANT INSERT ON bookings_event, bookings_meetingchange TO motesplats_views;
    GRANT SELECT (id, resource_id, agency_id, is_active, sex) ON agencies_user TO motesplats_views;
    GRANT SELECT (id, code) ON agencies_agency TO motesplats_views;
    CREATE POLICY covers ON bookings_claim FOR UPDATE TO motesplats_views USING (true);
    CREATE POLICY covers ON bookings_meeting FOR UPDATE TO motesplats_views USING (true);
    CREATE POLICY covers ON bookings_event FOR INSERT TO motesplats_views WITH CHECK (kind = 'covered');
    CREATE POLICY covers ON bookings_meetingchange FOR INSERT TO motesplats_views
      WITH CHECK (pg_trigger_depth() > 0);

    CREATE FUNCTION cover_meetings(absent bigint, colleague bigint, first timestamptz, last timestamptz)
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
    ALTER FUNCTION cover_meetings(bigint, bigint, timestamptz, timestamptz) OWNER TO motesplats_views;
    """,
    """
    DROP FUNCTION cover_meetings(bigint, bigint, timestamptz, timestamptz);
    DROP POLICY covers ON bookings_meetingchange; DROP POLICY covers ON bookings_event;
    DROP POLICY covers ON bookings_meeting; DROP POLICY covers ON bookings_claim;
    REVOKE SELECT (id, code) ON agencies_agency FROM motesplats_views;
    REVOKE SELECT (id, resource_id, agency_id, is_active, sex) ON agencies_user FROM motesplats_views;
    REVOKE INSERT ON bookings_event, bookings_meetingchange FROM motesplats_views;
    REVOKE UPDATE (caseworker_id) ON bookings_meeting FROM motesplats_views;
    REVOKE UPDATE (resource_id) ON bookings_claim FROM motesplats_views;
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0021_rosters"),
        ("bookings", "0035_board"),
    ]

    operations = [
        GUARD,
        ONLY_CHECKS_IN,
        COVER,
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('registered', 'Registered'), ('overridden', 'Legal basis overridden'), ('booked', 'Booked'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('checked_in', 'Checked in'), ('protected', 'Identity protected'), ('opened', 'Identity opened'), ('unprotected', 'Protection ended'), ('renewed', 'New code and link'), ('confirmed', 'Interpreter from outside confirmed'), ('unconfirmed', 'Confirmation of the interpreter undone'), ('crossed', 'Opened from another site'), ('amended', 'Corrected'), ('covered', 'Met by a colleague')], max_length=12, verbose_name='kind'),
        ),
    ]
