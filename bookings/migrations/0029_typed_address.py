"""A link has a short address that can be typed; with its paper code it opens the day."""

import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import id_view

# Whoever has typed a link's short address; "confirmed" as in open_links. Also of a link that has ended.
TYPED_LINKS = """
    SELECT link.id AS link_id, link.typed_hash, link.token_hash, link.chain_id, link.newcomer_id, link.generation,
           link.code_hash <> '' AND link.code_hash = viewer_code() AS confirmed
    FROM bookings_link link
    WHERE link.typed_hash = viewer_link()
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0028_link_sees_little'),
    ]

    operations = [
        migrations.AddField(
            model_name='link',
            name='typed_hash',
            field=models.CharField(blank=True, default='', max_length=64, verbose_name='hash of the typed address'),
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(fields=['typed_hash'], name='link_by_typed_hash'),
        ),
        id_view("typed_links", TYPED_LINKS, reads=("bookings_link",), guarded=("bookings_link",)),
        migrations.CreateModel(
            name='TypedLink',
            fields=[
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='bookings.link')),
                ('typed_hash', models.CharField(max_length=64, verbose_name='hash of the typed address')),
                ('token_hash', models.CharField(max_length=64, verbose_name='hash of the token')),
                ('chain_id', models.BigIntegerField()),
                ('newcomer_id', models.BigIntegerField()),
                ('generation', models.PositiveSmallIntegerField(verbose_name='generation')),
                ('confirmed', models.BooleanField(verbose_name='with its paper code')),
            ],
            options={
                'db_table': 'typed_links',
                'ordering': ['-confirmed', 'link_id'],
                'managed': False,
            },
        ),
    ]
