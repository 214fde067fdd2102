"""What a change of a rule touches: how many booked chains of each site, counted across the walls for the secretariat."""

from django.db import migrations

# `basis`, `youngest` and `oldest` may be NULL: any legal basis, no limit of age. Ages are those on the day of the chain.
CHAINS_AHEAD = migrations.RunSQL(
    """
    GRANT SELECT ON bookings_track TO motesplats_views;

    CREATE FUNCTION chains_ahead(first date, last date, tracks integer[], basis bigint, youngest integer, oldest integer)
    RETURNS TABLE (site_id bigint, chains bigint) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT location.site_id, count(*)
        FROM bookings_chain chain
        JOIN bookings_party party ON party.id = chain.party_id
        JOIN bookings_track track ON track.id = chain.track_id
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        JOIN agencies_location location ON location.id = day.location_id
        WHERE viewer_role() = 'secretariat' AND chain.state = 'booked'
          AND day.date BETWEEN first AND coalesce(last, 'infinity')
          AND (tracks IS NULL OR track.number = ANY(tracks))
          AND (basis IS NULL OR party.legal_basis_id = basis)
          AND (youngest IS NULL AND oldest IS NULL OR EXISTS (
              SELECT FROM bookings_newcomer member
              WHERE member.party_id = party.id
                AND date_part('year', age(day.date, member.birth_date))
                    BETWEEN coalesce(youngest, 0) AND coalesce(oldest, 200)
          ))
        GROUP BY location.site_id
    $$;
    ALTER FUNCTION chains_ahead(date, date, integer[], bigint, integer, integer) OWNER TO motesplats_views;
    """,
    "DROP FUNCTION chains_ahead(date, date, integer[], bigint, integer, integer)",
)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0021_rosters"),
        ("bookings", "0039_capacity_and_forms"),
    ]

    operations = [CHAINS_AHEAD]
