"""How many newcomers are expected, and how many are booked and came, counted without anybody's rows."""

import agencies.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import id_view

SEES_COUNTS = """
    CASE viewer_role() WHEN 'secretariat' THEN NOT party.is_protected
         ELSE viewer_role() IN ('coordinator', 'manager') AND location.site_id = ANY(viewer_sites()) END
"""

# Of few people the secretariat is told that they are few, not how few.
SITE_DAY_LOADS = f"""
    SELECT site_day_id,
           CASE viewer_role() WHEN 'secretariat' THEN greatest(parties, 6) ELSE parties END AS parties,
           CASE viewer_role() WHEN 'secretariat' THEN greatest(people, 6) ELSE people END AS people
    FROM (
        SELECT chain.site_day_id, count(*)::integer AS parties,
               sum((SELECT count(*) FROM bookings_newcomer person WHERE person.party_id = party.id))::integer AS people
        FROM bookings_chain chain
        JOIN bookings_party party ON party.id = chain.party_id
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        JOIN agencies_location location ON location.id = day.location_id
        WHERE chain.state <> 'cancelled' AND {SEES_COUNTS}
        GROUP BY chain.site_day_id
    ) counted
"""

SITE_MONTHS = f"""
    SELECT month, site_id, parties, people FROM (
        SELECT month, site_id, count(*)::integer AS parties,
               sum((SELECT count(*) FROM bookings_newcomer person WHERE person.party_id = came.party_id))::integer
                 AS people
        FROM (
            SELECT DISTINCT date_trunc('month', day.date::timestamp)::date AS month, location.site_id, chain.party_id
            FROM bookings_chain chain
            JOIN bookings_party party ON party.id = chain.party_id
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            WHERE chain.state <> 'cancelled' AND {SEES_COUNTS}
              AND EXISTS (SELECT FROM bookings_meeting meeting WHERE meeting.chain_id = chain.id
                          AND (meeting.checked_in_at IS NOT NULL OR meeting.attendance IN ('arrived', 'left')))
        ) came
        GROUP BY month, site_id
    ) counted
    WHERE viewer_role() <> 'secretariat' OR parties >= 6 AND people >= 6
"""

READ = (
    "bookings_chain",
    "bookings_party",
    "bookings_newcomer",
    "bookings_meeting",
    "agencies_siteday",
    "agencies_location",
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0022_site_pages'),
        ('bookings', '0037_chain_orders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        id_view(
            "site_day_loads",
            SITE_DAY_LOADS,
            reads=READ,
            guarded=("bookings_chain", "bookings_party", "bookings_newcomer"),
        ),
        id_view(
            "site_months",
            SITE_MONTHS,
            reads=READ,
            guarded=("bookings_chain", "bookings_party", "bookings_newcomer", "bookings_meeting"),
        ),
        migrations.CreateModel(
            name='SiteDayLoad',
            fields=[
                ('site_day', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='agencies.siteday')),
                ('parties', models.IntegerField(verbose_name='parties')),
                ('people', models.IntegerField(verbose_name='people')),
            ],
            options={
                'db_table': 'site_day_loads',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='SiteMonth',
            fields=[
                ('pk', models.CompositePrimaryKey('month', 'site_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='month')),
                ('parties', models.IntegerField(verbose_name='parties')),
                ('people', models.IntegerField(verbose_name='people')),
            ],
            options={
                'db_table': 'site_months',
                'ordering': ['month', 'site'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Forecast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day.', verbose_name='month')),
                ('said_on', models.DateField(verbose_name='said on')),
                ('lowest', models.PositiveSmallIntegerField(verbose_name='lowest')),
                ('likely', models.PositiveSmallIntegerField(verbose_name='likely')),
                ('highest', models.PositiveSmallIntegerField(verbose_name='highest')),
                ('source', models.CharField(blank=True, max_length=60, validators=[agencies.validators.validate_plain], verbose_name='source')),
                ('said_at', models.DateTimeField(verbose_name='written down')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.municipality', verbose_name='municipality')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'forecast',
                'verbose_name_plural': 'forecasts',
                'ordering': ['month', 'municipality', 'said_on'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'month', 'said_on'), name='forecast_once_a_day', violation_error_message='That municipality has a forecast of today for the month.'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='forecast_is_of_a_month', violation_error_message='A month is written by its first day.'), models.CheckConstraint(condition=models.Q(('highest__lte', 9999), ('likely__lte', models.F('highest')), ('lowest__lte', models.F('likely'))), name='forecast_lies_between_its_ends', violation_error_message='Lowest, likely and highest come in that order.')],
            },
        ),
    ]
