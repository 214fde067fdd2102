"""A coordinator asks the agencies to move those alone whose meetings somebody absent would have held."""

from django.db import migrations

ASK = migrations.RunSQL(
    """
    CREATE FUNCTION ask_to_move_from(desk bigint, first timestamptz, last timestamptz)
    RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH asked AS (
            UPDATE bookings_chain chain SET must_move = true, version = chain.version + 1
            FROM agencies_siteday day JOIN agencies_location location ON location.id = day.location_id
            WHERE chain.site_day_id = day.id AND chain.state = 'booked' AND NOT chain.must_move
              AND day.opens_at > viewer_moment()
              AND viewer_role() = 'coordinator' AND location.site_id = ANY(viewer_sites())
              AND EXISTS (
                SELECT FROM bookings_meeting meeting JOIN bookings_claim claim ON claim.meeting_id = meeting.id
                WHERE meeting.chain_id = chain.id AND claim.resource_id = desk
                  AND claim.starts_at >= first AND claim.starts_at < last
              )
            RETURNING chain.id, chain.party_id, chain.version
        ), told AS (
            INSERT INTO bookings_event (party_id, chain_id, kind, at, by_id, facts)
            SELECT party_id, id, 'asked', viewer_moment(), viewer_user(), jsonb_build_object('version', version)
            FROM asked
        )
        SELECT count(*) INTO number FROM asked;
        RETURN number;
    END $$;
    ALTER FUNCTION ask_to_move_from(bigint, timestamptz, timestamptz) OWNER TO motesplats_views;
    """,
    "DROP FUNCTION ask_to_move_from(bigint, timestamptz, timestamptz);",
)


class Migration(migrations.Migration):
    dependencies = [("bookings", "0046_order_dates")]

    operations = [ASK]
