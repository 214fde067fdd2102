"""Who changed a site's days and shifts; written by triggers, read by staff."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import history


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('agencies', '0005_readings'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShiftChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('remote', models.BooleanField(default=False, verbose_name='remote')),
                ('desk', models.CharField(blank=True, help_text='The sign on the desk that day.', max_length=20, verbose_name='desk')),
                ('by', models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.shift')),
                ('resource', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.resource', verbose_name='resource')),
                ('site_day', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.siteday', verbose_name='site day')),
            ],
            options={
                'verbose_name': 'change of a shift',
                'verbose_name_plural': 'changes of shifts',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='SiteDayChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('date', models.DateField(verbose_name='date')),
                ('opens_at', models.DateTimeField(verbose_name='opens')),
                ('closes_at', models.DateTimeField(verbose_name='closes')),
                ('by', models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('location', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.location', verbose_name='location')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.siteday')),
            ],
            options={
                'verbose_name': 'change of a site day',
                'verbose_name_plural': 'changes of site days',
                'ordering': ['-pgh_id'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shift',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_shiftchange" ("desk", "ends_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "remote", "resource_id", "site_day_id", "starts_at") VALUES (NEW."desk", NEW."ends_at", viewer_moment(), \'insert\', NEW."id", NEW."remote", NEW."resource_id", NEW."site_day_id", NEW."starts_at"); RETURN NULL;', hash='eca68459c78675fda5aa2109b6c94c6db32c2345', operation='INSERT', pgid='pgtrigger_insert_insert_02009', table='agencies_shift', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shift',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."desk" IS DISTINCT FROM (NEW."desk") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."remote" IS DISTINCT FROM (NEW."remote") OR OLD."resource_id" IS DISTINCT FROM (NEW."resource_id") OR OLD."site_day_id" IS DISTINCT FROM (NEW."site_day_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at"))', func='INSERT INTO "agencies_shiftchange" ("desk", "ends_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "remote", "resource_id", "site_day_id", "starts_at") VALUES (OLD."desk", OLD."ends_at", viewer_moment(), \'update\', OLD."id", OLD."remote", OLD."resource_id", OLD."site_day_id", OLD."starts_at"); RETURN NULL;', hash='de1c17740bef5adb9b2be4d62c3bbc90b7332d18', operation='UPDATE', pgid='pgtrigger_update_update_29524', table='agencies_shift', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shift',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_shiftchange" ("desk", "ends_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "remote", "resource_id", "site_day_id", "starts_at") VALUES (OLD."desk", OLD."ends_at", viewer_moment(), \'delete\', OLD."id", OLD."remote", OLD."resource_id", OLD."site_day_id", OLD."starts_at"); RETURN NULL;', hash='4456ba2b425fde2fa02cadec99e81da07ba198dc', operation='DELETE', pgid='pgtrigger_delete_delete_7241b', table='agencies_shift', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='siteday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_sitedaychange" ("closes_at", "date", "location_id", "opens_at", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."closes_at", NEW."date", NEW."location_id", NEW."opens_at", viewer_moment(), \'insert\', NEW."id"); RETURN NULL;', hash='c1a1a9722bc9fedb896bb80eece9bd828866a3b4', operation='INSERT', pgid='pgtrigger_insert_insert_af1c8', table='agencies_siteday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='siteday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closes_at" IS DISTINCT FROM (NEW."closes_at") OR OLD."date" IS DISTINCT FROM (NEW."date") OR OLD."location_id" IS DISTINCT FROM (NEW."location_id") OR OLD."opens_at" IS DISTINCT FROM (NEW."opens_at"))', func='INSERT INTO "agencies_sitedaychange" ("closes_at", "date", "location_id", "opens_at", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."closes_at", OLD."date", OLD."location_id", OLD."opens_at", viewer_moment(), \'update\', OLD."id"); RETURN NULL;', hash='17c9c2df5ee1b0a4eb04570e953036e0fb652211', operation='UPDATE', pgid='pgtrigger_update_update_3bcda', table='agencies_siteday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='siteday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_sitedaychange" ("closes_at", "date", "location_id", "opens_at", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."closes_at", OLD."date", OLD."location_id", OLD."opens_at", viewer_moment(), \'delete\', OLD."id"); RETURN NULL;', hash='b2365f8618bd2b5e7b424d2bdefa2b298a8bface', operation='DELETE', pgid='pgtrigger_delete_delete_cdc7e', table='agencies_siteday', when='AFTER')),
        ),
    ] + [
        history("agencies_sitedaychange", read="true"),
        history("agencies_shiftchange", read="true"),
        # The changes say themselves who made them; nobody writes contexts.
        migrations.RunSQL(
            "REVOKE ALL ON pghistory_context FROM motesplats_app",
            "GRANT ALL ON pghistory_context TO motesplats_app",
        ),
    ]
