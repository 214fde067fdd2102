"""Shifts of interpreters who stand by for others, and the dialect of a language."""

import agencies.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0022_site_pages'),
        ('interpreters', '0004_telephones'),
    ]

    operations = [
        migrations.CreateModel(
            name='Spare',
            fields=[
                ('shift', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='agencies.shift', verbose_name='shift')),
            ],
            options={
                'verbose_name': 'spare interpreter',
                'verbose_name_plural': 'spare interpreters',
            },
        ),
        migrations.AddField(
            model_name='mastery',
            name='dialect',
            field=models.CharField(blank=True, max_length=60, validators=[agencies.validators.validate_plain], verbose_name='dialect'),
        ),
    ]
