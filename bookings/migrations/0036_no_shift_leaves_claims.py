"""A shift goes, or gets other hours, only while everything that is booked against it still lies within one."""

from django.db import migrations

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


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0021_rosters"),
        ("bookings", "0034_parties_here_since"),
    ]

    operations = [GUARD]
