"""Meetings and desks are put in order by key: by the meeting itself, the join would ask the walls of each row."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0032_agency_codes_are_open'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='expectedparty',
            options={'managed': False, 'ordering': ['starts_at', 'meeting_id']},
        ),
        migrations.AlterModelOptions(
            name='occupieddesk',
            options={'managed': False, 'ordering': ['starts_at', 'meeting_id']},
        ),
    ]
