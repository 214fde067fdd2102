"""Whether a number is known at which the holder of a link is called; which one it is no link tells without its code."""

from django.db import migrations

KNOWN = """
    GRANT SELECT ON bookings_owncontact TO motesplats_views;
    CREATE POLICY asked_if_any ON bookings_owncontact FOR SELECT TO motesplats_views USING (true);
    -- Of a protected party staff open what is sealed.
    CREATE FUNCTION is_number_known(of_link bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT EXISTS (
            SELECT FROM open_links link
            JOIN bookings_party party ON party.id = link.party_id
            LEFT JOIN bookings_owncontact own ON own.newcomer_id = link.newcomer_id
            WHERE link.link_id = of_link AND (party.is_protected OR party.phone <> '' OR own.phone <> '')
        )
    $$;
    ALTER FUNCTION is_number_known(bigint) OWNER TO motesplats_views;
"""
UNKNOWN = """
    DROP FUNCTION is_number_known(bigint);
    DROP POLICY asked_if_any ON bookings_owncontact;
    REVOKE SELECT ON bookings_owncontact FROM motesplats_views;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0062_offer_on'),
    ]

    operations = [
        migrations.RunSQL(KNOWN, UNKNOWN),
    ]
