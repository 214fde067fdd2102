"""Where a municipality lies, so that it can be told how far its people travel."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0040_reference_stamp'),
    ]

    operations = [
        migrations.AddField(
            model_name='municipality',
            name='latitude',
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name='latitude'),
        ),
        migrations.AddField(
            model_name='municipality',
            name='longitude',
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name='longitude'),
        ),
    ]
