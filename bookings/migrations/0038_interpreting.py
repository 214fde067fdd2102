"""What a party does not wish for, how well people understood each other, and another interpreter for an absent one."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import door, falls_with, guard, id_view

# The last mark of each meeting, without parties of protected identity; who interpreted is nowhere in it.
UNDERSTOOD = """
    SELECT row_number() OVER () AS id, last.month, last.site_id, last.language, last.form, last.agreement_id,
           last.degree, last.why, count(*)::integer AS meetings
    FROM (
        SELECT DISTINCT ON (mark.meeting_id) date_trunc('month', day.date::timestamp)::date AS month,
               location.site_id, party.interpreter_language AS language,
               coalesce(ours.form, served.form, CASE WHEN interpreter.remote THEN 'screen'
                        WHEN interpreter.id IS NOT NULL THEN 'site' ELSE '' END)::varchar(6) AS form,
               coalesce(ours.agreement_id, served.agreement_id) AS agreement_id, mark.degree, mark.why
        FROM bookings_understanding mark
        JOIN bookings_meeting meeting ON meeting.id = mark.meeting_id
        JOIN bookings_chain chain ON chain.id = meeting.chain_id
        JOIN bookings_party party ON party.id = chain.party_id AND NOT party.is_protected
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        JOIN agencies_location location ON location.id = day.location_id
        LEFT JOIN interpreters_interpreter interpreter ON interpreter.id = chain.interpreter_id
        LEFT JOIN interpreters_interpreterorder ours ON ours.interpreter_id = chain.interpreter_id
          AND ours.site_day_id = chain.site_day_id AND ours.state IN ('asked', 'received', 'confirmed')
          AND ours.starts_at <= meeting.starts_at AND ours.ends_at > meeting.starts_at
        LEFT JOIN bookings_chainorder serves ON serves.chain_id = chain.id
        LEFT JOIN interpreters_interpreterorder served ON served.id = serves.order_id
        WHERE viewer_role() = 'secretariat'
           OR viewer_role() IN ('coordinator', 'manager') AND location.site_id = ANY(viewer_sites())
        ORDER BY mark.meeting_id, mark.id DESC
    ) last
    GROUP BY last.month, last.site_id, last.language, last.form, last.agreement_id, last.degree, last.why
