"""What an extract tells of the read log: when and why the agency that answers has read about the person."""

import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import id_view

OWN_READINGS = """
    SELECT reading.id AS reading_id, reading.person, reading.agency_id, reading.at, reading.what, reading.why
    FROM agencies_reading reading
    WHERE reading.agency_id = viewer_agency() AND EXISTS (
        SELECT FROM bookings_extract extract JOIN bookings_newcomer person ON person.id = extract.newcomer_id
        WHERE person.key = reading.person AND extract.agency_id = viewer_agency()
          AND extract.asked_by_id = viewer_user()
    )
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_readings'),
        ('bookings', '0006_history'),
    ]

    operations = [
        id_view(
            "own_readings",
            OWN_READINGS,
            reads=("agencies_reading", "bookings_extract", "bookings_newcomer"),
            guarded=("agencies_reading",),
        ),
        migrations.CreateModel(
            name='OwnReading',
            fields=[
                ('reading', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='agencies.reading')),
                ('person', models.UUIDField()),
                ('at', models.DateTimeField(verbose_name='when')),
                ('what', models.CharField(choices=[('page', 'page'), ('pdf', 'PDF'), ('api', 'API'), ('file', 'file'), ('export', 'extract'), ('print', 'printing')], max_length=6, verbose_name='what was shown')),
                ('why', models.CharField(choices=[('casework', 'work with the day'), ('search', 'looking for somebody'), ('summons', 'the letter'), ('export', 'an extract for the person'), ('own', 'own link')], max_length=9, verbose_name='why')),
            ],
            options={
                'db_table': 'own_readings',
                'ordering': ['at', 'reading_id'],
                'managed': False,
            },
        ),
    ]
