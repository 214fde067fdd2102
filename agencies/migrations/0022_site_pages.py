"""A site's page: its owner, its telephone's hours, its ways of working, closed places and rooms, and who changed what."""

import agencies.validators
import datetime
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import history


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0021_rosters'),
    ]

    operations = [
        migrations.CreateModel(
            name='LocationChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('kind', models.CharField(choices=[('main', 'main place'), ('branch', 'branch'), ('mobile', 'mobile team')], default='main', max_length=8, verbose_name='kind')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('premises', models.CharField(choices=[('service', 'service office'), ('migration', "the Migration Agency's office"), ('town_hall', 'town hall'), ('library', 'library'), ('other', 'another place')], default='service', max_length=10, verbose_name='kind of house')),
                ('street', models.CharField(blank=True, help_text='Without it no letter is printed.', max_length=200, verbose_name='street address')),
                ('postcode', models.CharField(blank=True, help_text='Without it no letter is printed.', max_length=6, verbose_name='postcode')),
                ('town', models.CharField(blank=True, help_text='Without it no letter is printed.', max_length=60, verbose_name='town')),
                ('directions', models.CharField(blank=True, max_length=200, validators=[agencies.validators.validate_plain], verbose_name='how to get there')),
                ('step_free', models.BooleanField(default=True, verbose_name='step-free')),
                ('checks_identity', models.BooleanField(default=True, help_text='Where it cannot, nobody meets the agency that takes biometrics.', verbose_name='identity can be checked there')),
                ('state', models.CharField(choices=[('open', 'open'), ('paused', 'paused'), ('closed', 'closed')], default='open', help_text='No new day is opened where it is paused or closed.', max_length=8, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='version of the place')),
            ],
            options={
                'verbose_name': 'change of a location',
                'verbose_name_plural': 'changes of locations',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='MunicipalityChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('is_host', models.BooleanField(default=False, verbose_name='has the site on its own ground')),
                ('phone', models.CharField(blank=True, max_length=20, validators=[agencies.validators.validate_phone], verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=254, validators=[agencies.validators.validate_plain], verbose_name='e-mail')),
                ('address', models.CharField(blank=True, max_length=200, validators=[agencies.validators.validate_plain], verbose_name='address')),
                ('web', models.URLField(blank=True, verbose_name='web page')),
            ],
            options={
                'verbose_name': 'change of a municipality',
                'verbose_name_plural': 'changes of municipalities',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='SiteChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('state', models.CharField(choices=[('open', 'open'), ('paused', 'paused'), ('closed', 'closed')], default='open', max_length=8, verbose_name='state')),
                ('phone', models.CharField(blank=True, help_text='Without it no letter is printed.', max_length=20, validators=[agencies.validators.validate_phone], verbose_name='telephone')),
                ('phone_hours', models.CharField(blank=True, help_text='For colleagues: when somebody answers.', max_length=60, validators=[agencies.validators.validate_plain], verbose_name='hours of the telephone')),
                ('minimum_notice_days', models.PositiveSmallIntegerField(default=7, help_text='The letter needs days in the post.', verbose_name='minimum notice in days')),
                ('walk_minutes', models.PositiveSmallIntegerField(default=5, verbose_name='walk between two meetings in minutes')),
                ('break_after_stops', models.PositiveSmallIntegerField(default=3, verbose_name='break after so many meetings')),
                ('break_minutes', models.PositiveSmallIntegerField(default=15, verbose_name='break in minutes')),
                ('lunch_from', models.TimeField(default=datetime.time(11, 0), verbose_name='lunch from')),
                ('lunch_to', models.TimeField(default=datetime.time(13, 30), help_text='Whoever comes before these hours and leaves after them has lunch within them.', verbose_name='lunch until')),
                ('lunch_minutes', models.PositiveSmallIntegerField(default=30, verbose_name='lunch in minutes, at least')),
                ('lunch_minutes_with_children', models.PositiveSmallIntegerField(default=45, verbose_name='lunch with children in minutes, at least')),
                ('several_days', models.BooleanField(default=False, verbose_name='a chain may take several days')),
                ('rooms_are_scarce', models.BooleanField(default=False, verbose_name='meetings need a room of their own')),
            ],
            options={
                'verbose_name': 'change of a site',
                'verbose_name_plural': 'changes of sites',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='WayOfWorking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, validators=[agencies.validators.validate_plain], verbose_name='way of working')),
                ('state', models.CharField(choices=[('tried', 'being tried'), ('adopted', 'adopted'), ('dropped', 'dropped')], default='tried', max_length=8, verbose_name='how it went')),
                ('why', models.CharField(max_length=400, validators=[agencies.validators.validate_plain], verbose_name='why')),
                ('since', models.DateField(verbose_name='from')),
            ],
            options={
                'verbose_name': 'way of working',
                'verbose_name_plural': 'ways of working',
                'ordering': ['-since', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='location',
            name='directions_state',
            field=models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, verbose_name='state of the text'),
        ),
        migrations.AddField(
            model_name='location',
            name='directions_state_ar',
            field=models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text'),
        ),
        migrations.AddField(
            model_name='location',
            name='directions_state_en',
            field=models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text'),
        ),
        migrations.AddField(
            model_name='location',
            name='directions_state_prs',
            field=models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text'),
        ),
        migrations.AddField(
            model_name='location',
            name='directions_state_so',
            field=models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text'),
        ),
        migrations.AddField(
            model_name='location',
            name='directions_state_sv',
            field=models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text'),
        ),
        migrations.AddField(
            model_name='location',
            name='directions_state_ti',
            field=models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text'),
        ),
        migrations.AddField(
            model_name='location',
            name='state',
            field=models.CharField(choices=[('open', 'open'), ('paused', 'paused'), ('closed', 'closed')], default='open', help_text='No new day is opened where it is paused or closed.', max_length=8, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='location',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='version of the place'),
        ),
        migrations.AddField(
            model_name='municipality',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='version of the municipality'),
        ),
        migrations.AddField(
            model_name='room',
            name='closed_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='No meeting is planned in it.', null=True, verbose_name='closed'),
        ),
        migrations.AddField(
            model_name='site',
            name='owner',
            field=models.ForeignKey(blank=True, help_text='The agency that answers for the premises; empty, the service centre.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='site',
            name='phone_hours',
            field=models.CharField(blank=True, help_text='For colleagues: when somebody answers.', max_length=60, validators=[agencies.validators.validate_plain], verbose_name='hours of the telephone'),
        ),
        migrations.AddField(
            model_name='site',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="version of the site's page"),
        ),
        migrations.AlterField(
            model_name='location',
            name='directions',
            field=models.CharField(blank=True, max_length=200, validators=[agencies.validators.validate_plain], verbose_name='how to get there'),
        ),
        migrations.AlterField(
            model_name='location',
            name='directions_ar',
            field=models.CharField(blank=True, max_length=200, null=True, validators=[agencies.validators.validate_plain], verbose_name='how to get there'),
        ),
        migrations.AlterField(
            model_name='location',
            name='directions_en',
            field=models.CharField(blank=True, max_length=200, null=True, validators=[agencies.validators.validate_plain], verbose_name='how to get there'),
        ),
        migrations.AlterField(
            model_name='location',
            name='directions_prs',
            field=models.CharField(blank=True, max_length=200, null=True, validators=[agencies.validators.validate_plain], verbose_name='how to get there'),
        ),
        migrations.AlterField(
            model_name='location',
            name='directions_so',
            field=models.CharField(blank=True, max_length=200, null=True, validators=[agencies.validators.validate_plain], verbose_name='how to get there'),
        ),
        migrations.AlterField(
            model_name='location',
            name='directions_sv',
            field=models.CharField(blank=True, max_length=200, null=True, validators=[agencies.validators.validate_plain], verbose_name='how to get there'),
        ),
        migrations.AlterField(
            model_name='location',
            name='directions_ti',
            field=models.CharField(blank=True, max_length=200, null=True, validators=[agencies.validators.validate_plain], verbose_name='how to get there'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='location',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_locationchange" ("checks_identity", "directions", "kind", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "premises", "site_id", "state", "step_free", "street", "town", "version") VALUES (NEW."checks_identity", NEW."directions", NEW."kind", NEW."name", viewer_moment(), \'insert\', NEW."id", NEW."postcode", NEW."premises", NEW."site_id", NEW."state", NEW."step_free", NEW."street", NEW."town", NEW."version"); RETURN NULL;', hash='1d800f56feb2da4675a0e3f313c934ced5299fba', operation='INSERT', pgid='pgtrigger_insert_insert_f7492', table='agencies_location', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='location',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."checks_identity" IS DISTINCT FROM (NEW."checks_identity") OR OLD."directions" IS DISTINCT FROM (NEW."directions") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."premises" IS DISTINCT FROM (NEW."premises") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."step_free" IS DISTINCT FROM (NEW."step_free") OR OLD."street" IS DISTINCT FROM (NEW."street") OR OLD."town" IS DISTINCT FROM (NEW."town") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "agencies_locationchange" ("checks_identity", "directions", "kind", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "premises", "site_id", "state", "step_free", "street", "town", "version") VALUES (OLD."checks_identity", OLD."directions", OLD."kind", OLD."name", viewer_moment(), \'update\', OLD."id", OLD."postcode", OLD."premises", OLD."site_id", OLD."state", OLD."step_free", OLD."street", OLD."town", OLD."version"); RETURN NULL;', hash='8aaf3f6ce3197e7c0eb74b68578711b3d4baab16', operation='UPDATE', pgid='pgtrigger_update_update_58d75', table='agencies_location', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='municipality',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."is_host" IS DISTINCT FROM (NEW."is_host") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."web" IS DISTINCT FROM (NEW."web"))', func='INSERT INTO "agencies_municipalitychange" ("address", "email", "is_host", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "site_id", "web") VALUES (OLD."address", OLD."email", OLD."is_host", viewer_moment(), \'update\', OLD."id", OLD."phone", OLD."site_id", OLD."web"); RETURN NULL;', hash='422586972fe8292ec45aaa4484afad288d88bef6', operation='UPDATE', pgid='pgtrigger_update_update_33255', table='agencies_municipality', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='site',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."break_after_stops" IS DISTINCT FROM (NEW."break_after_stops") OR OLD."break_minutes" IS DISTINCT FROM (NEW."break_minutes") OR OLD."lunch_from" IS DISTINCT FROM (NEW."lunch_from") OR OLD."lunch_minutes" IS DISTINCT FROM (NEW."lunch_minutes") OR OLD."lunch_minutes_with_children" IS DISTINCT FROM (NEW."lunch_minutes_with_children") OR OLD."lunch_to" IS DISTINCT FROM (NEW."lunch_to") OR OLD."minimum_notice_days" IS DISTINCT FROM (NEW."minimum_notice_days") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."phone_hours" IS DISTINCT FROM (NEW."phone_hours") OR OLD."rooms_are_scarce" IS DISTINCT FROM (NEW."rooms_are_scarce") OR OLD."several_days" IS DISTINCT FROM (NEW."several_days") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."walk_minutes" IS DISTINCT FROM (NEW."walk_minutes"))', func='INSERT INTO "agencies_sitechange" ("break_after_stops", "break_minutes", "lunch_from", "lunch_minutes", "lunch_minutes_with_children", "lunch_to", "minimum_notice_days", "name", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_hours", "rooms_are_scarce", "several_days", "state", "walk_minutes") VALUES (OLD."break_after_stops", OLD."break_minutes", OLD."lunch_from", OLD."lunch_minutes", OLD."lunch_minutes_with_children", OLD."lunch_to", OLD."minimum_notice_days", OLD."name", OLD."owner_id", viewer_moment(), \'update\', OLD."id", OLD."phone", OLD."phone_hours", OLD."rooms_are_scarce", OLD."several_days", OLD."state", OLD."walk_minutes"); RETURN NULL;', hash='4141b1bf42ef643fc6a164fa527e18ac293d7402', operation='UPDATE', pgid='pgtrigger_update_update_07a9e', table='agencies_site', when='AFTER')),
        ),
        migrations.AddField(
            model_name='locationchange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='locationchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.location'),
        ),
        migrations.AddField(
            model_name='locationchange',
            name='site',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.site', verbose_name='site'),
        ),
        migrations.AddField(
            model_name='municipalitychange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='municipalitychange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.municipality'),
        ),
        migrations.AddField(
            model_name='municipalitychange',
            name='site',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.site', verbose_name='site'),
        ),
        migrations.AddField(
            model_name='sitechange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='sitechange',
            name='owner',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The agency that answers for the premises; empty, the service centre.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.agency', verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='sitechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.site'),
        ),
        migrations.AddField(
            model_name='wayofworking',
            name='site',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ways', to='agencies.site', verbose_name='site'),
        ),
        migrations.AddConstraint(
            model_name='wayofworking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('why', ''), _negated=True)), name='way_of_working_says_what_and_why', violation_error_message='Say what it is, and why.'),
        ),
    ] + [
        history("agencies_sitechange", read="true"),
        history("agencies_locationchange", read="true"),
        history("agencies_municipalitychange", read="true"),
    ]
