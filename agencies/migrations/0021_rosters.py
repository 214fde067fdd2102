"""Rosters: patterns of weeks, absences, drafts and stand-by; what a room has; where identity is checked."""

import secrets

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

ALPHABET = "34679CDFHJKMNPQRTVWXY"


def give_references(apps, schema_editor):
    """Each interpreter gets the short reference by which rosters name it."""
    resources = apps.get_model("agencies", "Resource").objects.using(schema_editor.connection.alias).filter(kind="interpreter", reference="")
    given = set()
    for resource in resources.order_by("pk"):
        while (reference := "T-" + "".join(secrets.choice(ALPHABET) for _ in range(4))) in given:
            pass
        given.add(reference)
        resource.reference = reference
        resource.save(update_fields=["reference"])


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0020_agencies_are_data'),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('kind', models.CharField(choices=[('ill', 'ill'), ('leave', 'leave'), ('training', 'training'), ('other', 'other')], max_length=8, verbose_name='kind')),
                ('at', models.DateTimeField(verbose_name='reported')),
            ],
            options={
                'verbose_name': 'absence',
                'verbose_name_plural': 'absences',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PatternShift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.TimeField(verbose_name='starts')),
                ('ends', models.TimeField(verbose_name='ends')),
                ('break_starts', models.TimeField(blank=True, null=True, verbose_name='break starts')),
                ('break_ends', models.TimeField(blank=True, null=True, verbose_name='break ends')),
                ('remote', models.BooleanField(default=False, verbose_name='remote')),
                ('desk', models.CharField(blank=True, max_length=20, verbose_name='desk')),
            ],
            options={
                'verbose_name': 'shift of a pattern',
                'verbose_name_plural': 'shifts of a pattern',
                'ordering': ['pattern', 'starts', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WeeklyPattern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'), (5, 'Friday'), (6, 'Saturday'), (7, 'Sunday')], verbose_name='weekday')),
                ('opens', models.TimeField(verbose_name='opens')),
                ('closes', models.TimeField(verbose_name='closes')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'verbose_name': 'weekly pattern',
                'verbose_name_plural': 'weekly patterns',
                'ordering': ['location', 'weekday', 'valid_from'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='shift',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='shift',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='shift',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='siteday',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='siteday',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='siteday',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='location',
            name='checks_identity',
            field=models.BooleanField(default=True, help_text='Where it cannot, nobody meets the agency that takes biometrics.', verbose_name='identity can be checked there'),
        ),
        migrations.AddField(
            model_name='resource',
            name='reference',
            field=models.CharField(blank=True, help_text='What rosters call an interpreter: T-7K3M.', max_length=6, verbose_name='reference'),
        ),
        migrations.AddField(
            model_name='room',
            name='equipment',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('screen', 'screen'), ('telephone', 'loudspeaking telephone'), ('children', "children's corner"), ('loop', 'hearing loop')], max_length=10), blank=True, default=list, size=None, verbose_name='equipment'),
        ),
        migrations.AddField(
            model_name='service',
            name='checks_identity',
            field=models.BooleanField(default=False, help_text='Met only at locations where identity can be checked.', verbose_name='checks identity'),
        ),
        migrations.AddField(
            model_name='shift',
            name='covers',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agencies.shift', verbose_name='stands in for'),
        ),
        migrations.AddField(
            model_name='shift',
            name='standby_until',
            field=models.DateField(blank=True, help_text='Until that date, on which the shift is released unless something is booked.', null=True, verbose_name='on stand-by until'),
        ),
        migrations.AddField(
            model_name='shift',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('approved', 'approved'), ('released', 'released')], default='approved', max_length=8, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='shift',
            name='travel_minutes',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='travel in minutes'),
        ),
        migrations.AddField(
            model_name='shiftchange',
            name='standby_until',
            field=models.DateField(blank=True, help_text='Until that date, on which the shift is released unless something is booked.', null=True, verbose_name='on stand-by until'),
        ),
        migrations.AddField(
            model_name='shiftchange',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('approved', 'approved'), ('released', 'released')], default='approved', max_length=8, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='siteday',
            name='closed_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='A day that was called off, and to which cancelled meetings still belong.', null=True, verbose_name='closed'),
        ),
        migrations.AddField(
            model_name='siteday',
            name='notice_days',
            field=models.SmallIntegerField(blank=True, editable=False, help_text='How many days ahead it was opened; empty of days opened before that was recorded.', null=True, verbose_name='notice in days'),
        ),
        migrations.AddField(
            model_name='siteday',
            name='opened_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='opened'),
        ),
        migrations.AddField(
            model_name='siteday',
            name='opened_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by'),
        ),
        migrations.AddField(
            model_name='sitedaychange',
            name='closed_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='A day that was called off, and to which cancelled meetings still belong.', null=True, verbose_name='closed'),
        ),
        migrations.AddIndex(
            model_name='shift',
            index=models.Index(condition=models.Q(('standby_until__isnull', False), ('state', 'approved')), fields=['standby_until'], name='shift_on_stand_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shift',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_shiftchange" ("desk", "ends_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "remote", "resource_id", "site_day_id", "standby_until", "starts_at", "state") VALUES (NEW."desk", NEW."ends_at", viewer_moment(), \'insert\', NEW."id", NEW."remote", NEW."resource_id", NEW."site_day_id", NEW."standby_until", NEW."starts_at", NEW."state"); RETURN NULL;', hash='9bca1c20a0578cce9469b9c40501c9bc846a6658', operation='INSERT', pgid='pgtrigger_insert_insert_02009', table='agencies_shift', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shift',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."desk" IS DISTINCT FROM (NEW."desk") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."remote" IS DISTINCT FROM (NEW."remote") OR OLD."resource_id" IS DISTINCT FROM (NEW."resource_id") OR OLD."site_day_id" IS DISTINCT FROM (NEW."site_day_id") OR OLD."standby_until" IS DISTINCT FROM (NEW."standby_until") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "agencies_shiftchange" ("desk", "ends_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "remote", "resource_id", "site_day_id", "standby_until", "starts_at", "state") VALUES (OLD."desk", OLD."ends_at", viewer_moment(), \'update\', OLD."id", OLD."remote", OLD."resource_id", OLD."site_day_id", OLD."standby_until", OLD."starts_at", OLD."state"); RETURN NULL;', hash='37750c425d15516d6d94daada90ff999d2b87f6e', operation='UPDATE', pgid='pgtrigger_update_update_29524', table='agencies_shift', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shift',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_shiftchange" ("desk", "ends_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "remote", "resource_id", "site_day_id", "standby_until", "starts_at", "state") VALUES (OLD."desk", OLD."ends_at", viewer_moment(), \'delete\', OLD."id", OLD."remote", OLD."resource_id", OLD."site_day_id", OLD."standby_until", OLD."starts_at", OLD."state"); RETURN NULL;', hash='2b5c63bd599464c4053c886191baa5c8bf17015b', operation='DELETE', pgid='pgtrigger_delete_delete_7241b', table='agencies_shift', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='siteday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_sitedaychange" ("closed_at", "closes_at", "date", "location_id", "opens_at", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."closed_at", NEW."closes_at", NEW."date", NEW."location_id", NEW."opens_at", viewer_moment(), \'insert\', NEW."id"); RETURN NULL;', hash='8a9e79f4bcaab33f78c44b7260ff67cf5e424ac7', operation='INSERT', pgid='pgtrigger_insert_insert_af1c8', table='agencies_siteday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='siteday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closes_at" IS DISTINCT FROM (NEW."closes_at") OR OLD."date" IS DISTINCT FROM (NEW."date") OR OLD."location_id" IS DISTINCT FROM (NEW."location_id") OR OLD."opens_at" IS DISTINCT FROM (NEW."opens_at"))', func='INSERT INTO "agencies_sitedaychange" ("closed_at", "closes_at", "date", "location_id", "opens_at", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."closed_at", OLD."closes_at", OLD."date", OLD."location_id", OLD."opens_at", viewer_moment(), \'update\', OLD."id"); RETURN NULL;', hash='5ed5fc71856f17d9aad521ea2f679789828f2b9b', operation='UPDATE', pgid='pgtrigger_update_update_3bcda', table='agencies_siteday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='siteday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_sitedaychange" ("closed_at", "closes_at", "date", "location_id", "opens_at", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."closed_at", OLD."closes_at", OLD."date", OLD."location_id", OLD."opens_at", viewer_moment(), \'delete\', OLD."id"); RETURN NULL;', hash='f1f411b032bfca55fc5c0f1bfa66b0c0c74a60b4', operation='DELETE', pgid='pgtrigger_delete_delete_cdc7e', table='agencies_siteday', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('reference',), name='resource_reference_once', violation_error_message='Another one has that reference.'),
        ),
        migrations.AddConstraint(
            model_name='room',
            constraint=models.CheckConstraint(condition=models.Q(('equipment__contained_by', ['screen', 'telephone', 'children', 'loop'])), name='room_equipment_is_known', violation_error_message="A room has a screen, a telephone, a children's corner or a hearing loop."),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'released'), _negated=True), ('standby_until__isnull', False), _connector='OR'), name='shift_is_released_from_stand_by', violation_error_message='Only a shift on stand-by is released.'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('travel_minutes__lte', 600)), name='shift_travel_is_within_ten_hours', violation_error_message='Nobody travels for more than ten hours.'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.CheckConstraint(condition=models.Q(('covers', None), models.Q(('covers', models.F('id')), _negated=True), _connector='OR'), name='shift_covers_another', violation_error_message='A shift stands in for another one, not for itself.'),
        ),
        migrations.AddField(
            model_name='absence',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reported by'),
        ),
        migrations.AddField(
            model_name='absence',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='agencies.resource', verbose_name='resource'),
        ),
        migrations.AddField(
            model_name='patternshift',
            name='resource',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.resource', verbose_name='resource'),
        ),
        migrations.AddField(
            model_name='weeklypattern',
            name='location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='patterns', to='agencies.location', verbose_name='location'),
        ),
        migrations.AddField(
            model_name='patternshift',
            name='pattern',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shifts', to='agencies.weeklypattern', verbose_name='weekly pattern'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='absence_starts_before_it_ends', violation_error_message='An absence starts before it ends.'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('resource_id'), models.F('resource_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='absence_once_at_a_time', violation_error_message='This absence is recorded already.'),
        ),
        migrations.AddConstraint(
            model_name='weeklypattern',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__range', (1, 7))), name='pattern_is_of_a_weekday', violation_error_message='A weekday is 1, Monday, to 7, Sunday.'),
        ),
        migrations.AddConstraint(
            model_name='weeklypattern',
            constraint=models.CheckConstraint(condition=models.Q(('opens__lt', models.F('closes'))), name='pattern_opens_before_it_closes', violation_error_message='A day opens before it closes.'),
        ),
        migrations.AddConstraint(
            model_name='weeklypattern',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='pattern_begins_before_it_ends', violation_error_message='A pattern begins before it ends.'),
        ),
        migrations.AddConstraint(
            model_name='weeklypattern',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('location_id'), models.F('location_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('weekday'), models.F('weekday'), models.Value('[]'), function='int8range'), '&&'), (models.Func('valid_from', 'valid_to', models.Value('[]'), function='daterange'), '&&')], name='pattern_once_per_weekday', violation_error_message='The location has a pattern for that weekday at that time.'),
        ),
        migrations.AddConstraint(
            model_name='patternshift',
            constraint=models.UniqueConstraint(fields=('pattern', 'resource'), name='pattern_shift_once_per_resource', violation_error_message='That person is in the pattern already.'),
        ),
        migrations.AddConstraint(
            model_name='patternshift',
            constraint=models.CheckConstraint(condition=models.Q(('starts__lt', models.F('ends'))), name='pattern_shift_starts_before_it_ends', violation_error_message='A shift starts before it ends.'),
        ),
        migrations.AddConstraint(
            model_name='patternshift',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('break_ends', None), ('break_starts', None)), models.Q(('break_ends__lte', models.F('ends')), ('break_starts__lt', models.F('break_ends')), ('starts__lte', models.F('break_starts'))), _connector='OR'), name='pattern_break_lies_within_its_shift', violation_error_message='A break lies within its shift.'),
        ),
        migrations.RunPython(give_references, migrations.RunPython.noop),
        migrations.RunSQL(
            "UPDATE agencies_service SET checks_identity = true WHERE agency_code = 'SKV'", migrations.RunSQL.noop
        ),
    ]
