"""What is booked across two shifts that meet lies within both, and keeps both."""

from django.db import migrations

WITHIN_SHIFTS = """
    CREATE OR REPLACE FUNCTION require_claims_within_shifts() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE on_shift tstzmultirange;
    BEGIN
      SELECT COALESCE(range_agg(tstzrange(starts_at, ends_at)), '{}') INTO on_shift FROM agencies_shift
      WHERE resource_id = OLD.resource_id AND state = 'approved'
        AND starts_at < OLD.ends_at + interval '24 hours' AND ends_at > OLD.starts_at - interval '24 hours';
      IF EXISTS (
        SELECT FROM free_busy held
        WHERE held.resource_id = OLD.resource_id AND held.period && tstzrange(OLD.starts_at, OLD.ends_at)
          AND held.starts_at > OLD.starts_at - interval '24 hours' AND held.starts_at < OLD.ends_at
          AND NOT held.period <@ on_shift
      ) THEN
        RAISE EXCEPTION 'A meeting is booked against this shift.'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'shift_keeps_what_is_booked';
      END IF;
      RETURN NULL;
    END $$;
"""
WITHIN_ONE_SHIFT = """
    CREATE OR REPLACE FUNCTION require_claims_within_shifts() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0040_chains_ahead")]

    operations = [migrations.RunSQL(WITHIN_SHIFTS, WITHIN_ONE_SHIFT)]
