"""Who has read: for the newcomers of an open link by agency and day, for a manager by the party's reference."""

import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import id_view

KNOWN_READINGS = """
    SELECT reading.id AS reading_id, reading.person, reading.agency_id, reading.link <> '' AS by_link,
           (reading.at AT TIME ZONE 'Europe/Stockholm')::date AS day
    FROM agencies_reading reading
    JOIN bookings_newcomer person ON person.key = reading.person
    JOIN open_links ON open_links.party_id = person.party_id AND open_links.confirmed
"""

READ_PEOPLE = """
    SELECT person.key AS person, party.reference AS party_reference
    FROM bookings_newcomer person JOIN bookings_party party ON party.id = person.party_id
    WHERE viewer_role() = 'manager' AND EXISTS (
        SELECT FROM agencies_reading reading
        WHERE reading.person = person.key AND reading.agency_id = viewer_agency()
    )
"""

VIEWS = [
    id_view(
        "known_readings",
        KNOWN_READINGS,
        reads=("agencies_reading", "bookings_newcomer"),
        guarded=("agencies_reading", "bookings_newcomer"),
    ),
    id_view(
        "read_people",
        READ_PEOPLE,
        reads=("agencies_reading", "bookings_newcomer", "bookings_party"),
        guarded=("agencies_reading", "bookings_newcomer", "bookings_party"),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_readings'),
        ('agencies', '0006_history'),
        ('bookings', '0007_own_readings'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownReading',
            fields=[
                ('reading', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='agencies.reading')),
                ('person', models.UUIDField()),
                ('by_link', models.BooleanField(verbose_name="by a link of the party's own")),
                ('day', models.DateField(verbose_name='day')),
            ],
            options={
                'db_table': 'known_readings',
                'ordering': ['-day', 'reading'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='ReadPerson',
            fields=[
                ('person', models.UUIDField(primary_key=True, serialize=False)),
                ('party_reference', models.CharField(max_length=7, verbose_name='reference')),
            ],
            options={
                'db_table': 'read_people',
                'managed': False,
            },
        ),
    ] + VIEWS
