"""Whoever keeps a place sees in counts what is booked there, and asks the agencies to move it."""

from django.db import migrations, models

CLOSING = migrations.RunSQL(
    """
    GRANT UPDATE (must_move) ON bookings_chain TO motesplats_views;
    CREATE POLICY asks ON bookings_event FOR INSERT TO motesplats_views WITH CHECK (kind = 'asked');

    CREATE FUNCTION booked_at(place bigint, first date)
    RETURNS TABLE (site_day bigint, booked integer, asked integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT day.id, count(*)::integer, count(*) FILTER (WHERE chain.must_move)::integer
        FROM bookings_chain chain
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        JOIN agencies_location location ON location.id = day.location_id
        WHERE location.id = place AND day.date >= first AND chain.state = 'booked'
          AND viewer_role() = 'coordinator' AND location.site_id = ANY(viewer_sites())
        GROUP BY day.id
    $$;
    ALTER FUNCTION booked_at(bigint, date) OWNER TO motesplats_views;

    CREATE FUNCTION ask_to_move(place bigint, first date, last date)
    RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH asked AS (
            UPDATE bookings_chain chain SET must_move = true, version = chain.version + 1
            FROM agencies_siteday day JOIN agencies_location location ON location.id = day.location_id
            WHERE chain.site_day_id = day.id AND location.id = place AND day.date BETWEEN first AND last
              AND chain.state = 'booked' AND NOT chain.must_move AND day.opens_at > viewer_moment()
              AND viewer_role() = 'coordinator' AND location.site_id = ANY(viewer_sites())
            RETURNING chain.id, chain.party_id, chain.version
        ), told AS (
            INSERT INTO bookings_event (party_id, chain_id, kind, at, by_id, facts)
            SELECT party_id, id, 'asked', viewer_moment(), viewer_user(), jsonb_build_object('version', version)
            FROM asked
        )
        SELECT count(*) INTO number FROM asked;
        RETURN number;
    END $$;
    ALTER FUNCTION ask_to_move(bigint, date, date) OWNER TO motesplats_views;
    """,
    """
    DROP FUNCTION ask_to_move(bigint, date, date);
    DROP FUNCTION booked_at(bigint, date);
    DROP POLICY asks ON bookings_event;
    REVOKE UPDATE (must_move) ON bookings_chain FROM motesplats_views;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("bookings", "0041_adjacent_shifts")]

    operations = [
        CLOSING,
        migrations.AlterField(
            model_name='chain',
            name='must_move',
            field=models.BooleanField(default=False, editable=False, verbose_name='has to be moved'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('registered', 'Registered'), ('overridden', 'Legal basis overridden'), ('booked', 'Booked'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('checked_in', 'Checked in'), ('protected', 'Identity protected'), ('opened', 'Identity opened'), ('unprotected', 'Protection ended'), ('renewed', 'New code and link'), ('confirmed', 'Interpreter from outside confirmed'), ('unconfirmed', 'Confirmation of the interpreter undone'), ('crossed', 'Opened from another site'), ('amended', 'Corrected'), ('covered', 'Met by a colleague'), ('form', 'Form of a meeting changed'), ('group', 'Met in a group'), ('asked', 'Asked to be moved')], max_length=12, verbose_name='kind'),
        ),
    ]
