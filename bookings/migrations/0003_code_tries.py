"""Wrong paper codes are counted; a link may be renewed."""

from django.db import migrations, models

from agencies.walls import guard

OWN_LINK = "token_hash = viewer_link()"
OWN_PARTYS_LINK = """
    viewer_agency() IS NOT NULL AND EXISTS (
        SELECT FROM bookings_link link WHERE link.token_hash = bookings_codetries.token_hash
    )
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0002_doors'),
    ]

    operations = [
        migrations.CreateModel(
            name='CodeTries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True, verbose_name='hash of the token')),
                ('wrong', models.PositiveSmallIntegerField(verbose_name='wrong codes')),
                ('last_at', models.DateTimeField(verbose_name='last tried')),
            ],
            options={
                'verbose_name': 'tries of a paper code',
                'verbose_name_plural': 'tries of paper codes',
            },
        ),
        guard("bookings_codetries", read=f"{OWN_LINK} OR {OWN_PARTYS_LINK}", write=OWN_LINK),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('registered', 'Registered'), ('overridden', 'Legal basis overridden'), ('booked', 'Booked'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('checked_in', 'Checked in'), ('renewed', 'New code and link')], max_length=12, verbose_name='kind'),
        ),
    ]
