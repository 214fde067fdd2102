"""Thresholds are dated rules of the secretariat; who changed them, holidays, and who let an agency join."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import history


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0026_rows_are_compared'),
    ]

    operations = [
        migrations.CreateModel(
            name='HolidayChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('date', models.DateField(verbose_name='date')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
            ],
            options={
                'verbose_name': 'change of a holiday',
                'verbose_name_plural': 'changes of holidays',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='Threshold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('link_days', "how long a newcomer's link opens"), ('arrive_before', 'how early a party is asked to come'), ('alarm_hours', 'how long before a lacking interpreter is an alarm'), ('thin_hours', 'when a day is thin'), ('thin_unsaid', 'how far ahead a day without a forecast is judged'), ('unusual_people', 'how many people are never unusual to read'), ('unusual_times', 'how many times the usual is unusual to read'), ('spot_checks', 'how many readings a spot check has')], max_length=20, verbose_name='threshold')),
                ('value', models.PositiveIntegerField(verbose_name='value')),
                ('valid_from', models.DateField(verbose_name='valid from')),
            ],
            options={
                'verbose_name': 'threshold',
                'verbose_name_plural': 'thresholds',
                'ordering': ['code', 'valid_from'],
            },
        ),
        migrations.CreateModel(
            name='ThresholdChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('code', models.CharField(choices=[('link_days', "how long a newcomer's link opens"), ('arrive_before', 'how early a party is asked to come'), ('alarm_hours', 'how long before a lacking interpreter is an alarm'), ('thin_hours', 'when a day is thin'), ('thin_unsaid', 'how far ahead a day without a forecast is judged'), ('unusual_people', 'how many people are never unusual to read'), ('unusual_times', 'how many times the usual is unusual to read'), ('spot_checks', 'how many readings a spot check has')], max_length=20, verbose_name='threshold')),
                ('value', models.PositiveIntegerField(verbose_name='value')),
                ('valid_from', models.DateField(verbose_name='valid from')),
            ],
            options={
                'verbose_name': 'change of a threshold',
                'verbose_name_plural': 'changes of thresholds',
                'ordering': ['-pgh_id'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agency',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_agencychange" ("address", "deaf_contact", "email", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "version", "web") VALUES (NEW."address", NEW."deaf_contact", NEW."email", NEW."name", viewer_moment(), \'insert\', NEW."id", NEW."phone", NEW."version", NEW."web"); RETURN NULL;', hash='1675e4056c94e49edf0162641998d0b3c3c3cd25', operation='INSERT', pgid='pgtrigger_insert_insert_064bb', table='agencies_agency', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holiday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_holidaychange" ("date", "name", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."date", NEW."name", viewer_moment(), \'insert\', NEW."id"); RETURN NULL;', hash='82e68a364472a43d0d70e55914816096c8d5967b', operation='INSERT', pgid='pgtrigger_insert_insert_54db0', table='agencies_holiday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holiday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date" IS DISTINCT FROM (NEW."date") OR OLD."name" IS DISTINCT FROM (NEW."name"))', func='INSERT INTO "agencies_holidaychange" ("date", "name", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."date", OLD."name", viewer_moment(), \'update\', OLD."id"); RETURN NULL;', hash='03e0d096325e346f684de9cbd2535b3a53f409c5', operation='UPDATE', pgid='pgtrigger_update_update_d5730', table='agencies_holiday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holiday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_holidaychange" ("date", "name", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."date", OLD."name", viewer_moment(), \'delete\', OLD."id"); RETURN NULL;', hash='307a2971e0e1857b15c317ec8d3b071de0bc8c92', operation='DELETE', pgid='pgtrigger_delete_delete_9f213', table='agencies_holiday', when='AFTER')),
        ),
        migrations.AddField(
            model_name='holidaychange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='holidaychange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.holiday'),
        ),
        migrations.AddField(
            model_name='threshold',
            name='set_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='thresholdchange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='thresholdchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.threshold'),
        ),
        migrations.AddConstraint(
            model_name='threshold',
            constraint=models.UniqueConstraint(fields=('code', 'valid_from'), name='threshold_once_from_a_day', violation_error_message='There is already a value from that day.'),
        ),
        migrations.AddConstraint(
            model_name='threshold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', 'link_days'), ('value__range', (1, 365))), models.Q(('code', 'arrive_before'), ('value__range', (0, 60))), models.Q(('code', 'alarm_hours'), ('value__range', (1, 336))), models.Q(('code', 'thin_hours'), ('value__range', (1, 40))), models.Q(('code', 'thin_unsaid'), ('value__range', (0, 90))), models.Q(('code', 'unusual_people'), ('value__range', (50, 5000))), models.Q(('code', 'unusual_times'), ('value__range', (2, 20))), models.Q(('code', 'spot_checks'), ('value__range', (5, 100))), _connector='OR'), name='threshold_within_its_limits', violation_error_message='The value is too small or too large.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='threshold',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_thresholdchange" ("code", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "value") VALUES (NEW."code", viewer_moment(), \'insert\', NEW."id", NEW."valid_from", NEW."value"); RETURN NULL;', hash='90ede1b32d8b33645911d43b5a286ede06fb04e5', operation='INSERT', pgid='pgtrigger_insert_insert_00c33', table='agencies_threshold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='threshold',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."value" IS DISTINCT FROM (NEW."value"))', func='INSERT INTO "agencies_thresholdchange" ("code", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "value") VALUES (OLD."code", viewer_moment(), \'update\', OLD."id", OLD."valid_from", OLD."value"); RETURN NULL;', hash='48329265a2128fd6ef1ae68f7ac4e7f9a4390afd', operation='UPDATE', pgid='pgtrigger_update_update_8ccf3', table='agencies_threshold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='threshold',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_thresholdchange" ("code", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "value") VALUES (OLD."code", viewer_moment(), \'delete\', OLD."id", OLD."valid_from", OLD."value"); RETURN NULL;', hash='91fef6413140f3795088eb3963905075c22bcbb4', operation='DELETE', pgid='pgtrigger_delete_delete_991ac', table='agencies_threshold', when='AFTER')),
        ),
        history('agencies_thresholdchange', read='true'),
        history('agencies_holidaychange', read='true'),
    ]
