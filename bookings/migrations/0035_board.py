"""The board of a day: who is here, in a meeting or late at each desk; hosts and coordinators record it there."""

import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import door, id_view, question

# As before, with what a board tells of each meeting. Of the own agency's parties and at its own desks caseworkers and
# managers see it as well. How many come, and with what needs, is told beside a reference and to whoever receives
# everybody and is of no agency; the interpreter's language to all who run the day, but of a protected party only to its owner.
OCCUPIED_DESKS = """
    WITH met AS (
        SELECT meeting.id AS meeting_id, meeting.agency_id, meeting.caseworker_id, meeting.room_id, meeting.starts_at,
               meeting.ends_at, meeting.checked_in_at, meeting.attendance, meeting.person_id, chain.id AS chain_id,
               chain.reference, chain.site_day_id, chain.outside_interpreter, chain.interpreter_id, chain.party_id,
               day.date, party.language, party.interpreter_language, party.needs_interpreter, party.step_free,
               party.is_protected AND party.owner_id IS DISTINCT FROM viewer_agency() AS is_hidden,
               party.needs_interpreter AND chain.interpreter_id IS NULL
                 AND chain.outside_interpreter <> 'confirmed' AS lacks_interpreter,
               meeting.agency_id = viewer_agency() OR party.owner_id = viewer_agency() AS is_own,
               bool_or(meeting.attendance IN ('arrived', 'began', 'done')) OVER of_chain AS is_here,
               bool_or(meeting.attendance = 'began') OVER of_chain AS is_in_meeting,
               md5(chain.site_day_id || ' ' || party.registration || ' ' || (
                   SELECT string_agg(person.key::text, ' ' ORDER BY person.key)
                   FROM bookings_newcomer person WHERE person.party_id = party.id
               )) AS lot
        FROM bookings_meeting meeting
        JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
        JOIN bookings_party party ON party.id = chain.party_id
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        JOIN agencies_location location ON location.id = day.location_id
        WHERE location.site_id = ANY(viewer_sites())
          AND viewer_role() IN ('coordinator', 'host', 'caseworker', 'manager')
        WINDOW of_chain AS (PARTITION BY chain.site_day_id, chain.id)
    ), drawn AS (
        SELECT met.*, 100 + ('x' || left(lot, 7))::bit(28)::integer % 900 AS number FROM met
    ), numbered AS (
        SELECT drawn.*, dense_rank() OVER (PARTITION BY site_day_id, number ORDER BY lot) AS turn,
               is_own OR viewer_agency() IS NULL AS is_told
        FROM drawn
    )
    SELECT meeting_id, CASE WHEN is_own THEN reference ELSE '' END AS chain_reference,
           CASE WHEN is_own THEN '' ELSE number || CASE turn WHEN 1 THEN '' ELSE chr(95 + turn::integer) END END
               AS board_number,
           agency_id, site_day_id, caseworker_id, room_id, starts_at, ends_at, checked_in_at,
           CASE WHEN is_told THEN outside_interpreter ELSE '' END AS outside_interpreter,
           attendance, is_here, is_in_meeting, lacks_interpreter,
           CASE WHEN is_hidden THEN NULL ELSE interpreter_id END AS interpreter_id, language,
           (CASE WHEN is_hidden OR NOT needs_interpreter THEN '' ELSE interpreter_language END)::varchar(3)
               AS interpreter_language,
           is_told AND step_free AS step_free,
           CASE WHEN is_told THEN grown END AS adults, CASE WHEN is_told THEN young END AS children
    FROM numbered CROSS JOIN LATERAL (
        SELECT (count(*) FILTER (WHERE age(date, person.birth_date) >= interval '18 years'))::integer AS grown,
               (count(*) FILTER (WHERE age(date, person.birth_date) < interval '18 years'))::integer AS young
        FROM bookings_newcomer person WHERE person.party_id = numbered.party_id
          AND (numbered.person_id IS NULL OR person.id = numbered.person_id)
    ) AS of_age
    WHERE is_own OR viewer_role() IN ('coordinator', 'host')
"""
# What of a chain its reference leads to, for whoever receives its people with the letter in hand. An agency that knows
# the reference from its own pages is not led to the other agencies' desks.
MEETINGS_BY_CODE = """
    CREATE FUNCTION meetings_by_code(code text) RETURNS TABLE (meeting_id bigint, site_day_id bigint, state text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT meeting.id, chain.site_day_id, chain.state
        FROM bookings_chain chain
        JOIN bookings_meeting meeting ON meeting.chain_id = chain.id
        JOIN bookings_party party ON party.id = chain.party_id
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        JOIN agencies_location location ON location.id = day.location_id
        WHERE chain.reference = code AND location.site_id = ANY(viewer_sites())
          AND viewer_role() IN ('coordinator', 'host')
          AND (viewer_agency() IS NULL OR party.owner_id = viewer_agency() OR meeting.agency_id = viewer_agency()
               OR NOT EXISTS (SELECT FROM bookings_meeting own
                              WHERE own.chain_id = chain.id AND own.agency_id = viewer_agency()))
        ORDER BY meeting.starts_at, meeting.id
    $$;
    ALTER FUNCTION meetings_by_code(text) OWNER TO motesplats_views;
"""
# Other with each change of a day's chains, attendance, shifts and absences: what a board that is open asks for.
BOARD_STAMP = """
    CREATE FUNCTION board_stamp(of_day bigint) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT md5(concat_ws('/',
            (SELECT string_agg(id || '.' || version, ' ' ORDER BY id) FROM bookings_chain WHERE site_day_id = of_day),
            (SELECT string_agg(shift::text, ' ' ORDER BY id) FROM agencies_shift shift WHERE site_day_id = of_day),
            (SELECT string_agg(pause::text, ' ' ORDER BY pause.id) FROM agencies_break pause
             JOIN agencies_shift shift ON shift.id = pause.shift_id WHERE shift.site_day_id = of_day),
            (SELECT string_agg(away::text, ' ' ORDER BY away.id) FROM agencies_absence away
             JOIN agencies_siteday day ON day.id = of_day AND away.starts_at < day.closes_at AND away.ends_at > day.opens_at
             WHERE away.resource_id IN (SELECT resource_id FROM agencies_shift WHERE site_day_id = of_day))
        ))
        WHERE viewer_role() IN ('coordinator', 'host')
    $$;
    GRANT SELECT ON agencies_shift, agencies_break, agencies_absence TO motesplats_views;
    ALTER FUNCTION board_stamp(bigint) OWNER TO motesplats_views;
"""
# A meeting's attendance is what its events come to, whoever has written them.
FOLD = """
    GRANT SELECT ON bookings_attendanceevent TO motesplats_views;
    GRANT UPDATE (attendance, checked_in_at, checked_in_by_id) ON bookings_meeting TO motesplats_views;
    GRANT INSERT ON bookings_meetingchange TO motesplats_views;
    CREATE POLICY folds ON bookings_attendanceevent FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY by_itself ON bookings_meeting FOR UPDATE TO motesplats_views USING (true);
    CREATE POLICY by_itself ON bookings_meetingchange FOR INSERT TO motesplats_views
      WITH CHECK (pg_trigger_depth() > 0);
    CREATE FUNCTION fold_attendance() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
    DECLARE standing bigint[]; last text; began bookings_attendanceevent;
    BEGIN
        SELECT array_agg(event.id ORDER BY event.id) INTO standing
        FROM bookings_attendanceevent event
        LEFT JOIN bookings_attendanceevent later ON later.undoes_id = event.id
        WHERE event.meeting_id = NEW.meeting_id AND event.kind <> 'undone' AND later.id IS NULL;
        SELECT kind INTO last FROM bookings_attendanceevent WHERE id = standing[cardinality(standing)];
        SELECT * INTO began FROM bookings_attendanceevent WHERE id = ANY(standing) AND kind = 'began' ORDER BY id LIMIT 1;
        UPDATE bookings_meeting
        SET attendance = coalesce(last, 'expected'), checked_in_at = began.at, checked_in_by_id = began.by_id
        WHERE id = NEW.meeting_id;
        RETURN NULL;
    END $$;
    ALTER FUNCTION fold_attendance() OWNER TO motesplats_views;
    CREATE TRIGGER folds_attendance AFTER INSERT ON bookings_attendanceevent FOR EACH ROW
      EXECUTE FUNCTION fold_attendance();
"""
UNFOLD = """
    DROP TRIGGER folds_attendance ON bookings_attendanceevent;
    DROP FUNCTION fold_attendance();
    DROP POLICY by_itself ON bookings_meetingchange;
    DROP POLICY by_itself ON bookings_meeting;
    DROP POLICY folds ON bookings_attendanceevent;
"""
RESTATED = f"CREATE OR REPLACE VIEW occupied_desks WITH (security_barrier) AS {OCCUPIED_DESKS}"
ON_BOARD = "EXISTS (SELECT FROM board_meetings board WHERE board.meeting_id = sought)"
RECORDED = "by_id = viewer_user() AND is_on_board(meeting_id)"


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0034_parties_here_since'),
        ('agencies', '0021_rosters'),
    ]

    operations = [
        migrations.RunSQL("GRANT SELECT ON bookings_newcomer, bookings_party TO motesplats_views", ""),
        migrations.RunSQL(RESTATED, ""),
        id_view(
            "board_meetings",
            """
            SELECT meeting.id AS meeting_id, chain.site_day_id, meeting.caseworker_id, meeting.ends_at
            FROM bookings_meeting meeting
            JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            WHERE location.site_id = ANY(viewer_sites()) AND viewer_role() IN ('coordinator', 'host')
            """,
            reads=(),
            guarded=(),
        ),
        migrations.CreateModel(
            name='MeetingOnBoard',
            fields=[
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='bookings.meeting')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
            ],
            options={
                'db_table': 'board_meetings',
                'managed': False,
            },
        ),
        question("is_on_board", "sought bigint", ON_BOARD),
        migrations.RunSQL(FOLD, UNFOLD),
        door("bookings_attendanceevent", "door_board", command="SELECT", when="is_on_board(meeting_id)"),
        door(
            "bookings_attendanceevent",
            "door_record",
            command="INSERT",
            when=f"{RECORDED} AND (undoes_id IS NULL OR is_recorded_of(undoes_id, meeting_id))",
        ),
        migrations.RunSQL(MEETINGS_BY_CODE, "DROP FUNCTION meetings_by_code(text)"),
        migrations.RunSQL(BOARD_STAMP, "DROP FUNCTION board_stamp(bigint)"),
    ]
