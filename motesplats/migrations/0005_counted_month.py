"""What happened at a site in a month, counted from bookings, rosters, interpreting, consents and answers.

One function for each subject, and `counted_month` for all. Each answers the role of figures alone, counts days that have
ended, and leaves protected identities out. `people`: how many persons or parties are behind a number, 0 where it tells
of none. A whole stands under the dimension ''.
"""

from django.db import migrations

COLUMNS = (
    "measure text, dimension text, key text, amount numeric, over numeric, people integer, spread jsonb"
)
SUBJECTS = (
    "counted_strain",
    "counted_time",
    "counted_hours",
    "counted_persons",
    "counted_interpreting",
    "counted_orders",
    "counted_no_shows",
    "counted_answers",
    "counted_stops",
    "counted_capacity",
)
STOCKHOLM = "AT TIME ZONE 'Europe/Stockholm'"
TODAY = f"(viewer_moment() {STOCKHOLM})::date"
IN_MONTH = "BETWEEN of_month AND (of_month + interval '1 month - 1 day')::date"
# The parts of what is told whole, by track and by language.
BY_TRACK_AND_LANGUAGE = "(VALUES ('', ''), ('track', day.track), ('language', day.language)) part(dimension, key)"


def function(name: str, arguments: str, columns: str, body: str) -> migrations.RunSQL:
    """A function of the database that reads across the walls, for whoever its body lets."""
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}({arguments}) RETURNS TABLE ({columns})
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$ {body} $$;
        ALTER FUNCTION {name} OWNER TO motesplats_views;
        """,
        f"DROP FUNCTION {name}",
    )


def counted(name: str, body: str) -> migrations.RunSQL:
    return function(name, "of_site bigint, of_month date", COLUMNS, body)


READS = migrations.RunSQL(
    """
    GRANT SELECT ON bookings_surveyanswer, bookings_forecast, interpreters_agreementterms TO motesplats_views;
    CREATE POLICY figures ON bookings_surveyanswer FOR SELECT TO motesplats_views USING (true);
    """,
    """
    DROP POLICY figures ON bookings_surveyanswer;
    REVOKE ALL ON bookings_surveyanswer, bookings_forecast, interpreters_agreementterms FROM motesplats_views;
    """,
)
MINUTES = migrations.RunSQL(
    """
    CREATE FUNCTION minutes_of(periods tstzmultirange) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(sum(extract(epoch FROM upper(period) - lower(period)) / 60), 0) FROM unnest(periods) period
    $$;
    """,
    "DROP FUNCTION minutes_of(tstzmultirange)",
)
DAYS = function(
    "figure_days",
    "of_site bigint, of_month date",
    "id bigint, date date",
    f"""
    SELECT day.id, day.date
    FROM agencies_siteday day JOIN agencies_location location ON location.id = day.location_id
    WHERE viewer_role() = 'figures' AND location.site_id = of_site AND day.date {IN_MONTH}
      AND day.closed_at IS NULL AND day.closes_at <= viewer_moment()
    """,
)
# A chain came if a meeting of it was begun, and missed its day if none was and all are written down as such.
CHAINS = function(
    "figure_chains",
    "of_site bigint, of_month date",
    """
    id bigint, party_id bigint, site_day_id bigint, date date, track text, language text, booked_at timestamptz,
    decided_on date, waiting numeric, interpreter_id bigint, outside text, left_out text[], is_cancelled boolean,
    came boolean, missed boolean
    """,
    f"""
    SELECT chain.id, chain.party_id, day.id, day.date, track.number::text, party.language, chain.booked_at,
           party.decided_on, chain.waiting_minutes, chain.interpreter_id, chain.outside_interpreter,
           chain.left_out::text[], chain.state = 'cancelled',
           chain.state <> 'cancelled' AND coalesce(meetings.came, false),
           chain.state <> 'cancelled' AND coalesce(meetings.missed, false)
    FROM agencies_siteday day
    JOIN agencies_location location ON location.id = day.location_id
    JOIN bookings_chain chain ON chain.site_day_id = day.id
    JOIN bookings_party party ON party.id = chain.party_id AND NOT party.is_protected
    JOIN bookings_track track ON track.id = chain.track_id
    LEFT JOIN LATERAL (
        SELECT bool_or(checked_in_at IS NOT NULL) AS came, bool_and(attendance = 'no_show') AS missed
        FROM bookings_meeting WHERE chain_id = chain.id
    ) meetings ON true
    WHERE viewer_role() = 'figures' AND location.site_id = of_site AND day.date {IN_MONTH}
      AND day.closes_at <= viewer_moment()
    """,
)
# What is interpreted of the meetings that were held: `who`, and `talk`, the same for what is held at once.
TALKS = function(
    "figure_talks",
    "of_site bigint, of_month date",
    """
    chain_id bigint, party_id bigint, talk text, who text, is_on_site boolean, interpreter_id bigint, order_id bigint,
    site_day_id bigint, starts_at timestamptz, ends_at timestamptz
    """,
    """
    SELECT day.id, day.party_id,
           CASE WHEN informed.id IS NULL THEN 'meeting ' || coalesce(meeting.together_with_id, meeting.id)
                ELSE 'group ' || informed.id END,
           CASE WHEN tolk.id IS NOT NULL THEN 'interpreter ' || tolk.id
                WHEN served.id IS NOT NULL THEN 'order ' || served.id END,
           coalesce(own.form, served.form, CASE WHEN tolk.remote THEN 'screen' WHEN tolk.id IS NOT NULL THEN 'site' END)
             = 'site',
           tolk.id, served.id, day.site_day_id, meeting.starts_at, meeting.ends_at
    FROM figure_chains(of_site, of_month) day
    JOIN bookings_meeting meeting ON meeting.chain_id = day.id AND meeting.checked_in_at IS NOT NULL
    LEFT JOIN bookings_groupmeeting informed ON informed.id = meeting.group_id
    LEFT JOIN bookings_chainorder serves
      ON serves.chain_id = day.id AND meeting.group_id IS NULL AND day.outside <> ''
    LEFT JOIN interpreters_interpreter tolk
      ON tolk.id = CASE WHEN informed.id IS NULL THEN day.interpreter_id ELSE informed.interpreter_id END
    LEFT JOIN interpreters_interpreterorder served
      ON served.id = coalesce(serves.order_id, informed.order_id) AND tolk.id IS NULL
     AND served.state IN ('asked', 'received', 'confirmed')
    LEFT JOIN interpreters_interpreterorder own
      ON own.interpreter_id = tolk.id AND own.site_day_id = day.site_day_id
     AND own.state IN ('asked', 'received', 'confirmed')
     AND own.starts_at <= meeting.starts_at AND own.ends_at > meeting.starts_at
    WHERE day.came AND (tolk.id IS NOT NULL OR served.id IS NOT NULL)
    """,
)

STRAIN = counted(
    "counted_strain",
    f"""
    WITH met AS (
        SELECT meeting.chain_id, meeting.id, meeting.starts_at, meeting.ends_at, meeting.checked_in_at,
               coalesce(ended.at, meeting.ends_at) AS ended_at,
               meeting.person_id IS NULL AND meeting.together_with_id IS NULL AS is_of_all
        FROM figure_chains(of_site, of_month) day
        JOIN bookings_meeting meeting ON meeting.chain_id = day.id AND meeting.checked_in_at IS NOT NULL
        LEFT JOIN LATERAL (
            SELECT max(done.at) AS at FROM bookings_attendanceevent done
            WHERE done.meeting_id = meeting.id AND done.kind = 'done'
              AND NOT EXISTS (SELECT FROM bookings_attendanceevent undone WHERE undone.undoes_id = done.id)
        ) ended ON true
        WHERE day.came
    ), step AS (
        -- By how much longer than planned it took from the end of a meeting to the beginning of the next one.
        SELECT chain_id, CASE WHEN is_of_all THEN extract(epoch FROM (checked_in_at - starts_at) - lag(ended_at - ends_at)
                   OVER (PARTITION BY chain_id, is_of_all ORDER BY starts_at, id)) / 60 END AS minutes
        FROM met
    ), held AS (
        SELECT chain_id, count(*) AS meetings, coalesce(round(sum(minutes)), 0) AS longer FROM step GROUP BY chain_id
    ), day AS (
        SELECT day.*, greatest(0, day.waiting + held.longer) AS waited, held.meetings
        FROM figure_chains(of_site, of_month) day JOIN held ON held.chain_id = day.id
    ), interpreted AS (
        SELECT chain_id, count(DISTINCT who) AS interpreters FROM figure_talks(of_site, of_month) GROUP BY chain_id
    )
    SELECT 'waiting_minutes', part.dimension, part.key, sum(day.waited), count(*)::numeric, count(*)::integer, '{{}}'::jsonb
    FROM day CROSS JOIN LATERAL {BY_TRACK_AND_LANGUAGE}
    GROUP BY part.dimension, part.key
    UNION ALL
    SELECT 'meetings_per_day', '', '', sum(meetings), count(*), count(*)::integer, '{{}}' FROM day HAVING count(*) > 0
    UNION ALL
    SELECT 'interpreters_per_chain', '', '', sum(interpreters), count(*), count(*)::integer, '{{}}'
    FROM interpreted HAVING count(*) > 0
    """,
)
# Of a party that has come on several days the last one counts, in its month and at its site.
TIME = counted(
    "counted_time",
    f"""
    WITH came AS (
        SELECT DISTINCT ON (day.party_id) day.*
        FROM figure_chains(of_site, of_month) day WHERE day.came ORDER BY day.party_id, day.date DESC, day.id DESC
    ), day AS (
        SELECT came.track, greatest(0, came.date - coalesce(came.decided_on, called.on)) AS days,
               greatest(0, came.date - called.on) AS from_call
        FROM came
        CROSS JOIN LATERAL (
            SELECT (min(booked_at) {STOCKHOLM})::date AS on FROM bookings_chain WHERE party_id = came.party_id
        ) called
        WHERE NOT EXISTS (
            SELECT FROM bookings_chain later
            JOIN agencies_siteday other ON other.id = later.site_day_id AND other.date > came.date
            JOIN bookings_meeting meeting ON meeting.chain_id = later.id AND meeting.checked_in_at IS NOT NULL
            WHERE later.party_id = came.party_id AND later.state <> 'cancelled'
        )
    ), told AS (
        SELECT 'days_to_last_meeting' AS measure, track, days AS value FROM day
        UNION ALL SELECT 'days_from_call', track, from_call FROM day
    ), number AS (
        SELECT told.measure, part.dimension, part.key, told.value, count(*) AS parties
        FROM told CROSS JOIN LATERAL (VALUES ('', ''), ('track', told.track)) part(dimension, key)
        GROUP BY told.measure, part.dimension, part.key, told.value
    )
    SELECT measure, dimension, key, sum(value * parties)::numeric, sum(parties), sum(parties)::integer,
           jsonb_object_agg(value::text, parties)
    FROM number GROUP BY measure, dimension, key
    UNION ALL
    SELECT 'within_7_days', part.dimension, part.key, count(*) FILTER (WHERE day.days <= 7), count(*), count(*)::integer,
           '{{}}'
    FROM day CROSS JOIN LATERAL (VALUES ('', ''), ('track', day.track)) part(dimension, key)
    GROUP BY part.dimension, part.key
    """,
)
HOURS = counted(
    "counted_hours",
    """
    WITH met AS (
        SELECT meeting.caseworker_id, day.site_day_id, array_agg(DISTINCT day.party_id) AS parties,
               range_agg(tstzrange(meeting.starts_at, meeting.ends_at)) AS periods
        FROM figure_chains(of_site, of_month) day
        JOIN bookings_meeting meeting ON meeting.chain_id = day.id AND meeting.checked_in_at IS NOT NULL
        WHERE day.came GROUP BY meeting.caseworker_id, day.site_day_id
    ), shift AS (
        SELECT agency.code::text AS agency, met.parties, coalesce(met.periods, '{}'::tstzmultirange) AS periods,
               tstzmultirange(tstzrange(shift.starts_at, shift.ends_at))
                 - coalesce((SELECT range_agg(tstzrange(starts_at, ends_at)) FROM agencies_break
                             WHERE shift_id = shift.id), '{}')
                 - coalesce((SELECT range_agg(tstzrange(starts_at, ends_at)) FROM agencies_absence
                             WHERE resource_id = shift.resource_id AND starts_at < shift.ends_at
                               AND ends_at > shift.starts_at), '{}') AS hours
        FROM figure_days(of_site, of_month) day
        JOIN agencies_shift shift ON shift.site_day_id = day.id AND shift.state = 'approved'
        JOIN agencies_user staff ON staff.resource_id = shift.resource_id
        JOIN agencies_agency agency ON agency.id = staff.agency_id
        LEFT JOIN met ON met.caseworker_id = staff.id AND met.site_day_id = day.id
    ), worked AS (
        SELECT part.key, sum(minutes_of(shift.hours)) AS minutes, sum(minutes_of(shift.hours - shift.periods)) AS idle
        FROM shift CROSS JOIN LATERAL (VALUES (''), (shift.agency)) part(key) GROUP BY part.key
    ), parties AS (
        SELECT part.key, count(DISTINCT party)::integer AS number
        FROM shift CROSS JOIN LATERAL unnest(shift.parties) party
        CROSS JOIN LATERAL (VALUES (''), (shift.agency)) part(key) GROUP BY part.key
    )
    SELECT told.measure, CASE WHEN worked.key = '' THEN '' ELSE 'agency' END, worked.key,
           told.amount, told.over, told.people, '{}'::jsonb
    FROM worked LEFT JOIN parties ON parties.key = worked.key
    CROSS JOIN LATERAL (
        VALUES ('hours_given', worked.minutes / 60, 0::numeric, 0),
               ('idle_share', worked.idle / 60, worked.minutes / 60, coalesce(parties.number, 0))
    ) told(measure, amount, over, people)
    """,
)
PERSONS = counted(
    "counted_persons",
    """
    WITH member AS (
        SELECT day.id AS chain_id, newcomer.id, newcomer.own_meetings::text[] AS own_meetings,
               CASE WHEN newcomer.sex = '' THEN 'U' ELSE newcomer.sex END AS sex,
               date_part('year', age(day.date, newcomer.birth_date)) >= 18 AS is_adult,
               row_number() OVER (PARTITION BY day.id ORDER BY newcomer.birth_date, newcomer.id) = 1 AS is_eldest
        FROM figure_chains(of_site, of_month) day
        JOIN bookings_newcomer newcomer ON newcomer.party_id = day.party_id WHERE day.came
    ), met AS (
        SELECT DISTINCT member.chain_id, member.id, member.sex, agency.code::text AS agency
        FROM member
        JOIN bookings_meeting meeting ON meeting.chain_id = member.chain_id AND meeting.checked_in_at IS NOT NULL
        JOIN agencies_agency agency ON agency.id = meeting.agency_id
        WHERE meeting.person_id = member.id
           OR meeting.person_id IS NULL AND NOT agency.code = ANY(member.own_meetings)
              AND CASE meeting.who WHEN 'everyone' THEN true WHEN 'one_adult' THEN member.is_eldest
                                   ELSE member.is_adult END
    ), number AS (
        SELECT part.dimension, part.key, count(*)::integer AS persons
        FROM met CROSS JOIN LATERAL (VALUES ('', ''), ('agency', met.agency), ('sex', met.sex)) part(dimension, key)
        GROUP BY part.dimension, part.key
    )
    SELECT 'persons_met', dimension, key, persons::numeric, 0::numeric, persons, '{}'::jsonb FROM number
    UNION ALL
    SELECT 'persons_per_staff_hour', hours.dimension, hours.key, came.persons, hours.amount, came.persons, '{}'
    FROM counted_hours(of_site, of_month) hours
    CROSS JOIN LATERAL (
        SELECT CASE WHEN hours.key = '' THEN (SELECT count(*)::integer FROM member)
                    ELSE coalesce((SELECT persons FROM number WHERE dimension = 'agency' AND key = hours.key), 0)
               END AS persons
    ) came
    WHERE hours.measure = 'hours_given'
    """,
)
INTERPRETING = counted(
    "counted_interpreting",
    """
    WITH talk AS (
        SELECT DISTINCT ON (talk) talk, is_on_site, extract(epoch FROM ends_at - starts_at) / 60 AS minutes
        FROM figure_talks(of_site, of_month) ORDER BY talk, starts_at
    )
    SELECT 'on_site_share', '', '', coalesce(sum(minutes) FILTER (WHERE is_on_site), 0), sum(minutes),
           (SELECT count(DISTINCT party_id)::integer FROM figure_talks(of_site, of_month)), '{}'::jsonb
    FROM talk HAVING count(*) > 0
    """,
)
# An order that serves protected identities alone is left out.
ORDERS = counted(
    "counted_orders",
    """
    WITH asked AS (
        SELECT orders.*, day.date
        FROM figure_days(of_site, of_month) day
        JOIN interpreters_interpreterorder orders ON orders.site_day_id = day.id AND orders.state <> 'cancelled'
        WHERE NOT coalesce((
            SELECT bool_and(party.is_protected)
            FROM bookings_chain chain JOIN bookings_party party ON party.id = chain.party_id
            WHERE chain.site_day_id = orders.site_day_id AND chain.state <> 'cancelled'
              AND (chain.interpreter_id = orders.interpreter_id
                   OR chain.id IN (SELECT chain_id FROM bookings_chainorder WHERE order_id = orders.id))
        ), false)
    ), talk AS (
        SELECT DISTINCT ON (talk) talk.* FROM figure_talks(of_site, of_month) talk ORDER BY talk, starts_at
    ), paid AS (
        SELECT asked.id, ceil(greatest(extract(epoch FROM asked.ends_at - asked.starts_at) / 60, terms.minimum_minutes)
                              / terms.unit_minutes) * terms.unit_minutes AS minutes
        FROM asked
        CROSS JOIN LATERAL (
            SELECT unit_minutes, minimum_minutes FROM interpreters_agreementterms
            WHERE agreement_id = asked.agreement_id AND valid_from <= asked.date ORDER BY valid_from DESC LIMIT 1
        ) terms
        WHERE asked.state = 'confirmed'
    ), met AS (
        SELECT asked.id, talk.talk, extract(epoch FROM least(talk.ends_at, asked.ends_at)
                                                     - greatest(talk.starts_at, asked.starts_at)) / 60 AS minutes
        FROM asked
        JOIN talk ON talk.site_day_id = asked.site_day_id AND talk.starts_at < asked.ends_at
                 AND talk.ends_at > asked.starts_at
                 AND (talk.order_id = asked.id OR talk.interpreter_id = asked.interpreter_id)
        WHERE asked.state = 'confirmed'
    ), needed AS (
        SELECT asked.state <> 'confirmed' AS is_unfilled FROM asked
        WHERE NOT (asked.state = 'declined'
                   AND EXISTS (SELECT FROM interpreters_interpreterorder next WHERE next.former_id = asked.id))
    )
    SELECT 'paid_per_interpreted_minute', '', '', sum(minutes), (SELECT coalesce(sum(minutes), 0) FROM met),
           (SELECT count(DISTINCT party_id)::integer FROM figure_talks(of_site, of_month)
            WHERE talk IN (SELECT talk FROM met)), '{}'::jsonb
    FROM paid HAVING count(*) > 0
    UNION ALL
    SELECT 'unfilled_orders', '', '', count(*) FILTER (WHERE is_unfilled), count(*), count(*)::integer, '{}'
    FROM needed HAVING count(*) > 0
    """,
)
# By the same notice and reminders as the waiting list's rates.
NO_SHOWS = counted(
    "counted_no_shows",
    f"""
    WITH day AS (
        SELECT chain.missed, chain.language,
               CASE WHEN chain.ahead < 7 THEN 'week' WHEN chain.ahead < 14 THEN 'fortnight'
                    WHEN chain.ahead < 28 THEN 'month' ELSE 'longer' END AS notice,
               CASE WHEN EXISTS (
                   SELECT FROM bookings_message message
                   WHERE message.chain_id = chain.id AND message.sent_at IS NOT NULL
                     AND message.kind IN ('reminder_week', 'reminder_day', 'reminder_morning')
               ) THEN 'yes' ELSE 'no' END AS reminder
        FROM (SELECT day.*, day.date - (day.booked_at {STOCKHOLM})::date AS ahead
              FROM figure_chains(of_site, of_month) day) chain
        WHERE NOT chain.is_cancelled
          AND EXISTS (SELECT FROM bookings_meeting meeting
                      WHERE meeting.chain_id = chain.id AND meeting.attendance <> 'expected')
    )
    SELECT 'no_show_share', part.dimension, part.key, count(*) FILTER (WHERE day.missed)::numeric, count(*)::numeric,
           count(*) FILTER (WHERE day.missed)::integer, '{{}}'::jsonb
    FROM day
    CROSS JOIN LATERAL (
        VALUES ('language', day.language), ('notice', day.notice), ('reminder', day.reminder)
    ) part(dimension, key)
    GROUP BY part.dimension, part.key
    UNION ALL
    SELECT 'agency_no_shows', part.dimension, part.key, count(*), 0, count(DISTINCT missed.party_id)::integer, '{{}}'
    FROM (
        SELECT day.party_id, agency.code::text AS agency
        FROM figure_chains(of_site, of_month) day
        JOIN bookings_meeting meeting ON meeting.chain_id = day.id AND meeting.attendance = 'no_show'
        JOIN agencies_agency agency ON agency.id = meeting.agency_id
        WHERE NOT day.is_cancelled
    ) missed
    CROSS JOIN LATERAL (VALUES ('', ''), ('agency', missed.agency)) part(dimension, key)
    GROUP BY part.dimension, part.key
    """,
)
# Of each adult and question the answer that was written last.
ANSWERS = counted(
    "counted_answers",
    f"""
    WITH answer AS (
        SELECT DISTINCT ON (event.newcomer_id, event.discloser_id, event.recipient_id, event.category)
               event.newcomer_id, event.kind = 'given' AS is_yes, agency.code::text AS agency
        FROM checklists_consentevent event
        JOIN bookings_party party ON party.id = event.party_id AND NOT party.is_protected
        JOIN agencies_agency agency ON agency.id = event.recipient_id
        WHERE event.site_id = of_site AND event.day IN (SELECT date FROM figure_days(of_site, of_month))
        ORDER BY event.newcomer_id, event.discloser_id, event.recipient_id, event.category, event.id DESC
    )
    SELECT 'consent_share', part.dimension, part.key, count(*) FILTER (WHERE answer.is_yes)::numeric, count(*)::numeric,
           count(DISTINCT answer.newcomer_id)::integer, '{{}}'::jsonb
    FROM answer CROSS JOIN LATERAL (VALUES ('', ''), ('agency', answer.agency)) part(dimension, key)
    GROUP BY part.dimension, part.key
    UNION ALL
    SELECT 'survey_' || face.question, '', '', sum(face.given), count(*), count(*)::integer, '{{}}'
    FROM bookings_surveyanswer answer
    CROSS JOIN LATERAL (
        VALUES ('purpose', answer.purpose), ('interpreter', answer.interpreter), ('next_step', answer.next_step),
               ('in_control', answer.in_control)
    ) face(question, given)
    WHERE viewer_role() = 'figures' AND answer.site_id = of_site AND answer.month = of_month
      AND face.given IS NOT NULL
    GROUP BY face.question
    """,
)
STOPS = counted(
    "counted_stops",
    f"""
    WITH stopped AS (
        SELECT day.id, why.key
        FROM figure_chains(of_site, of_month) day
        CROSS JOIN LATERAL (
            SELECT 'interpreter' AS key WHERE NOT day.is_cancelled AND day.outside = 'ordered'
            UNION ALL SELECT unnest(day.left_out)
            UNION ALL SELECT 'no_show' WHERE day.missed
            UNION ALL SELECT 'own_wish' WHERE EXISTS (
                SELECT FROM bookings_summonsanswer answer WHERE answer.chain_id = day.id AND answer.kind = 'another_time'
            )
            UNION ALL SELECT 'premises' WHERE EXISTS (
                SELECT FROM bookings_event event WHERE event.chain_id = day.id AND event.kind = 'asked'
            )
        ) why
    ), waited AS (
        SELECT (waiting.ended_at {STOCKHOLM})::date - (waiting.since {STOCKHOLM})::date AS days,
               CASE waiting.why WHEN 'another_time' THEN 'own_wish' WHEN 'missed' THEN 'no_show' ELSE waiting.why END
                 AS why
        FROM bookings_waitingparty waiting
        JOIN bookings_party party ON party.id = waiting.party_id AND NOT party.is_protected
        WHERE viewer_role() = 'figures' AND waiting.site_id = of_site
          AND (waiting.ended_at {STOCKHOLM})::date {IN_MONTH} AND waiting.ended_at <= viewer_moment()
    ), number AS (
        SELECT part.dimension, part.key, waited.days, count(*) AS parties
        FROM waited CROSS JOIN LATERAL (VALUES ('', ''), ('why', waited.why)) part(dimension, key)
        GROUP BY part.dimension, part.key, waited.days
    )
    SELECT 'chains_stopped', part.dimension, part.key, count(DISTINCT stopped.id)::numeric, 0::numeric,
           count(DISTINCT stopped.id)::integer, '{{}}'::jsonb
    FROM stopped CROSS JOIN LATERAL (VALUES ('', ''), ('why', stopped.key)) part(dimension, key)
    GROUP BY part.dimension, part.key
    UNION ALL
    SELECT 'days_waited', dimension, key, sum(days * parties), sum(parties), sum(parties)::integer,
           jsonb_object_agg(days::text, parties)
    FROM number GROUP BY dimension, key
    """,
)
# All of the month's days, also those ahead; of each municipality what was said last.
CAPACITY = counted(
    "counted_capacity",
    f"""
    SELECT 'capacity_hours', '', '', sum(extract(epoch FROM shift.ends_at - shift.starts_at)) / 3600, 0::numeric, 0,
           '{{}}'::jsonb
    FROM agencies_siteday day
    JOIN agencies_location location ON location.id = day.location_id AND location.site_id = of_site
    JOIN agencies_shift shift ON shift.site_day_id = day.id AND shift.state = 'approved'
    JOIN agencies_user staff ON staff.resource_id = shift.resource_id AND staff.agency_id IS NOT NULL
    WHERE viewer_role() = 'figures' AND day.closed_at IS NULL AND day.date {IN_MONTH}
    HAVING count(*) > 0
    UNION ALL
    SELECT 'inflow_persons', '', '', sum(said.likely), 0, 0, '{{}}'
    FROM (
        SELECT DISTINCT ON (forecast.municipality_id) forecast.likely
        FROM bookings_forecast forecast
        JOIN agencies_municipality municipality
          ON municipality.id = forecast.municipality_id AND municipality.site_id = of_site
        WHERE viewer_role() = 'figures' AND forecast.month = of_month AND forecast.said_on <= {TODAY}
        ORDER BY forecast.municipality_id, forecast.said_on DESC, forecast.id DESC
    ) said HAVING count(*) > 0
    """,
)
ALL = counted(
    "counted_month",
    " UNION ALL ".join(f"SELECT * FROM {name}(of_site, of_month)" for name in SUBJECTS),
)


class Migration(migrations.Migration):

    dependencies = [
        ('motesplats', '0004_tertial_reports_and_surveys'),
        ('bookings', '0056_waiting'),
        ('checklists', '0013_rule_texts'),
        ('interpreters', '0006_rows_are_compared'),
    ]

    operations = [
        READS,
        MINUTES,
        DAYS,
        CHAINS,
        TALKS,
        STRAIN,
        TIME,
        HOURS,
        PERSONS,
        INTERPRETING,
        ORDERS,
        NO_SHOWS,
        ANSWERS,
        STOPS,
        CAPACITY,
        ALL,
    ]
