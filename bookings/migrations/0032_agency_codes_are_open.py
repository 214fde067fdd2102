"""Rules, orders, tracks and wishes name any agency that has a service, or for wishes any that there is."""

import django.contrib.postgres.fields
from django.db import migrations, models

from agencies.walls import known_agencies, met_agency


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0031_search_words_without_spare_indexes'),
        ('agencies', '0020_agencies_are_data'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='newcomer',
            name='newcomer_is_met_alone_by_known_agencies',
        ),
        migrations.AlterField(
            model_name='attendancerule',
            name='agency_code',
            field=models.CharField(max_length=5, verbose_name='agency'),
        ),
        migrations.AlterField(
            model_name='chain',
            name='left_out',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), blank=True, default=list, size=None, verbose_name='agencies without a desk there'),
        ),
        migrations.AlterField(
            model_name='newcomer',
            name='own_meetings',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), blank=True, default=list, size=None, verbose_name='met alone by'),
        ),
        migrations.AlterField(
            model_name='newcomerchange',
            name='own_meetings',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), blank=True, default=list, size=None, verbose_name='met alone by'),
        ),
        migrations.AlterField(
            model_name='precedence',
            name='after',
            field=models.CharField(max_length=5, verbose_name='then'),
        ),
        migrations.AlterField(
            model_name='precedence',
            name='before',
            field=models.CharField(max_length=5, verbose_name='first'),
        ),
        migrations.AlterField(
            model_name='stopchoice',
            name='agency_code',
            field=models.CharField(max_length=5, verbose_name='agency'),
        ),
        migrations.AlterField(
            model_name='track',
            name='summoned_by',
            field=models.CharField(max_length=5, verbose_name='summoned by'),
        ),
        met_agency('bookings_attendancerule', 'agency_code'),
        met_agency('bookings_precedence', 'before'),
        met_agency('bookings_precedence', 'after'),
        met_agency('bookings_stopchoice', 'agency_code'),
        met_agency('bookings_track', 'summoned_by'),
        known_agencies('bookings_newcomer', 'own_meetings'),
        known_agencies('bookings_chain', 'left_out'),
    ]
