"""A step is of any agency that has a service; a kind of referral is started by any that there is."""

import django.contrib.postgres.fields
from django.db import migrations, models

from agencies.walls import known_agencies, met_agency


class Migration(migrations.Migration):

    dependencies = [
        ('checklists', '0010_first_day_asks_nobody'),
        ('agencies', '0020_agencies_are_data'),
    ]

    operations = [
        migrations.AlterField(
            model_name='referralkind',
            name='starters',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), blank=True, default=list, size=None, verbose_name='agencies that may start it'),
        ),
        migrations.AlterField(
            model_name='step',
            name='agency_code',
            field=models.CharField(max_length=5, verbose_name='agency'),
        ),
        met_agency('checklists_step', 'agency_code'),
        known_agencies('checklists_referralkind', 'starters'),
    ]
