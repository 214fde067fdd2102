"""A reminder that did not arrive has reminded nobody, where those who did not come are counted."""

from importlib import import_module

from django.db import migrations

AS_IT_WAS = import_module("motesplats.migrations.0005_counted_month").NO_SHOWS.sql.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
SENT = "message.sent_at IS NOT NULL"


class Migration(migrations.Migration):

    dependencies = [
        ('motesplats', '0010_not_open'),
    ]

    operations = [
        migrations.RunSQL(AS_IT_WAS.replace(SENT, f"{SENT} AND message.state <> 'failed'"), AS_IT_WAS),
    ]
