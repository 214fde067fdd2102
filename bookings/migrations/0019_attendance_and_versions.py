"""Attendance as rows that are never changed, versions of chains and parties, days that pass by themselves."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import door, falls_with, guard, question


def aged(first, last):
    """How many of the party are of these ages on the meeting's day."""
    return f"""(
        SELECT count(*)::integer FROM bookings_newcomer person
        WHERE person.party_id = chain.party_id
          AND date_part('year', age(day.date, person.birth_date)) BETWEEN {first} AND {last}
    )"""


# As before, with the attendance, and a booked day that has passed is done.
EXPECTED_PARTIES = f"""
    SELECT meeting.id AS meeting_id, meeting.chain_id, chain.party_id, chain.reference AS chain_reference,
           party.reference AS party_reference,
           (CASE WHEN chain.state = 'booked' AND day.closes_at <= viewer_moment() THEN 'done' ELSE chain.state END
           )::varchar(10) AS state,
           meeting.agency_id, party.owner_id, chain.site_day_id, day.date,
           meeting.caseworker_id, meeting.room_id, chain.interpreter_id, meeting.who, meeting.starts_at,
           meeting.ends_at, meeting.checked_in_at, party.language, party.step_free, party.extra_time,
           party.caseworker_sex, party.interpreter_sex, {aged(0, 5)} AS infants, {aged(6, 17)} AS children,
           {aged(18, 64)} AS adults, {aged(65, 200)} AS seniors, meeting.attendance
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE meeting.agency_id = viewer_agency() AND location.site_id = ANY(viewer_sites())
      AND viewer_role() IN ('caseworker', 'coordinator', 'manager')
"""

