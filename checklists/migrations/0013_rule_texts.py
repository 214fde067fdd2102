"""Who has checked the texts of outcomes and kinds of referrals, and who changed which rule of checklists."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import history


class Migration(migrations.Migration):

    dependencies = [
        ('checklists', '0012_consent_periods'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentPeriodChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('category', models.CharField(choices=[('names', 'names and birth dates'), ('meetings', "the day's other meetings"), ('checklist', 'steps of the checklist'), ('note', 'the note before the meeting')], max_length=10, verbose_name='category')),
                ('days', models.PositiveSmallIntegerField(verbose_name='days after the day')),
                ('valid_from', models.DateField(verbose_name='valid from')),
            ],
            options={
                'verbose_name': 'change of a period of consent',
                'verbose_name_plural': 'changes of periods of consent',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='OutcomeChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('code', models.SlugField(db_index=False, max_length=20, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='version of the texts')),
            ],
            options={
                'verbose_name': 'change of an outcome',
                'verbose_name_plural': 'changes of outcomes',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='ReferralKindChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('code', models.SlugField(db_index=False, max_length=30, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('purpose', models.CharField(max_length=200, verbose_name='what it is for')),
                ('precondition', models.CharField(max_length=300, verbose_name='what must hold first')),
                ('started_by', models.CharField(max_length=120, verbose_name='who starts it')),
                ('starters', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), blank=True, default=list, size=None, verbose_name='agencies that may start it')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='version of the texts')),
            ],
            options={
                'verbose_name': 'change of a kind of referral',
                'verbose_name_plural': 'changes of kinds of referrals',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_at_ar',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_at_en',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_at_prs',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_at_so',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_at_sv',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_at_ti',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_by_ar',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_by_en',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_by_prs',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_by_so',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_by_sv',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='checked_by_ti',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='outcome',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='version of the texts'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_at_ar',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_at_en',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_at_prs',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_at_so',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_at_sv',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_at_ti',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_by_ar',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_by_en',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_by_prs',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_by_so',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_by_sv',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='checked_by_ti',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='referralkind',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='version of the texts'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consentperiod',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checklists_consentperiodchange" ("category", "days", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from") VALUES (NEW."category", NEW."days", viewer_moment(), \'insert\', NEW."id", NEW."valid_from"); RETURN NULL;', hash='b255d4044f26fc69207b97ad4d7087fad3b9647b', operation='INSERT', pgid='pgtrigger_insert_insert_a3223', table='checklists_consentperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consentperiod',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."days" IS DISTINCT FROM (NEW."days") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from"))', func='INSERT INTO "checklists_consentperiodchange" ("category", "days", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from") VALUES (OLD."category", OLD."days", viewer_moment(), \'update\', OLD."id", OLD."valid_from"); RETURN NULL;', hash='55adb283ce0c1d0a36bb6edd38168c61fd372373', operation='UPDATE', pgid='pgtrigger_update_update_db91a', table='checklists_consentperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consentperiod',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checklists_consentperiodchange" ("category", "days", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from") VALUES (OLD."category", OLD."days", viewer_moment(), \'delete\', OLD."id", OLD."valid_from"); RETURN NULL;', hash='3b91ffcfa448e8154a93a008dc3a543e570c0af2', operation='DELETE', pgid='pgtrigger_delete_delete_5deed', table='checklists_consentperiod', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checklists_outcomechange" ("code", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "version") VALUES (NEW."code", NEW."name", viewer_moment(), \'insert\', NEW."id", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;', hash='fb3a58b048d58f42361efd4b4334dc440cb4cca6', operation='INSERT', pgid='pgtrigger_insert_insert_062f8', table='checklists_outcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "checklists_outcomechange" ("code", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "version") VALUES (OLD."code", OLD."name", viewer_moment(), \'update\', OLD."id", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;', hash='c21d27fb2988f425e3d908b5cddefcb01dddc861', operation='UPDATE', pgid='pgtrigger_update_update_4a496', table='checklists_outcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='outcome',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checklists_outcomechange" ("code", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from", "valid_to", "version") VALUES (OLD."code", OLD."name", viewer_moment(), \'delete\', OLD."id", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;', hash='445aad444eccd16991657b94ec58bc7f1e44d8dc', operation='DELETE', pgid='pgtrigger_delete_delete_8428f', table='checklists_outcome', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referralkind',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checklists_referralkindchange" ("code", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "precondition", "purpose", "started_by", "starters", "valid_from", "valid_to", "version") VALUES (NEW."code", NEW."name", viewer_moment(), \'insert\', NEW."id", NEW."precondition", NEW."purpose", NEW."started_by", NEW."starters", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;', hash='7363befeb7950b9ec19ecb5a4d732234d990a4a9', operation='INSERT', pgid='pgtrigger_insert_insert_7065f', table='checklists_referralkind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referralkind',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."precondition" IS DISTINCT FROM (NEW."precondition") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."started_by" IS DISTINCT FROM (NEW."started_by") OR OLD."starters" IS DISTINCT FROM (NEW."starters") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "checklists_referralkindchange" ("code", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "precondition", "purpose", "started_by", "starters", "valid_from", "valid_to", "version") VALUES (OLD."code", OLD."name", viewer_moment(), \'update\', OLD."id", OLD."precondition", OLD."purpose", OLD."started_by", OLD."starters", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;', hash='12fd35203013a901491cf25012d9b6bb70331333', operation='UPDATE', pgid='pgtrigger_update_update_66849', table='checklists_referralkind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='referralkind',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checklists_referralkindchange" ("code", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "precondition", "purpose", "started_by", "starters", "valid_from", "valid_to", "version") VALUES (OLD."code", OLD."name", viewer_moment(), \'delete\', OLD."id", OLD."precondition", OLD."purpose", OLD."started_by", OLD."starters", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;', hash='949bbf96e6c196d56d8d040979d0483aa6e85d5d', operation='DELETE', pgid='pgtrigger_delete_delete_80343', table='checklists_referralkind', when='AFTER')),
        ),
        migrations.AddField(
            model_name='consentperiodchange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='consentperiodchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='checklists.consentperiod'),
        ),
        migrations.AddField(
            model_name='outcomechange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='outcomechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='checklists.outcome'),
        ),
        migrations.AddField(
            model_name='referralkindchange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='referralkindchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='checklists.referralkind'),
        ),
        history('checklists_outcomechange', read='true'),
        history('checklists_referralkindchange', read='true'),
        history('checklists_consentperiodchange', read='true'),
    ]
