"""The waiting list: each agency has its own; of all together only how many, and whom freed time is offered to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import belongs, door, guard, question

WHEN_DUE = "viewer_role() = 'retention' AND sees_party(party_id)"
WALLS = [
    question(
        "is_day_of_party",
        "of_chain bigint, of_party bigint",
        "EXISTS (SELECT FROM bookings_chain WHERE id = of_chain AND party_id = of_party)",
    ),
    guard(
        "bookings_waitingparty",
        read="owns_party(party_id)",
        write="viewer_agency() IS NOT NULL AND owns_party(party_id)"
        " AND (chain_id IS NULL OR is_day_of_party(chain_id, party_id))",
    ),
    belongs("bookings_waitingparty", "waiting_for_the_partys_chain", "chain_id", "bookings_chain"),
    door("bookings_waitingparty", "retention_select", command="SELECT", when=WHEN_DUE),
    door("bookings_waitingparty", "retention_delete", command="DELETE", when=WHEN_DUE),
    guard("bookings_freedtime", read="viewer_agency() IS NOT NULL", write="viewer_agency() IS NOT NULL"),
]

# No viewer sees several agencies' rows, so functions of the database ask for what each agency does on its own.
FUNCTIONS = migrations.RunSQL(
    """
    GRANT SELECT ON bookings_waitingparty, bookings_summonsanswer, bookings_message TO motesplats_views;
    GRANT SELECT, INSERT, UPDATE ON agencies_dispatch TO motesplats_views;
    GRANT USAGE ON SEQUENCE agencies_dispatch_id_seq TO motesplats_views;
    CREATE POLICY counted ON bookings_waitingparty FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY counted ON bookings_summonsanswer FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY counted ON bookings_message FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY waiting_see ON agencies_dispatch FOR SELECT TO motesplats_views
      USING (kind IN ('bookings.freed', 'bookings.missed'));
    CREATE POLICY waiting_ask ON agencies_dispatch FOR INSERT TO motesplats_views
      WITH CHECK (kind IN ('bookings.freed', 'bookings.missed'));
    CREATE POLICY waiting_ask_anew ON agencies_dispatch FOR UPDATE TO motesplats_views
      USING (kind IN ('bookings.freed', 'bookings.missed'))
      WITH CHECK (kind IN ('bookings.freed', 'bookings.missed'));

    -- Each agency with somebody waiting at the site looks, as itself, whom the freed time fits.
    CREATE FUNCTION offer_freed_time(of_site bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
        INSERT INTO agencies_dispatch AS asked
            (kind, subject, by_id, agency_id, asked_at, state, due_at, attempts, error)
        SELECT DISTINCT ON (party.owner_id)
               'bookings.freed', party.id, found.by_id, party.owner_id, viewer_moment(), 'due', viewer_moment(), 0, ''
        FROM (
            SELECT party_id, added_by_id AS by_id, since FROM bookings_waitingparty
            WHERE site_id = of_site AND ended_at IS NULL
            UNION ALL
            SELECT answer.party_id, chain.booked_by_id, answer.given_at
            FROM bookings_summonsanswer answer
            JOIN bookings_chain chain ON chain.id = answer.chain_id AND chain.state = 'booked'
            JOIN agencies_siteday day ON day.id = chain.site_day_id AND day.closes_at > viewer_moment()
            JOIN agencies_location location ON location.id = day.location_id AND location.site_id = of_site
            WHERE answer.kind = 'another_time' AND answer.replaced_at IS NULL AND answer.settled_at IS NULL
        ) found
        JOIN bookings_party party ON party.id = found.party_id AND party.anonymised_at IS NULL
        WHERE viewer_agency() IS NOT NULL
        ORDER BY party.owner_id, found.since, party.id
        ON CONFLICT (kind, subject) WHERE state IN ('due', 'sending')
        DO UPDATE SET state = 'due', due_at = excluded.due_at
    $$;
    ALTER FUNCTION offer_freed_time(bigint) OWNER TO motesplats_views;

    -- A day is missed when every meeting is written down as such, and it is closed; once each.
    CREATE FUNCTION ask_for_missed_days() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        INSERT INTO agencies_dispatch AS asked
            (kind, subject, by_id, agency_id, asked_at, state, due_at, attempts, error)
        SELECT 'bookings.missed', chain.id, chain.booked_by_id, party.owner_id, viewer_moment(), 'due',
               viewer_moment(), 0, ''
        FROM bookings_chain chain
        JOIN bookings_party party ON party.id = chain.party_id AND party.anonymised_at IS NULL
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        WHERE chain.state = 'done' AND day.closes_at > viewer_moment() - interval '14 days'
          AND day.closes_at <= viewer_moment()
          AND EXISTS (SELECT FROM bookings_meeting meeting WHERE meeting.chain_id = chain.id)
          AND NOT EXISTS (
              SELECT FROM bookings_meeting meeting
              WHERE meeting.chain_id = chain.id AND meeting.attendance <> 'no_show'
          )
          AND NOT EXISTS (
              SELECT FROM bookings_waitingparty waiting
              WHERE waiting.chain_id = chain.id AND waiting.why = 'missed'
          )
          AND NOT EXISTS (
              SELECT FROM agencies_dispatch earlier
              WHERE earlier.kind = 'bookings.missed' AND earlier.subject = chain.id AND earlier.state <> 'failed'
          )
        ON CONFLICT (kind, subject) WHERE state IN ('due', 'sending') DO NOTHING;
        GET DIAGNOSTICS number = ROW_COUNT;
        RETURN number;
    END $$;
    ALTER FUNCTION ask_for_missed_days() OWNER TO motesplats_views;

    -- How many wait, of whichever agency; for whoever keeps the site, and the secretariat.
    CREATE FUNCTION waiting_at(of_site bigint) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT count(*)::integer FROM bookings_waitingparty
        WHERE site_id = of_site AND ended_at IS NULL
          AND (viewer_role() = 'secretariat' OR viewer_role() = 'coordinator' AND of_site = ANY(viewer_sites()))
    $$;
    ALTER FUNCTION waiting_at(bigint) OWNER TO motesplats_views;

    -- Days that were met or missed, by language, notice and reminder; groups under six and protected parties left out.
    CREATE FUNCTION no_show_rates(first date, last date)
    RETURNS TABLE (language text, notice text, reminded boolean, days integer, missed integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        WITH day AS (
            SELECT party.language,
                   (site_day.date - (chain.booked_at AT TIME ZONE 'Europe/Stockholm')::date) AS notice_days,
                   EXISTS (
                       SELECT FROM bookings_message message
                       WHERE message.chain_id = chain.id AND message.sent_at IS NOT NULL
                         AND message.kind IN ('reminder_week', 'reminder_day', 'reminder_morning')
                   ) AS reminded,
                   (SELECT bool_and(meeting.attendance = 'no_show') FROM bookings_meeting meeting
                    WHERE meeting.chain_id = chain.id) AS missed
            FROM bookings_chain chain
            JOIN bookings_party party ON party.id = chain.party_id AND NOT party.is_protected
            JOIN agencies_siteday site_day ON site_day.id = chain.site_day_id
            WHERE viewer_role() = 'secretariat' AND chain.state <> 'cancelled'
              AND site_day.date BETWEEN first AND last AND site_day.closes_at <= viewer_moment()
              AND EXISTS (SELECT FROM bookings_meeting meeting
                          WHERE meeting.chain_id = chain.id AND meeting.attendance <> 'expected')
        )
        SELECT language, notice, reminded, count(*)::integer, count(*) FILTER (WHERE missed)::integer
        FROM (
            SELECT day.*, CASE WHEN notice_days < 7 THEN 'week' WHEN notice_days < 14 THEN 'fortnight'
                               WHEN notice_days < 28 THEN 'month' ELSE 'longer' END AS notice
            FROM day
        ) told
        GROUP BY language, notice, reminded HAVING count(*) >= 6
        ORDER BY language, notice, reminded
    $$;
    ALTER FUNCTION no_show_rates(date, date) OWNER TO motesplats_views;
    """,
    """
    DROP FUNCTION no_show_rates(date, date); DROP FUNCTION waiting_at(bigint);
    DROP FUNCTION ask_for_missed_days(); DROP FUNCTION offer_freed_time(bigint);
    DROP POLICY waiting_ask_anew ON agencies_dispatch; DROP POLICY waiting_ask ON agencies_dispatch;
    DROP POLICY waiting_see ON agencies_dispatch; DROP POLICY counted ON bookings_message;
    DROP POLICY counted ON bookings_summonsanswer; DROP POLICY counted ON bookings_waitingparty;
    REVOKE ALL ON SEQUENCE agencies_dispatch_id_seq FROM motesplats_views;
    REVOKE ALL ON agencies_dispatch, bookings_message, bookings_summonsanswer, bookings_waitingparty FROM motesplats_views;
    """,
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0034_telephone_hours'),
        ('bookings', '0055_survey'),
        ('interpreters', '0006_rows_are_compared'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FreedTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('freed_at', models.DateTimeField(verbose_name='freed')),
                ('interpreter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='interpreters.interpreter', verbose_name='interpreter')),
                ('site_day', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.siteday', verbose_name='site day')),
            ],
            options={
                'verbose_name': 'freed time',
                'verbose_name_plural': 'freed times',
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['starts_at'], name='freed_by_start')],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='freed_time_has_a_length', violation_error_message='Freed time starts before it ends.')],
            },
        ),
        migrations.CreateModel(
            name='WaitingParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('no_day', 'has no day yet'), ('another_time', 'needs another time'), ('missed', 'did not come')], max_length=12, verbose_name='why')),
                ('since', models.DateTimeField(verbose_name='since')),
                ('offered_at', models.DateTimeField(blank=True, null=True, verbose_name='offered')),
                ('passed_at', models.DateTimeField(blank=True, null=True, verbose_name='last offer passed on')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('end', models.CharField(blank=True, choices=[('booked', 'has a day'), ('left', 'waits no longer')], max_length=6, verbose_name='how it ended')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                ('chain', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.chain', verbose_name='chain')),
                ('offered_day', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agencies.siteday', verbose_name='freed day')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='bookings.party', verbose_name='party')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'waiting party',
                'verbose_name_plural': 'waiting parties',
                'ordering': ['since', 'pk'],
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['site', 'since'], name='waiting_by_site')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('party',), name='waiting_once', violation_error_message='This party waits already.'), models.UniqueConstraint(condition=models.Q(('why', 'missed')), fields=('chain',), name='waiting_once_for_a_missed_day', violation_error_message='This missed day is being dealt with already.'), models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('ended_at', None)), models.Q(('ended_at__isnull', False), models.Q(('end', ''), _negated=True)), _connector='OR'), name='waiting_ends_somehow', violation_error_message='Waiting ends in one of the known ways.')],
            },
        ),
        *WALLS,
        FUNCTIONS,
    ]
