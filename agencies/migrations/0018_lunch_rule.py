"""Lunch is a rule of the site: its hours, and how long it takes at least."""

import datetime
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0017_housing'),
    ]

    operations = [
        migrations.AddField(
            model_name='site',
            name='lunch_from',
            field=models.TimeField(default=datetime.time(11, 0), verbose_name='lunch from'),
        ),
        migrations.AddField(
            model_name='site',
            name='lunch_minutes',
            field=models.PositiveSmallIntegerField(default=30, verbose_name='lunch in minutes, at least'),
        ),
        migrations.AddField(
            model_name='site',
            name='lunch_minutes_with_children',
            field=models.PositiveSmallIntegerField(default=45, verbose_name='lunch with children in minutes, at least'),
        ),
        migrations.AddField(
            model_name='site',
            name='lunch_to',
            field=models.TimeField(default=datetime.time(13, 30), help_text='Whoever comes before these hours and leaves after them has lunch within them.', verbose_name='lunch until'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(('lunch_minutes__gte', 30), ('lunch_minutes_with_children__gte', models.F('lunch_minutes')), ('lunch_minutes_with_children__lte', 60)), name='site_lunch_is_half_an_hour_to_an_hour', violation_error_message='Lunch takes 30 to 60 minutes, with children no less than without.'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(('lunch_from__lte', datetime.time(22, 0)), ('lunch_to__gte', django.db.models.expressions.CombinedExpression(models.F('lunch_from'), '+', models.Value(datetime.timedelta(seconds=3600))))), name='site_lunch_fits_its_hours', violation_error_message='The hours for lunch are at least one hour, before midnight.'),
        ),
    ]
