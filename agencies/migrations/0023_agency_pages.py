"""An agency's page: its contact card, who has checked a text, a provider switched on by a second person, and who changed what."""

import agencies.validators
import datetime
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import history


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0022_site_pages'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgencyChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('web', models.URLField(blank=True, verbose_name='web page')),
                ('email', models.EmailField(blank=True, max_length=254, validators=[agencies.validators.validate_plain], verbose_name='e-mail')),
                ('address', models.CharField(blank=True, max_length=200, validators=[agencies.validators.validate_plain], verbose_name='address')),
                ('deaf_contact', models.CharField(blank=True, help_text='For example Bildtelefoni.net with the number, or a text telephone.', max_length=200, validators=[agencies.validators.validate_plain], verbose_name='how a deaf person reaches it')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name="version of the agency's page")),
            ],
            options={
                'verbose_name': 'change of an agency',
                'verbose_name_plural': 'changes of agencies',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='IdentityProviderChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('key', models.SlugField(db_index=False, help_text='Part of the address it answers to.', verbose_name='key')),
                ('issuer', models.URLField(help_text='Its configuration is found below this address.', verbose_name='issuer')),
                ('client_id', models.CharField(max_length=200, verbose_name='client id')),
                ('scope', models.CharField(default='openid profile email', max_length=200, verbose_name='scope')),
                ('claim', models.CharField(choices=[('email', 'e-mail'), ('upn', 'UPN'), ('preferred_username', 'preferred_username'), ('employeeHsaId', 'employeeHsaId')], default='email', help_text="By anything else than e-mail: write each colleague's value in the user's field for it.", max_length=20, verbose_name='people are known by')),
                ('email_is_verified', models.BooleanField(default=False, help_text='For Entra ID and AD FS, which do not say that an address is verified.', verbose_name='its e-mail addresses are its own')),
                ('has_second_factor', models.BooleanField(default=False, help_text='Then we do not ask for another one, if it says in `acr` or `amr` that it has asked.', verbose_name='asks for a second factor itself')),
                ('second_factor_values', models.CharField(default='mfa', help_text='Values of `acr` or `amr`, with blanks between them.', max_length=300, verbose_name='how it says so')),
                ('is_on', models.BooleanField(default=True, help_text='A second person switches it on.', verbose_name='staff sign in there')),
            ],
            options={
                'verbose_name': 'change of an identity provider',
                'verbose_name_plural': 'changes of identity providers',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='ServiceChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(5)], verbose_name='minutes')),
                ('minutes_per_person', models.PositiveSmallIntegerField(default=0, verbose_name='minutes per further person')),
                ('extra_minutes', models.PositiveSmallIntegerField(default=15, verbose_name='minutes more where extra time is needed')),
                ('is_local', models.BooleanField(default=False, help_text='At other sites days are planned without it.', verbose_name='met only where it has a desk')),
                ('checks_identity', models.BooleanField(default=False, help_text='Met only at locations where identity can be checked.', verbose_name='checks identity')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='version of the service')),
            ],
            options={
                'verbose_name': 'change of a service',
                'verbose_name_plural': 'changes of services',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='ServiceDocumentChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('track', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='track')),
                ('only_with_children', models.BooleanField(default=False, verbose_name='only families with children')),
                ('housing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('own', 'own home'), ('rented', 'rented, first hand'), ('sublet', 'sublet or lodger'), ('abo', "the Migration Agency's housing (ABO)"), ('ebo', 'own arrangement, with others (EBO)'), ('assigned', 'assigned by the municipality'), ('temporary', 'temporary'), ('none', 'none yet')], max_length=10), blank=True, default=list, size=None, verbose_name='only who lives so')),
            ],
            options={
                'verbose_name': 'change of a document to bring',
                'verbose_name_plural': 'changes of documents to bring',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='ServiceLengthChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('track', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='track')),
                ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(5)], verbose_name='minutes')),
                ('minutes_per_person', models.PositiveSmallIntegerField(default=0, verbose_name='minutes per further person')),
                ('extra_minutes', models.PositiveSmallIntegerField(default=15, verbose_name='minutes more where extra time is needed')),
            ],
            options={
                'verbose_name': 'change of a length',
                'verbose_name_plural': 'changes of lengths',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='TextBlockChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('slot', models.CharField(choices=[('why', 'why one is summoned'), ('about', 'in one plain sentence'), ('sheet', 'what happens there'), ('after', 'what comes after')], max_length=8, verbose_name='place in the letter')),
                ('agency_code', models.CharField(blank=True, max_length=5, verbose_name='agency')),
                ('track', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='track')),
                ('condition', models.CharField(blank=True, choices=[('alone', 'one person alone'), ('children', 'with children'), ('pensioner', 'somebody is 65 or older')], max_length=20, verbose_name='only parties')),
                ('language', models.CharField(choices=[('sv', 'svenska'), ('en', 'English'), ('ar', 'العربية'), ('prs', 'دری'), ('so', 'Soomaali'), ('ti', 'ትግርኛ')], max_length=3, verbose_name='language')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, verbose_name='state of the text')),
                ('valid_from', models.DateField(default=datetime.date(2016, 1, 1), verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('text', models.TextField(verbose_name='text')),
            ],
            options={
                'verbose_name': 'change of a text',
                'verbose_name_plural': 'changes of texts',
                'ordering': ['-pgh_id'],
            },
        ),
        migrations.AddField(
            model_name='agency',
            name='address',
            field=models.CharField(blank=True, max_length=200, validators=[agencies.validators.validate_plain], verbose_name='address'),
        ),
        migrations.AddField(
            model_name='agency',
            name='deaf_contact',
            field=models.CharField(blank=True, help_text='For example Bildtelefoni.net with the number, or a text telephone.', max_length=200, validators=[agencies.validators.validate_plain], verbose_name='how a deaf person reaches it'),
        ),
        migrations.AddField(
            model_name='agency',
            name='email',
            field=models.EmailField(blank=True, max_length=254, validators=[agencies.validators.validate_plain], verbose_name='e-mail'),
        ),
        migrations.AddField(
            model_name='agency',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="version of the agency's page"),
        ),
        migrations.AddField(
            model_name='identityprovider',
            name='is_on',
            field=models.BooleanField(default=True, help_text='A second person switches it on.', verbose_name='staff sign in there'),
        ),
        migrations.AddField(
            model_name='identityprovider',
            name='written_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last written by'),
        ),
        migrations.AddField(
            model_name='service',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='version of the service'),
        ),
        migrations.AddField(
            model_name='textblock',
            name='checked_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='checked'),
        ),
        migrations.AddField(
            model_name='textblock',
            name='checked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='document',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name='version of the document'),
        ),
        migrations.AddField(
            model_name='retentionrule',
            name='decided_on',
            field=models.DateField(blank=True, null=True, verbose_name='day of the decision'),
        ),
        migrations.AddField(
            model_name='retentionrule',
            name='registration_number',
            field=models.CharField(blank=True, max_length=60, verbose_name='registration number of the decision'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agency',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."deaf_contact" IS DISTINCT FROM (NEW."deaf_contact") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."web" IS DISTINCT FROM (NEW."web"))', func='INSERT INTO "agencies_agencychange" ("address", "deaf_contact", "email", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "version", "web") VALUES (OLD."address", OLD."deaf_contact", OLD."email", OLD."name", viewer_moment(), \'update\', OLD."id", OLD."phone", OLD."version", OLD."web"); RETURN NULL;', hash='7123f7b02a386f400412711e9182fb31745630b5', operation='UPDATE', pgid='pgtrigger_update_update_187e7', table='agencies_agency', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='identityprovider',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_identityproviderchange" ("claim", "client_id", "email_is_verified", "has_second_factor", "is_on", "issuer", "key", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "second_factor_values") VALUES (NEW."claim", NEW."client_id", NEW."email_is_verified", NEW."has_second_factor", NEW."is_on", NEW."issuer", NEW."key", viewer_moment(), \'insert\', NEW."id", NEW."scope", NEW."second_factor_values"); RETURN NULL;', hash='26831317633ecb09b328b495f635546bee0bbd59', operation='INSERT', pgid='pgtrigger_insert_insert_de6d4', table='agencies_identityprovider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='identityprovider',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."claim" IS DISTINCT FROM (NEW."claim") OR OLD."client_id" IS DISTINCT FROM (NEW."client_id") OR OLD."email_is_verified" IS DISTINCT FROM (NEW."email_is_verified") OR OLD."has_second_factor" IS DISTINCT FROM (NEW."has_second_factor") OR OLD."is_on" IS DISTINCT FROM (NEW."is_on") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."scope" IS DISTINCT FROM (NEW."scope") OR OLD."second_factor_values" IS DISTINCT FROM (NEW."second_factor_values"))', func='INSERT INTO "agencies_identityproviderchange" ("claim", "client_id", "email_is_verified", "has_second_factor", "is_on", "issuer", "key", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "second_factor_values") VALUES (OLD."claim", OLD."client_id", OLD."email_is_verified", OLD."has_second_factor", OLD."is_on", OLD."issuer", OLD."key", viewer_moment(), \'update\', OLD."id", OLD."scope", OLD."second_factor_values"); RETURN NULL;', hash='c7db3e83e99361a3a1278713514a73bc1c74d427', operation='UPDATE', pgid='pgtrigger_update_update_4b102', table='agencies_identityprovider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='identityprovider',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_identityproviderchange" ("claim", "client_id", "email_is_verified", "has_second_factor", "is_on", "issuer", "key", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "second_factor_values") VALUES (OLD."claim", OLD."client_id", OLD."email_is_verified", OLD."has_second_factor", OLD."is_on", OLD."issuer", OLD."key", viewer_moment(), \'delete\', OLD."id", OLD."scope", OLD."second_factor_values"); RETURN NULL;', hash='47980375c62d722494f4b80faf2a36ae4a6917ff', operation='DELETE', pgid='pgtrigger_delete_delete_18ca0', table='agencies_identityprovider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='service',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."checks_identity" IS DISTINCT FROM (NEW."checks_identity") OR OLD."extra_minutes" IS DISTINCT FROM (NEW."extra_minutes") OR OLD."is_local" IS DISTINCT FROM (NEW."is_local") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."minutes_per_person" IS DISTINCT FROM (NEW."minutes_per_person") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "agencies_servicechange" ("checks_identity", "extra_minutes", "is_local", "minutes", "minutes_per_person", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (OLD."checks_identity", OLD."extra_minutes", OLD."is_local", OLD."minutes", OLD."minutes_per_person", viewer_moment(), \'update\', OLD."id", OLD."title", OLD."version"); RETURN NULL;', hash='6841b6a1b090fe949f982d39ee2e737562a9b394', operation='UPDATE', pgid='pgtrigger_update_update_47b07', table='agencies_service', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='servicedocument',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_servicedocumentchange" ("document_id", "housing", "municipality_id", "only_with_children", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "track") VALUES (NEW."document_id", NEW."housing", NEW."municipality_id", NEW."only_with_children", viewer_moment(), \'insert\', NEW."id", NEW."service_id", NEW."track"); RETURN NULL;', hash='74fa5e802a986e12e093ea3a27ebcbbdaa12f50e', operation='INSERT', pgid='pgtrigger_insert_insert_fe5ae', table='agencies_servicedocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='servicedocument',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."document_id" IS DISTINCT FROM (NEW."document_id") OR OLD."housing" IS DISTINCT FROM (NEW."housing") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."only_with_children" IS DISTINCT FROM (NEW."only_with_children") OR OLD."service_id" IS DISTINCT FROM (NEW."service_id") OR OLD."track" IS DISTINCT FROM (NEW."track"))', func='INSERT INTO "agencies_servicedocumentchange" ("document_id", "housing", "municipality_id", "only_with_children", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "track") VALUES (OLD."document_id", OLD."housing", OLD."municipality_id", OLD."only_with_children", viewer_moment(), \'update\', OLD."id", OLD."service_id", OLD."track"); RETURN NULL;', hash='d5fee25465f38758fa7e39295d2bb727dc1e9111', operation='UPDATE', pgid='pgtrigger_update_update_2d7a7', table='agencies_servicedocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='servicedocument',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_servicedocumentchange" ("document_id", "housing", "municipality_id", "only_with_children", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "track") VALUES (OLD."document_id", OLD."housing", OLD."municipality_id", OLD."only_with_children", viewer_moment(), \'delete\', OLD."id", OLD."service_id", OLD."track"); RETURN NULL;', hash='9f871316dc5ef0df06ff22943d13652eb34cc946', operation='DELETE', pgid='pgtrigger_delete_delete_17fd3', table='agencies_servicedocument', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='servicelength',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_servicelengthchange" ("extra_minutes", "minutes", "minutes_per_person", "municipality_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "track") VALUES (NEW."extra_minutes", NEW."minutes", NEW."minutes_per_person", NEW."municipality_id", viewer_moment(), \'insert\', NEW."id", NEW."service_id", NEW."track"); RETURN NULL;', hash='f95299a42bbc344c1ecace7e2653e0708e754b9b', operation='INSERT', pgid='pgtrigger_insert_insert_25392', table='agencies_servicelength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='servicelength',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."extra_minutes" IS DISTINCT FROM (NEW."extra_minutes") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."minutes_per_person" IS DISTINCT FROM (NEW."minutes_per_person") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."service_id" IS DISTINCT FROM (NEW."service_id") OR OLD."track" IS DISTINCT FROM (NEW."track"))', func='INSERT INTO "agencies_servicelengthchange" ("extra_minutes", "minutes", "minutes_per_person", "municipality_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "track") VALUES (OLD."extra_minutes", OLD."minutes", OLD."minutes_per_person", OLD."municipality_id", viewer_moment(), \'update\', OLD."id", OLD."service_id", OLD."track"); RETURN NULL;', hash='a74aed322f0ca75a0bb0944f23630d60618fa533', operation='UPDATE', pgid='pgtrigger_update_update_6ad78', table='agencies_servicelength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='servicelength',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_servicelengthchange" ("extra_minutes", "minutes", "minutes_per_person", "municipality_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "track") VALUES (OLD."extra_minutes", OLD."minutes", OLD."minutes_per_person", OLD."municipality_id", viewer_moment(), \'delete\', OLD."id", OLD."service_id", OLD."track"); RETURN NULL;', hash='ef691c9becb23e9cba3100a31bfd28c6298320c9', operation='DELETE', pgid='pgtrigger_delete_delete_2d0ea', table='agencies_servicelength', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textblock',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_textblockchange" ("agency_code", "condition", "language", "municipality_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "slot", "state", "text", "track", "valid_from", "valid_to") VALUES (NEW."agency_code", NEW."condition", NEW."language", NEW."municipality_id", viewer_moment(), \'insert\', NEW."id", NEW."service_id", NEW."slot", NEW."state", NEW."text", NEW."track", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='833ee4b13b49355860ecaeafec0fcc44e4c04ed6', operation='INSERT', pgid='pgtrigger_insert_insert_dc167', table='agencies_textblock', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textblock',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."agency_code" IS DISTINCT FROM (NEW."agency_code") OR OLD."condition" IS DISTINCT FROM (NEW."condition") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."service_id" IS DISTINCT FROM (NEW."service_id") OR OLD."slot" IS DISTINCT FROM (NEW."slot") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."track" IS DISTINCT FROM (NEW."track") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))', func='INSERT INTO "agencies_textblockchange" ("agency_code", "condition", "language", "municipality_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "slot", "state", "text", "track", "valid_from", "valid_to") VALUES (OLD."agency_code", OLD."condition", OLD."language", OLD."municipality_id", viewer_moment(), \'update\', OLD."id", OLD."service_id", OLD."slot", OLD."state", OLD."text", OLD."track", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='c19ac42bfe7108004ccf997b0debfd58acecb67d', operation='UPDATE', pgid='pgtrigger_update_update_e833f', table='agencies_textblock', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textblock',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agencies_textblockchange" ("agency_code", "condition", "language", "municipality_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "slot", "state", "text", "track", "valid_from", "valid_to") VALUES (OLD."agency_code", OLD."condition", OLD."language", OLD."municipality_id", viewer_moment(), \'delete\', OLD."id", OLD."service_id", OLD."slot", OLD."state", OLD."text", OLD."track", OLD."valid_from", OLD."valid_to"); RETURN NULL;', hash='f9f868d75829fd3d6e4ce947db4210bf23cba5f2', operation='DELETE', pgid='pgtrigger_delete_delete_73ec1', table='agencies_textblock', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='textblock',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'checked'), models.Q(('checked_at', None), ('checked_by', None)), _connector='OR'), name='text_block_draft_is_checked_by_nobody', violation_error_message='A draft has been checked by nobody.'),
        ),
        migrations.AddField(
            model_name='agencychange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='agencychange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='identityproviderchange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='identityproviderchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.identityprovider'),
        ),
        migrations.AddField(
            model_name='servicechange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='servicechange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.service'),
        ),
        migrations.AddField(
            model_name='servicedocumentchange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='servicedocumentchange',
            name='document',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.document', verbose_name='document'),
        ),
        migrations.AddField(
            model_name='servicedocumentchange',
            name='municipality',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.municipality', verbose_name='municipality'),
        ),
        migrations.AddField(
            model_name='servicedocumentchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.servicedocument'),
        ),
        migrations.AddField(
            model_name='servicedocumentchange',
            name='service',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.service', verbose_name='service'),
        ),
        migrations.AddField(
            model_name='servicelengthchange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='servicelengthchange',
            name='municipality',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.municipality', verbose_name='municipality'),
        ),
        migrations.AddField(
            model_name='servicelengthchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.servicelength'),
        ),
        migrations.AddField(
            model_name='servicelengthchange',
            name='service',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.service', verbose_name='service'),
        ),
        migrations.AddField(
            model_name='textblockchange',
            name='by',
            field=models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='textblockchange',
            name='municipality',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.municipality', verbose_name='municipality'),
        ),
        migrations.AddField(
            model_name='textblockchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='agencies.textblock'),
        ),
        migrations.AddField(
            model_name='textblockchange',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.service', verbose_name='service'),
        ),
    ] + [
        history("agencies_agencychange", read="true"),
        history("agencies_servicechange", read="true"),
        history("agencies_servicelengthchange", read="true"),
        history("agencies_servicedocumentchange", read="true"),
        history("agencies_textblockchange", read="true"),
        history("agencies_identityproviderchange", read="true"),
    ]