"""
# As `cover_meetings`: nobody who runs the day sees whose meetings these are, so functions of the database give them to
# another interpreter of the language, whom the party may have: those of an absent one, or a chain that has nobody.
COVER = migrations.RunSQL(
    """
    GRANT UPDATE (interpreter_id, outside_interpreter) ON bookings_chain TO motesplats_views;
    GRANT INSERT ON bookings_claim TO motesplats_views;
    CREATE POLICY takes ON bookings_claim FOR INSERT TO motesplats_views WITH CHECK (true);
    GRANT SELECT ON bookings_unwantedinterpreter TO motesplats_views;
    CREATE POLICY covers ON bookings_unwantedinterpreter FOR SELECT TO motesplats_views USING (true);

    CREATE FUNCTION cover_interpreted(
        absent bigint, other bigint, languages varchar[], first timestamptz, last timestamptz
    ) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH met AS (
            SELECT meeting.id, meeting.chain_id, tolk.id AS tolk_id
            FROM bookings_claim claim
            JOIN bookings_meeting meeting ON meeting.id = claim.meeting_id AND meeting.checked_in_at IS NULL
            JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state = 'booked'
            JOIN bookings_party party ON party.id = chain.party_id AND party.interpreter_language = ANY(languages)
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            JOIN interpreters_interpreter tolk ON tolk.resource_id = other
              AND party.interpreter_sex IN ('', tolk.sex)
            WHERE claim.resource_id = absent AND claim.starts_at >= first AND claim.starts_at < last
              AND location.site_id = ANY(viewer_sites()) AND viewer_role() = 'coordinator'
              AND NOT EXISTS (SELECT FROM bookings_unwantedinterpreter unwanted
                              WHERE unwanted.party_id = party.id AND unwanted.interpreter_id = tolk.id)
        ), claims AS (
            UPDATE bookings_claim claim SET resource_id = other FROM met
            WHERE claim.meeting_id = met.id AND claim.resource_id = absent
        ), chains AS (
            UPDATE bookings_chain chain SET version = version + 1, interpreter_id = met.tolk_id
            FROM (SELECT DISTINCT chain_id, tolk_id FROM met) met WHERE chain.id = met.chain_id
            RETURNING chain.id, chain.party_id, chain.version
        ), told AS (
            INSERT INTO bookings_event (party_id, chain_id, kind, at, by_id, facts)
            SELECT party_id, id, 'covered', viewer_moment(), viewer_user(), jsonb_build_object('version', version)
            FROM chains
        )
        SELECT count(*) INTO number FROM met;
        RETURN number;
    END $$;
    ALTER FUNCTION cover_interpreted(bigint, bigint, varchar[], timestamptz, timestamptz) OWNER TO motesplats_views;

    CREATE FUNCTION take_interpreted(sought bigint, other bigint, languages varchar[])
    RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH met AS (
            SELECT meeting.id, meeting.starts_at, meeting.ends_at, chain.id AS chain_id, tolk.id AS tolk_id
            FROM bookings_chain chain
            JOIN bookings_meeting meeting ON meeting.chain_id = chain.id AND meeting.checked_in_at IS NULL
            JOIN bookings_party party ON party.id = chain.party_id AND party.interpreter_language = ANY(languages)
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            JOIN interpreters_interpreter tolk ON tolk.resource_id = other
              AND party.interpreter_sex IN ('', tolk.sex)
            WHERE chain.id = sought AND chain.state = 'booked' AND chain.outside_interpreter = 'ordered'
              AND location.site_id = ANY(viewer_sites()) AND viewer_role() = 'coordinator'
              AND NOT EXISTS (SELECT FROM bookings_unwantedinterpreter unwanted
                              WHERE unwanted.party_id = party.id AND unwanted.interpreter_id = tolk.id)
        ), claims AS (
            INSERT INTO bookings_claim (meeting_id, resource_id, period)
            SELECT id, other, tstzrange(starts_at, ends_at) FROM met
        ), chains AS (
            UPDATE bookings_chain chain
            SET version = version + 1, interpreter_id = met.tolk_id, outside_interpreter = ''
            FROM (SELECT DISTINCT chain_id, tolk_id FROM met) met WHERE chain.id = met.chain_id
            RETURNING chain.id, chain.party_id, chain.version
        ), told AS (
            INSERT INTO bookings_event (party_id, chain_id, kind, at, by_id, facts)
            SELECT party_id, id, 'covered', viewer_moment(), viewer_user(),
                   jsonb_build_object('version', version, 'was', 'ordered')
            FROM chains
        )
        SELECT count(*) INTO number FROM met;
        RETURN number;
    END $$;
    ALTER FUNCTION take_interpreted(bigint, bigint, varchar[]) OWNER TO motesplats_views;
    """,
    """
    DROP FUNCTION take_interpreted(bigint, bigint, varchar[]);
    DROP POLICY takes ON bookings_claim;
    REVOKE INSERT ON bookings_claim FROM motesplats_views;
    DROP FUNCTION cover_interpreted(bigint, bigint, varchar[], timestamptz, timestamptz);
    DROP POLICY covers ON bookings_unwantedinterpreter;
    REVOKE SELECT ON bookings_unwantedinterpreter FROM motesplats_views;
    REVOKE UPDATE (interpreter_id, outside_interpreter) ON bookings_chain FROM motesplats_views;
    """,
)
WHEN_DUE = "viewer_role() = 'retention' AND sees_party(party_id)"
WALLS = [
    guard("bookings_unwantedinterpreter", read="owns_party(party_id)", write="owns_party(party_id)"),
    door("bookings_unwantedinterpreter", "retention_select", command="SELECT", when=WHEN_DUE),
    door("bookings_unwantedinterpreter", "retention_delete", command="DELETE", when=WHEN_DUE),
    guard("bookings_understanding", read="is_met_in(meeting_id)", write="false"),
    door(
        "bookings_understanding",
        "record",
        command="INSERT",
        when="by_id = viewer_user() AND viewer_role() IN ('caseworker', 'coordinator', 'manager')"
        " AND is_met_in(meeting_id)",
    ),
    falls_with("bookings_understanding", "meeting_id", "bookings_meeting"),
    id_view(
        "understood_meetings",
        UNDERSTOOD,
        reads=(
            "bookings_understanding",
            "bookings_meeting",
            "bookings_chain",
            "bookings_party",
            "bookings_chainorder",
            "interpreters_interpreter",
            "interpreters_interpreterorder",
            "agencies_siteday",
            "agencies_location",
        ),
        guarded=(
            "bookings_understanding",
            "bookings_meeting",
            "bookings_chain",
            "bookings_party",
            "bookings_chainorder",
            "interpreters_interpreterorder",
        ),
    ),
    COVER,
]


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0037_chain_orders'),
        ('interpreters', '0004_telephones'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Understood',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='month')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('form', models.CharField(blank=True, choices=[('site', 'on site'), ('phone', 'by telephone'), ('screen', 'on screen')], max_length=6, verbose_name='form')),
                ('degree', models.CharField(choices=[('yes', 'understood'), ('partly', 'partly'), ('no', 'did not understand')], max_length=6, verbose_name='did you understand each other')),
                ('why', models.CharField(blank=True, choices=[('sound', 'sound or picture'), ('dialect', 'dialect'), ('language', 'another language'), ('terms', 'words of the trade'), ('left_out', 'not all was interpreted'), ('other', 'something else')], max_length=8, verbose_name='why not')),
                ('meetings', models.IntegerField(verbose_name='meetings')),
            ],
            options={
                'db_table': 'understood_meetings',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='UnwantedInterpreter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('interpreter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='interpreters.interpreter', verbose_name='interpreter')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unwanted_interpreters', to='bookings.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'interpreter not wished for',
                'verbose_name_plural': 'interpreters not wished for',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Understanding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('degree', models.CharField(choices=[('yes', 'understood'), ('partly', 'partly'), ('no', 'did not understand')], max_length=6, verbose_name='did you understand each other')),
                ('why', models.CharField(blank=True, choices=[('sound', 'sound or picture'), ('dialect', 'dialect'), ('language', 'another language'), ('terms', 'words of the trade'), ('left_out', 'not all was interpreted'), ('other', 'something else')], max_length=8, verbose_name='why not')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('meeting', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='bookings.meeting', verbose_name='meeting')),
            ],
            options={
                'verbose_name': 'understanding',
                'verbose_name_plural': 'understanding',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('why', ''), models.Q(('degree', 'yes'), _negated=True), _connector='OR'), name='understanding_says_why_not', violation_error_message='Why is said of what was not understood alone.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='understanding',
            trigger=pgtrigger.compiler.Trigger(name='stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='693a8542ed6b9b3568a2b324e0df3820eba97fec', operation='UPDATE', pgid='pgtrigger_stays_as_it_was_5b328', table='bookings_understanding', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='unwantedinterpreter',
            constraint=models.UniqueConstraint(fields=('party', 'interpreter'), name='interpreter_unwanted_once', violation_error_message='That is noted already.'),
        ),
        *WALLS,
    ]
