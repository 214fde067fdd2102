"""Whom a manager lets open protected identities, and the alarm when somebody reads about unusually many people."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import door, guard, id_view, question

NOBODY = "false"
MANAGES_SITE = "agency_id = viewer_agency() AND viewer_role() = 'manager' AND site_id = ANY(viewer_sites())"
NAMES = f"""
    {MANAGES_SITE} AND named_by_id = viewer_user() AND user_id <> viewer_user() AND withdrawn_at IS NULL
    AND EXISTS (SELECT FROM agencies_user staff WHERE staff.id = user_id AND staff.agency_id = viewer_agency())
"""
# Once withdrawn it stays so: naming the colleague again is another row.
WITHDRAW = migrations.RunSQL(
    f"""
    CREATE POLICY door_withdraw ON agencies_namedopener FOR UPDATE TO motesplats_app
      USING ({MANAGES_SITE} AND withdrawn_at IS NULL)
      WITH CHECK ({MANAGES_SITE} AND withdrawn_at IS NOT NULL AND withdrawn_by_id = viewer_user())
    """,
    "DROP POLICY door_withdraw ON agencies_namedopener",
)

# A user's readings are looked after by the agency's managers at the user's sites, or where there is none by all of the
# agency's managers; nobody looks after one's own.
MANAGES_READER = question(
    "manages_reader",
    "sought bigint",
    """viewer_role() = 'manager' AND sought <> viewer_user() AND (
        EXISTS (SELECT FROM agencies_user_sites WHERE user_id = sought AND site_id = ANY(viewer_sites()))
        OR NOT EXISTS (
            SELECT FROM agencies_user manager
            JOIN agencies_user_sites theirs ON theirs.user_id = manager.id
            JOIN agencies_user_sites readers ON readers.site_id = theirs.site_id AND readers.user_id = sought
            WHERE manager.agency_id = viewer_agency() AND manager.role = 'manager' AND manager.is_active
              AND manager.id <> sought
        )
    )""",
)
OVERSEES = """
    agency_id = viewer_agency() AND manages_reader(user_id)
    OR user_id <> viewer_user()
       AND EXISTS (SELECT FROM agencies_user WHERE id = viewer_user() AND is_superuser AND is_active)
"""
BY_THE_VIEWER = """
    user_id = viewer_user() AND agency_id IS NOT DISTINCT FROM viewer_agency() AND closed_at IS NULL
"""
CLOSE = migrations.RunSQL(
    f"""
    CREATE POLICY door_close ON agencies_unusualreading FOR UPDATE TO motesplats_app
      USING (({OVERSEES}) AND closed_at IS NULL)
      WITH CHECK (closed_at IS NOT NULL AND closed_by_id = viewer_user())
    """,
    "DROP POLICY door_close ON agencies_unusualreading",
)

TODAY = "date_trunc('day', viewer_moment() AT TIME ZONE 'Europe/Stockholm')"
BEGAN = f"{TODAY} AT TIME ZONE 'Europe/Stockholm'"
PEOPLE_READ_TODAY = f"""
    SELECT person FROM agencies_reading WHERE user_id = viewer_user() AND at >= {BEGAN}
"""
A_DAY = f"""
    SELECT count(DISTINCT person) AS people FROM agencies_reading
    WHERE {{whose}} AND at >= {BEGAN} - interval '28 days' AND at < {BEGAN}
    GROUP BY user_id, (at AT TIME ZONE 'Europe/Stockholm')::date
"""
OWN_DAYS = A_DAY.format(whose="user_id = viewer_user()")
ROLES_DAYS = A_DAY.format(
    whose="role = coalesce(viewer_role(), '') AND agency_id IS NOT DISTINCT FROM viewer_agency()"
)
# The median of the user's own days if there are five, else of the role's in the agency; of the last four weeks.
USUAL_READING = f"""
    SELECT coalesce(
        (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY people) FROM ({OWN_DAYS}) own HAVING count(*) >= 5),
        (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY people) FROM ({ROLES_DAYS}) roles),
        0
    ) AS people
