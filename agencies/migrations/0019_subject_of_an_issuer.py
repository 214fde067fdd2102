"""Whom a provider knows is known by its issuer too; nothing that a provider has said of a person is kept."""

from django.db import migrations

# As agencies.sign_in.openid.subject_key() makes it; who was known at an address that is gone is known by the claim.
BY_ISSUER = """
    DELETE FROM socialaccount_socialaccount account
    WHERE NOT EXISTS (SELECT FROM agencies_identityprovider WHERE key = account.provider);
    UPDATE socialaccount_socialaccount account
    SET uid = encode(sha256(convert_to(rtrim(entry.issuer, '/') || ' ' || account.uid, 'UTF8')), 'hex'),
        extra_data = '{}'
    FROM agencies_identityprovider entry WHERE entry.key = account.provider;
    DELETE FROM socialaccount_socialtoken;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0018_lunch_rule'),
        ('socialaccount', '0006_alter_socialaccount_extra_data'),
    ]

    operations = [
        migrations.RunSQL(BY_ISSUER, migrations.RunSQL.noop),
    ]
