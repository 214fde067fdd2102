"""Tokens for the API as hashes with an end, and what managers do to accounts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Tokens that stood in plain go on for a year; the library's table goes, and with it the only copies of them.
HASHED = """
    DO $$ BEGIN
    IF to_regclass('authtoken_token') IS NOT NULL THEN
        INSERT INTO agencies_apitoken (user_id, key_hash, made_at, made_as, ends_at)
        SELECT owner.id, encode(sha256(convert_to(token.key, 'UTF8')), 'hex'), token.created,
               concat(owner.role, ' ', owner.agency_id), now() + interval '365 days'
        FROM authtoken_token token JOIN agencies_user owner ON owner.id = token.user_id;
        DROP TABLE authtoken_token;
        DELETE FROM django_migrations WHERE app = 'authtoken';
    END IF;
    END $$;
    UPDATE agencies_retentionrule SET data_type = 'agencies.apitoken' WHERE data_type = 'authtoken.token';
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_dispatches'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True, verbose_name='hash of the token')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('made_as', models.CharField(max_length=40, verbose_name='role and agency when it was made')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('used_on', models.DateField(blank=True, null=True, verbose_name='last used')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='api_token', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'token for the API',
                'verbose_name_plural': 'tokens for the API',
            },
        ),
        migrations.CreateModel(
            name='AccountEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('added', 'The account was made'), ('changed', 'Role, sites or e-mail were changed'), ('closed', 'The account was closed'), ('opened', 'The account was opened again'), ('reset_asked', 'Somebody has asked to reset the sign-in; a second person decides'), ('reset', 'Password, second factor and token were forgotten')], max_length=12, verbose_name='what')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='told')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='account_events', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'account event',
                'verbose_name_plural': 'account events',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['user', '-at'], name='account_event_by_user')],
            },
        ),
        migrations.RunSQL(HASHED, migrations.RunSQL.noop),
    ]