"""

WALLS = [
    guard("agencies_namedopener", read="agency_id = viewer_agency()", write=NOBODY),
    door("agencies_namedopener", "door_name", command="INSERT", when=NAMES),
    WITHDRAW,
    MANAGES_READER,
    guard("agencies_unusualreading", read=OVERSEES, write=NOBODY),
    door("agencies_unusualreading", "door_raise", command="INSERT", when=BY_THE_VIEWER),
    CLOSE,
    id_view("people_read_today", PEOPLE_READ_TODAY, reads=("agencies_reading",), guarded=("agencies_reading",)),
    id_view("usual_reading", USUAL_READING, reads=("agencies_reading",), guarded=("agencies_reading",)),
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0012_blank_contacts'),
    ]

    operations = [
        migrations.CreateModel(
            name='NamedOpener',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('named_at', models.DateTimeField(verbose_name='named')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
            ],
            options={
                'verbose_name': 'named opener',
                'verbose_name_plural': 'named openers',
                'ordering': ['-named_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='UnusualReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('level', models.PositiveSmallIntegerField(verbose_name='level')),
                ('people', models.PositiveIntegerField(verbose_name='people shown')),
                ('usual', models.PositiveIntegerField(verbose_name='people on a usual day')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('word', models.CharField(blank=True, max_length=300, verbose_name='what it was')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
            ],
            options={
                'verbose_name': 'unusual reading',
                'verbose_name_plural': 'unusual readings',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(fields=['user', 'at'], name='reading_by_user'),
        ),
        migrations.AddField(
            model_name='namedopener',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='namedopener',
            name='named_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='named by'),
        ),
        migrations.AddField(
            model_name='namedopener',
            name='site',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site'),
        ),
        migrations.AddField(
            model_name='namedopener',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='namedopener',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by'),
        ),
        migrations.AddField(
            model_name='unusualreading',
            name='agency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='agency'),
        ),
        migrations.AddField(
            model_name='unusualreading',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by'),
        ),
        migrations.AddField(
            model_name='unusualreading',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddConstraint(
            model_name='namedopener',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('agency', 'site', 'user'), name='named_opener_once_per_site', violation_error_message='That colleague is named already.'),
        ),
        migrations.AddConstraint(
            model_name='namedopener',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='named_opener_is_withdrawn_by_somebody', violation_error_message='Somebody withdraws it, at a moment.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedopener',
            trigger=pgtrigger.compiler.Trigger(name='stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."named_by_id" IS DISTINCT FROM (NEW."named_by_id") OR OLD."named_at" IS DISTINCT FROM (NEW."named_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ad1d4501d1a07df41d74f6809d8c641f5d960af8', operation='UPDATE', pgid='pgtrigger_stays_as_it_was_a6a4a', table='agencies_namedopener', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='unusualreading',
            constraint=models.UniqueConstraint(fields=('user', 'day', 'level'), name='unusual_reading_once_a_level', violation_error_message='That alarm has been raised already.'),
        ),
        migrations.AddConstraint(
            model_name='unusualreading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('word', '')), models.Q(models.Q(('word', ''), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='unusual_reading_is_closed_with_a_word', violation_error_message='Say what it was.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unusualreading',
            trigger=pgtrigger.compiler.Trigger(name='stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."day" IS DISTINCT FROM (NEW."day") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."people" IS DISTINCT FROM (NEW."people") OR OLD."usual" IS DISTINCT FROM (NEW."usual") OR OLD."at" IS DISTINCT FROM (NEW."at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='db6cd49b9bc736b6e41569c489abac731d87521f', operation='UPDATE', pgid='pgtrigger_stays_as_it_was_51f7a', table='agencies_unusualreading', when='BEFORE')),
        ),
    ] + WALLS
