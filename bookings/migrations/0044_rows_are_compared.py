"""Constraints name fields, so that `full_clean` compares the row that is written, not each row with itself."""

import django.contrib.postgres.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0026_rows_are_compared'),
        ('bookings', '0043_together'),
    ]

    # The columns are the same: the database's constraints stay as they are.
    operations = [migrations.SeparateDatabaseAndState(state_operations=[
        migrations.RemoveConstraint(
            model_name='claim',
            name='claim_never_overlaps',
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('resource'), models.F('resource'), models.Value('[]'), function='int8range'), '&&'), ('period', '&&')], name='claim_never_overlaps', violation_error_message='Somebody else has just taken that time.'),
        ),
    ])]
