"""Sealed identities are encrypted; the migrator may seal them anew with another key, which `manage.py reseal` does."""

from django.db import migrations, models

from agencies.secrecy.fields import SealedJSONField
from agencies.secrecy.sealing import is_sealed, seal, unseal
from agencies.validators import validate_plain

# The owner of the tables could lift the wall anyway; what it sees here is encrypted.
SEALED_ANEW = migrations.RunSQL(
    """
    CREATE POLICY migrator_sees ON bookings_sealedidentity FOR SELECT TO motesplats_migrator USING (true);
    CREATE POLICY migrator_seals ON bookings_sealedidentity FOR UPDATE TO motesplats_migrator
        USING (true) WITH CHECK (true);
    """,
    """
    DROP POLICY migrator_sees ON bookings_sealedidentity;
    DROP POLICY migrator_seals ON bookings_sealedidentity;
    """,
)


def seal_rows(apps, schema_editor):
    change_rows(schema_editor, lambda text: text if is_sealed(text) else seal(text))


def unseal_rows(apps, schema_editor):
    change_rows(schema_editor, unseal)


def change_rows(schema_editor, change):
    """Give both columns of each row what `change` makes of them."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT party_id, contact, people FROM bookings_sealedidentity")
        for party, *texts in cursor.fetchall():
            cursor.execute(
                "UPDATE bookings_sealedidentity SET contact = %s, people = %s WHERE party_id = %s",
                [*map(change, texts), party],
            )


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0011_checked_writes'),
    ]

    operations = [
        SEALED_ANEW,
        migrations.AlterField(
            model_name='sealedidentity',
            name='contact',
            field=SealedJSONField(verbose_name='contact'),
        ),
        migrations.AlterField(
            model_name='sealedidentity',
            name='people',
            field=SealedJSONField(verbose_name='names and birth dates'),
        ),
        migrations.AlterField(
            model_name='party',
            name='override_reason',
            field=models.CharField(blank=True, max_length=300, validators=[validate_plain], verbose_name='why the legal basis was overridden'),
        ),
        migrations.RunPython(seal_rows, unseal_rows),
    ]
