"""Constraints name fields, so that `full_clean` compares the row that is written, not each row with itself."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0026_rows_are_compared'),
        ('interpreters', '0005_spares_and_dialects'),
    ]

    # The columns are the same: the database's constraints stay as they are.
    operations = [migrations.SeparateDatabaseAndState(state_operations=[
        migrations.RemoveConstraint(
            model_name='interpreterorder',
            name='order_of_an_interpreter_never_overlaps',
        ),
        migrations.AddConstraint(
            model_name='interpreterorder',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('interpreter__isnull', False), ('state__in', ['asked', 'received', 'confirmed'])), expressions=[(models.Func(models.F('interpreter'), models.F('interpreter'), models.Value('[]'), function='int8range'), '&&'), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='order_of_an_interpreter_never_overlaps', violation_error_message='The interpreter is already ordered for a part of that time.'),
        ),
    ])]
