"""The board marks where an interpreter comes from outside; of a protected party no other agency is told the language."""

from django.db import migrations


def aged(first, last):
    """How many of those who come are of these ages on the meeting's day."""
    return f"""(
        SELECT count(*)::integer FROM bookings_newcomer person
        WHERE person.party_id = chain.party_id AND (meeting.person_id IS NULL OR person.id = meeting.person_id)
          AND date_part('year', age(day.date, person.birth_date)) BETWEEN {first} AND {last}
    )"""


# As before; but a rare language would tell who it is whose identity is protected, so that only the letter's stands.
EXPECTED_PARTIES = f"""
    SELECT meeting.id AS meeting_id, meeting.chain_id, chain.party_id, chain.reference AS chain_reference,
           party.reference AS party_reference,
           (CASE WHEN chain.state = 'booked' AND day.closes_at <= viewer_moment() THEN 'done' ELSE chain.state END
           )::varchar(10) AS state,
           meeting.agency_id, party.owner_id, chain.site_day_id, day.date,
           meeting.caseworker_id, meeting.room_id, chain.interpreter_id, meeting.who, meeting.starts_at,
           meeting.ends_at, meeting.checked_in_at, party.language, party.step_free, party.extra_time,
           party.caseworker_sex, party.interpreter_sex, {aged(0, 5)} AS infants, {aged(6, 17)} AS children,
           {aged(18, 64)} AS adults, {aged(65, 200)} AS seniors, meeting.attendance,
           (CASE WHEN party.is_protected AND party.owner_id <> viewer_agency() THEN ''
                 ELSE party.interpreter_language END)::varchar(3) AS interpreter_language,
           party.needs_interpreter, chain.outside_interpreter,
           (SELECT count(*)::integer FROM bookings_newcomer alone JOIN bookings_newcomer elder
              ON elder.party_id = alone.party_id AND (elder.birth_date, elder.id) <= (alone.birth_date, alone.id)
            WHERE alone.id = meeting.person_id HAVING count(*) > 0) AS adult, meeting.person_id AS alone_id
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE meeting.agency_id = viewer_agency() AND location.site_id = ANY(viewer_sites())
      AND viewer_role() IN ('caseworker', 'coordinator', 'manager')
"""
# As before, with the interpreter from outside: for whoever receives everybody at the site and is of no agency, at each
# desk; for an agency's own where the reference stands, so that it learns nothing more of others' parties.
OCCUPIED_DESKS = """
    WITH met AS (
        SELECT meeting.id AS meeting_id, meeting.agency_id, meeting.caseworker_id, meeting.room_id, meeting.starts_at,
               meeting.ends_at, meeting.checked_in_at, chain.id AS chain_id, chain.reference, chain.site_day_id,
               chain.outside_interpreter,
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
           agency_id, site_day_id, caseworker_id, room_id, starts_at, ends_at, checked_in_at,
           CASE WHEN is_own OR viewer_agency() IS NULL THEN outside_interpreter ELSE '' END AS outside_interpreter
    FROM numbered
"""
RESTATED = "CREATE OR REPLACE VIEW {0} WITH (security_barrier) AS {1}"


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0026_own_meetings'),
    ]

    operations = [
        migrations.RunSQL(RESTATED.format("expected_parties", EXPECTED_PARTIES), ""),
        migrations.RunSQL(RESTATED.format("occupied_desks", OCCUPIED_DESKS), ""),
    ]
