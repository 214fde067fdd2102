"""A link has an end; whoever holds an ended or cancelled one is told so and sees nothing else."""

import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import id_view

# The links of before end as those that are issued now.
FILL_IN = """
    ALTER TABLE bookings_link NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE bookings_chain NO FORCE ROW LEVEL SECURITY;
    UPDATE bookings_link link SET valid_until = day.closes_at + interval '30 days'
    FROM bookings_chain chain JOIN agencies_siteday day ON day.id = chain.site_day_id
    WHERE chain.id = link.chain_id;
    ALTER TABLE bookings_link FORCE ROW LEVEL SECURITY;
    ALTER TABLE bookings_chain FORCE ROW LEVEL SECURITY;
"""

# The paper code makes its holder's identity as sure as the letter's delivery.
OPEN_LINKS = """
    CREATE OR REPLACE VIEW open_links WITH (security_barrier) AS
    SELECT link.token_hash, link.chain_id, chain.party_id, link.id AS link_id, link.newcomer_id,
           link.code_hash <> '' AND link.code_hash = viewer_code() AS confirmed
    FROM bookings_link link
    JOIN bookings_chain chain ON chain.id = link.chain_id AND chain.state <> 'cancelled'
    WHERE link.token_hash = viewer_link() AND link.valid_until > viewer_moment()
"""

CLOSED_LINKS = """
    SELECT link.id AS link_id, link.token_hash, chain.reference AS chain_reference,
           link.valid_until <= viewer_moment() AS is_over, day.opens_at, day.closes_at, chain.cancelled_at,
           (SELECT count(*) FROM bookings_summons summons WHERE summons.chain_id = chain.id)::integer AS version,
           location.site_id
    FROM bookings_link link
    JOIN bookings_chain chain ON chain.id = link.chain_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE link.token_hash = viewer_link()
      AND (chain.state = 'cancelled' OR link.valid_until <= viewer_moment())
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0013_named_openers'),
        ('bookings', '0017_cancellation_letter'),
    ]

    operations = [
        migrations.AddField(
            model_name='link',
            name='valid_until',
            field=models.DateTimeField(null=True, verbose_name='valid until'),
        ),
        migrations.RunSQL(FILL_IN, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='link',
            name='valid_until',
            field=models.DateTimeField(verbose_name='valid until'),
        ),
        migrations.RunSQL(OPEN_LINKS, migrations.RunSQL.noop),
        id_view(
            "closed_links",
            CLOSED_LINKS,
            reads=(
                "bookings_link", "bookings_chain", "bookings_summons", "agencies_siteday", "agencies_location"
            ),
            guarded=("bookings_link", "bookings_chain", "bookings_summons"),
        ),
        migrations.CreateModel(
            name='ClosedLink',
            fields=[
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='bookings.link')),
                ('token_hash', models.CharField(max_length=64, verbose_name='hash of the token')),
                ('chain_reference', models.CharField(max_length=7, verbose_name='reference')),
                ('is_over', models.BooleanField(verbose_name='the link has ended')),
                ('opens_at', models.DateTimeField(verbose_name='opens')),
                ('closes_at', models.DateTimeField(verbose_name='closes')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='cancelled at')),
                ('version', models.IntegerField(verbose_name='version')),
            ],
            options={
                'db_table': 'closed_links',
                'ordering': ['link_id'],
                'managed': False,
            },
        ),
    ]
