"""Constraints name fields, so that `full_clean` compares the row that is written, not each row with itself."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0025_seats'),
    ]

    # The columns are the same: the database's constraints stay as they are.
    operations = [migrations.SeparateDatabaseAndState(state_operations=[
        migrations.RemoveConstraint(
            model_name='absence',
            name='absence_once_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='shift',
            name='shift_in_one_place_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='weeklypattern',
            name='pattern_once_per_weekday',
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('resource'), models.F('resource'), models.Value('[]'), function='int8range'), '&&'), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='absence_once_at_a_time', violation_error_message='This absence is recorded already.'),
        ),
        migrations.AddConstraint(
            model_name='shift',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('resource'), models.F('resource'), models.Value('[]'), function='int8range'), '&&'), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='shift_in_one_place_at_a_time', violation_error_message='This person already works elsewhere at that time.'),
        ),
        migrations.AddConstraint(
            model_name='weeklypattern',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('location'), models.F('location'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('weekday'), models.F('weekday'), models.Value('[]'), function='int8range'), '&&'), (models.Func('valid_from', 'valid_to', models.Value('[]'), function='daterange'), '&&')], name='pattern_once_per_weekday', violation_error_message='The location has a pattern for that weekday at that time.'),
        ),
    ])]
