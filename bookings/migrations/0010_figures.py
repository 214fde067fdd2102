"""What the secretariat sees: how many came to each site in each month, and never who."""

import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import id_view

# A party counts once in a month, whatever became of its earlier days; a moved day counts where it was moved to.
FIGURES = """
    WITH visit AS (
        SELECT date_trunc('month', day.date::timestamp)::date AS month, location.site_id, chain.party_id,
               bool_or(chain.state <> 'cancelled') AS comes,
               count(*) FILTER (WHERE chain.state = 'cancelled') AS cancelled,
               sum((SELECT count(*) FROM bookings_meeting meeting
                    WHERE meeting.chain_id = chain.id AND meeting.checked_in_at IS NOT NULL)) AS meetings
        FROM bookings_chain chain
        JOIN bookings_party party ON party.id = chain.party_id AND NOT party.is_protected
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        JOIN agencies_location location ON location.id = day.location_id
        WHERE viewer_role() = 'secretariat'
        GROUP BY 1, 2, 3
    )
    SELECT month, site_id, count(*) FILTER (WHERE comes)::integer AS parties,
           coalesce(sum((SELECT count(*) FROM bookings_newcomer person WHERE person.party_id = visit.party_id))
                    FILTER (WHERE comes), 0)::integer AS people,
           sum(meetings)::integer AS meetings, sum(cancelled)::integer AS cancelled
    FROM visit GROUP BY month, site_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0006_history'),
        ('bookings', '0009_protected_visits'),
    ]

    operations = [
        id_view(
            "figures",
            FIGURES,
            reads=(
                "bookings_chain",
                "bookings_meeting",
                "bookings_party",
                "bookings_newcomer",
                "agencies_siteday",
                "agencies_location",
            ),
            guarded=("bookings_chain", "bookings_meeting", "bookings_party", "bookings_newcomer"),
        ),
        migrations.CreateModel(
            name='Figures',
            fields=[
                ('pk', models.CompositePrimaryKey('month', 'site_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='month')),
                ('parties', models.IntegerField(verbose_name='parties')),
                ('people', models.IntegerField(verbose_name='people')),
                ('meetings', models.IntegerField(verbose_name='meetings held')),
                ('cancelled', models.IntegerField(verbose_name='cancelled')),
            ],
            options={
                'db_table': 'figures',
                'ordering': ['site', 'month'],
                'managed': False,
            },
        ),
    ]
