"""Orders of agencies hold between two days; who changed orders, rules of attendance and legal bases."""

import datetime
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import history


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0045_minutes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AttendanceRuleChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('agency_code', models.CharField(max_length=5, verbose_name='agency')),
                ('concerns', models.CharField(choices=[('party', 'the party'), ('members', 'members of these ages')], max_length=8, verbose_name='concerns')),
                ('min_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='from the age of')),
                ('max_age', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='up to the age of')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('is_default', models.BooleanField(default=True, verbose_name='met unless switched off')),
                ('may_be_switched', models.BooleanField(default=True, verbose_name='may be switched for a party')),
                ('who', models.CharField(choices=[('adults', 'all adults'), ('everyone', 'the whole family, children too'), ('concerned', 'those concerned'), ('one_adult', 'one adult')], max_length=10, verbose_name='who must come')),
            ],
            options={
                'ordering': ['pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='LegalBasisChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('code', models.CharField(max_length=12, verbose_name='code')),
                ('paragraph', models.CharField(max_length=60, verbose_name='section of the act')),
                ('meaning', models.CharField(max_length=120, verbose_name='meaning')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
            ],
            options={
                'ordering': ['pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='PrecedenceChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('before', models.CharField(max_length=5, verbose_name='first')),
                ('after', models.CharField(max_length=5, verbose_name='then')),
                ('is_hard', models.BooleanField(default=False, verbose_name='never broken')),
                ('valid_from', models.DateField(default=datetime.date(2016, 1, 1), verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
            ],
            options={
                'ordering': ['pgh_id'],
            },
        ),
        migrations.AlterModelOptions(
            name='precedence',
            options={'ordering': ['track', 'before', 'after', 'valid_from'], 'verbose_name': 'order of two agencies', 'verbose_name_plural': 'orders of agencies'},
        ),
        migrations.RemoveConstraint(
            model_name='precedence',
            name='precedence_once_per_pair',
        ),
        migrations.AddField(
            model_name='precedence',
            name='valid_from',
            field=models.DateField(default=datetime.date(2016, 1, 1), verbose_name='valid from'),
        ),
        migrations.AddField(
            model_name='precedence',
            name='valid_to',
            field=models.DateField(blank=True, null=True, verbose_name='valid to'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendancerule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_attendancerulechange" ("agency_code", "concerns", "is_default", "max_age", "may_be_switched", "min_age", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "who") VALUES (NEW."agency_code", NEW."concerns", NEW."is_default", NEW."max_age", NEW."may_be_switched", NEW."min_age", viewer_moment(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_to", NEW."who"); RETURN NULL;', hash='ccb1b92afb4d747ce6285a218e9bfd26f372d996', operation='INSERT', pgid='pgtrigger_insert_insert_2e199', table='bookings_attendancerule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendancerule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."agency_code" IS DISTINCT FROM (NEW."agency_code") OR OLD."concerns" IS DISTINCT FROM (NEW."concerns") OR OLD."is_default" IS DISTINCT FROM (NEW."is_default") OR OLD."max_age" IS DISTINCT FROM (NEW."max_age") OR OLD."may_be_switched" IS DISTINCT FROM (NEW."may_be_switched") OR OLD."min_age" IS DISTINCT FROM (NEW."min_age") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to") OR OLD."who" IS DISTINCT FROM (NEW."who"))', func='INSERT INTO "bookings_attendancerulechange" ("agency_code", "concerns", "is_default", "max_age", "may_be_switched", "min_age", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "who") VALUES (OLD."agency_code", OLD."concerns", OLD."is_default", OLD."max_age", OLD."may_be_switched", OLD."min_age", viewer_moment(), \'update\', OLD."id", OLD."valid_from", OLD."valid_to", OLD."who"); RETURN NULL;', hash='078284591a0870fe94dad5bffe18e852aef06a8f', operation='UPDATE', pgid='pgtrigger_update_update_31c95', table='bookings_attendancerule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attendancerule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_attendancerulechange" ("agency_code", "concerns", "is_default", "max_age", "may_be_switched", "min_age", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "who") VALUES (OLD."agency_code", OLD."concerns", OLD."is_default", OLD."max_age", OLD."may_be_switched", OLD."min_age", viewer_moment(), \'delete\', OLD."id", OLD."valid_from", OLD."valid_to", OLD."who"); RETURN NULL;', hash='788cc50264f914a404dbef1eee7afe56b8b2e37c', operation='DELETE', pgid='pgtrigger_delete_delete_19790', table='bookings_attendancerule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legalbasis',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_legalbasischange" ("code", "default_track_id", "meaning", "paragraph", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (NEW."code", NEW."default_track_id", NEW."meaning", NEW."paragraph", viewer_moment(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='42fc64c48d8397d07eca8dbfe4f681176a0a9686', operation='INSERT', pgid='pgtrigger_insert_insert_08c76', table='bookings_legalbasis', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legalbasis',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."default_track_id" IS DISTINCT FROM (NEW."default_track_id") OR OLD."meaning" IS DISTINCT FROM (NEW."meaning") OR OLD."paragraph" IS DISTINCT FROM (NEW."paragraph") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))', func='INSERT INTO "bookings_legalbasischange" ("code", "default_track_id", "meaning", "paragraph", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (OLD."code", OLD."default_track_id", OLD."meaning", OLD."paragraph", viewer_moment(), \'update\', OLD."id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='06e2b841cc4e84c02c5cfd79a0e4f2e70d113142', operation='UPDATE', pgid='pgtrigger_update_update_613fd', table='bookings_legalbasis', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legalbasis',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_legalbasischange" ("code", "default_track_id", "meaning", "paragraph", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to") VALUES (OLD."code", OLD."default_track_id", OLD."meaning", OLD."paragraph", viewer_moment(), \'delete\', OLD."id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='0b5315507722f0da6306e7e093a0594dcbc9cd9a', operation='DELETE', pgid='pgtrigger_delete_delete_0864a', table='bookings_legalbasis', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='precedence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_precedencechange" ("after", "before", "is_hard", "pgh_created_at", "pgh_label", "pgh_obj_id", "track_id", "valid_from", "valid_to") VALUES (NEW."after", NEW."before", NEW."is_hard", viewer_moment(), \'insert\', NEW."id", NEW."track_id", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='38f70a7e3b4751e6b79e194c54a81c6ec654ddbe', operation='INSERT', pgid='pgtrigger_insert_insert_8345f', table='bookings_precedence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='precedence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."after" IS DISTINCT FROM (NEW."after") OR OLD."before" IS DISTINCT FROM (NEW."before") OR OLD."is_hard" IS DISTINCT FROM (NEW."is_hard") OR OLD."track_id" IS DISTINCT FROM (NEW."track_id") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))', func='INSERT INTO "bookings_precedencechange" ("after", "before", "is_hard", "pgh_created_at", "pgh_label", "pgh_obj_id", "track_id", "valid_from", "valid_to") VALUES (OLD."after", OLD."before", OLD."is_hard", viewer_moment(), \'update\', OLD."id", OLD."track_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='bb36a2085d2460f1fe3a7f579c3b32779be7d5f0', operation='UPDATE', pgid='pgtrigger_update_update_3b956', table='bookings_precedence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='precedence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_precedencechange" ("after", "before", "is_hard", "pgh_created_at", "pgh_label", "pgh_obj_id", "track_id", "valid_from", "valid_to") VALUES (OLD."after", OLD."before", OLD."is_hard", viewer_moment(), \'delete\', OLD."id", OLD."track_id", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='2da4e9b9c8dffeb8101facb0eb219aa06c52e8ef', operation='DELETE', pgid='pgtrigger_delete_delete_e6c32', table='bookings_precedence', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='precedence',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('track', 'before', 'after'), name='precedence_once_per_pair', violation_error_message='That order is already there.'),
        ),
        migrations.AddConstraint(
            model_name='precedence',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='precedence_begins_before_it_ends', violation_error_message='A rule begins before it ends.'),
        ),
        migrations.AddField(
            model_name='attendancerulechange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='attendancerulechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='bookings.attendancerule'),
        ),
        migrations.AddField(
            model_name='legalbasischange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='legalbasischange',
            name='default_track',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.track', verbose_name='usual track'),
        ),
        migrations.AddField(
            model_name='legalbasischange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='bookings.legalbasis'),
        ),
        migrations.AddField(
            model_name='precedencechange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='precedencechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='bookings.precedence'),
        ),
        migrations.AddField(
            model_name='precedencechange',
            name='track',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.track', verbose_name='track'),
        ),
        history('bookings_attendancerulechange', read='true'),
        history('bookings_legalbasischange', read='true'),
        history('bookings_precedencechange', read='true'),
    ]