# The migrator owns the tables and is no exception to their walls, except here.
WALLED = ("bookings_chain", "bookings_meeting")
FILL = migrations.RunSQL(
    " ".join(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;" for table in WALLED)
    + """
    UPDATE bookings_chain chain SET number = counted.number
    FROM (SELECT id, row_number() OVER (PARTITION BY party_id ORDER BY booked_at, id) AS number FROM bookings_chain) counted
    WHERE counted.id = chain.id AND counted.number <> 1;
    UPDATE bookings_meeting SET attendance = 'began' WHERE checked_in_at IS NOT NULL;
    SET CONSTRAINTS ALL IMMEDIATE;
    """
    + " ".join(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;" for table in WALLED),
    "",
)
FILL_EVENTS = migrations.RunSQL(
    """
    ALTER TABLE bookings_meeting NO FORCE ROW LEVEL SECURITY;
    INSERT INTO bookings_attendanceevent (meeting_id, kind, by_id, at)
    SELECT id, 'began', coalesce(checked_in_by_id, caseworker_id), checked_in_at FROM bookings_meeting
    WHERE checked_in_at IS NOT NULL ORDER BY checked_in_at, id;
    ALTER TABLE bookings_meeting FORCE ROW LEVEL SECURITY;
    """,
    "",
)

# Whoever changes a row raises its version, also a verb that forgets to; it never falls.
VERSIONS = migrations.RunSQL(
    """
    CREATE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.version := OLD.version + 1; RETURN NEW; END $$;
    """
    + " ".join(
        f"CREATE TRIGGER raises_version BEFORE UPDATE ON {table} FOR EACH ROW"
        " WHEN (NEW.version <= OLD.version AND NEW.* IS DISTINCT FROM OLD.*) EXECUTE FUNCTION raise_version();"
        for table in ("bookings_chain", "bookings_party")
    ),
    "DROP TRIGGER raises_version ON bookings_chain; DROP TRIGGER raises_version ON bookings_party;"
    " DROP FUNCTION raise_version();",
)
# Attendance may be recorded by an agency that does not own the chain, and a day passes without anybody: so the views'
# role, which nobody signs in as, raises the version and closes the day.
BY_ITSELF = migrations.RunSQL(
    """
    GRANT UPDATE (version, state) ON bookings_chain TO motesplats_views;
    GRANT UPDATE (version) ON bookings_party TO motesplats_views;
    GRANT INSERT ON bookings_chainchange TO motesplats_views;
    CREATE POLICY by_itself ON bookings_chain FOR UPDATE TO motesplats_views USING (true);
    CREATE POLICY by_itself ON bookings_party FOR UPDATE TO motesplats_views USING (true);
    CREATE POLICY by_itself ON bookings_chainchange FOR INSERT TO motesplats_views
      WITH CHECK (pg_trigger_depth() > 0);

    CREATE FUNCTION raise_version_of_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
    BEGIN
        UPDATE bookings_chain SET version = version + 1
        WHERE id = (SELECT chain_id FROM bookings_meeting WHERE id = NEW.meeting_id);
        RETURN NULL;
    END $$;
    ALTER FUNCTION raise_version_of_chain() OWNER TO motesplats_views;
    CREATE TRIGGER raises_version AFTER INSERT ON bookings_attendanceevent FOR EACH ROW
      EXECUTE FUNCTION raise_version_of_chain();

    CREATE FUNCTION close_past_days() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
    DECLARE number integer;
    BEGIN
        WITH past AS (
            SELECT chain.id FROM bookings_chain chain JOIN agencies_siteday day ON day.id = chain.site_day_id
            WHERE chain.state = 'booked' AND day.closes_at <= viewer_moment() ORDER BY chain.id FOR UPDATE OF chain
        ), closed AS (
            UPDATE bookings_chain chain SET state = 'done', version = version + 1 FROM past
            WHERE past.id = chain.id RETURNING party_id
        ), raised AS (
            UPDATE bookings_party SET version = version + 1 WHERE id IN (SELECT party_id FROM closed)
        )
        SELECT count(*) INTO number FROM closed;
        RETURN number;
    END $$;
    ALTER FUNCTION close_past_days() OWNER TO motesplats_views;
    """,
    """
    DROP FUNCTION close_past_days(); DROP TRIGGER raises_version ON bookings_attendanceevent;
    DROP FUNCTION raise_version_of_chain();
    DROP POLICY by_itself ON bookings_chainchange; DROP POLICY by_itself ON bookings_party;
    DROP POLICY by_itself ON bookings_chain;
    REVOKE INSERT ON bookings_chainchange FROM motesplats_views;
    REVOKE UPDATE (version) ON bookings_party FROM motesplats_views;
    REVOKE UPDATE (version, state) ON bookings_chain FROM motesplats_views;
    """,
)

CONCERNED = "owns_meeting(meeting_id) OR is_met_in(meeting_id)"
WALLS = [
    migrations.RunSQL(f"CREATE OR REPLACE VIEW expected_parties WITH (security_barrier) AS {EXPECTED_PARTIES}", ""),
    falls_with("bookings_attendanceevent", "meeting_id", "bookings_meeting"),
    question(
        "is_recorded_of",
        "sought bigint, meeting bigint",
        "EXISTS (SELECT FROM bookings_attendanceevent WHERE id = sought AND meeting_id = meeting)",
    ),
    guard("bookings_attendanceevent", read=CONCERNED, write="false"),
    door(
        "bookings_attendanceevent",
        "record",
        command="INSERT",
        when="by_id = viewer_user() AND viewer_role() IN ('caseworker', 'coordinator', 'manager')"
        f" AND ({CONCERNED}) AND (undoes_id IS NULL OR is_recorded_of(undoes_id, meeting_id))",
    ),
    # What its own check-in has opened, the agency that is met may shut.
    door(
        "bookings_disclosure",
        "door_shut",
        command="DELETE",
        when="source = 'check_in' AND agency_id = viewer_agency() AND site_id = ANY(viewer_sites())",
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0013_named_openers'),
        ('bookings', '0018_link_dates'),
        ('interpreters', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AttendanceEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('arrived', 'arrived'), ('began', 'has begun'), ('done', 'is over'), ('late', 'comes later'), ('no_show', 'did not come'), ('left', 'has left'), ('undone', 'undone')], max_length=10, verbose_name='kind')),
                ('at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'attendance',
                'verbose_name_plural': 'attendance',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='chain',
            name='left_out',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), blank=True, default=list, size=None, verbose_name='agencies without a desk there'),
        ),
        migrations.AddField(
            model_name='chain',
            name='number',
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="number among the party's days"),
        ),
        migrations.AddField(
            model_name='chain',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='attendance',
            field=models.CharField(choices=[('expected', 'expected'), ('arrived', 'arrived'), ('began', 'has begun'), ('done', 'is over'), ('late', 'comes later'), ('no_show', 'did not come'), ('left', 'has left')], default='expected', editable=False, max_length=10, verbose_name='attendance'),
        ),
        migrations.AddField(
            model_name='party',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='version'),
        ),
        FILL,
        migrations.AlterField(
            model_name='chain',
            name='state',
            field=models.CharField(choices=[('booked', 'booked'), ('done', 'past'), ('cancelled', 'cancelled')], default='booked', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='chainchange',
            name='state',
            field=models.CharField(choices=[('booked', 'booked'), ('done', 'past'), ('cancelled', 'cancelled')], default='booked', max_length=10, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='chain',
            constraint=models.UniqueConstraint(fields=('party', 'number'), name='chain_number_once_per_party', violation_error_message='A proposal is booked once.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attendance__in', ['began', 'done']), ('checked_in_at__isnull', False)), models.Q(('attendance__in', ['expected', 'arrived', 'late', 'no_show']), ('checked_in_at', None)), ('attendance', 'left'), _connector='OR'), name='meeting_began_with_a_check_in', violation_error_message='A meeting begins when the party is checked in.'),
        ),
        migrations.AddField(
            model_name='attendanceevent',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='attendanceevent',
            name='meeting',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='attendance_events', to='bookings.meeting', verbose_name='meeting'),
        ),
        migrations.AddField(
            model_name='attendanceevent',
            name='undoes',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.attendanceevent', verbose_name='what it undoes'),
        ),
        migrations.AddConstraint(
            model_name='attendanceevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'undone'), ('undoes__isnull', False)), models.Q(models.Q(('kind', 'undone'), _negated=True), ('undoes', None)), _connector='OR'), name='attendance_undoes_one', violation_error_message='What is undone is named, and nothing else.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendanceevent',
            trigger=pgtrigger.compiler.Trigger(name='stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ba15726bf898a95b66e738014851bc7c1d1a1e73', operation='UPDATE', pgid='pgtrigger_stays_as_it_was_a01dc', table='bookings_attendanceevent', when='BEFORE')),
        ),
    ] + [FILL_EVENTS] + WALLS + [VERSIONS, BY_ITSELF]
