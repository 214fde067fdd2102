"""When each site reminds the families it awaits."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0028_merged_days'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReminderTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('week', 'some days before'), ('day', 'shortly before'), ('morning', 'the same morning')], max_length=7, verbose_name='kind')),
                ('days_before', models.PositiveSmallIntegerField(verbose_name='days before')),
                ('at', models.TimeField(verbose_name='time')),
                ('is_on', models.BooleanField(default=True, verbose_name='is sent')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'time of a reminder',
                'verbose_name_plural': 'times of reminders',
                'ordering': ['site', '-days_before', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('site', 'kind'), name='reminder_time_once_each', violation_error_message='That reminder has a time already.'), models.CheckConstraint(condition=models.Q(models.Q(('days_before', 0), ('kind', 'morning')), models.Q(('days_before__gte', 1), ('days_before__lte', 30), ('kind__in', ['week', 'day'])), _connector='OR'), name='reminder_time_in_days_before', violation_error_message='A reminder goes out 1 to 30 days before, or the same morning.'), models.CheckConstraint(condition=models.Q(('at__gte', '06:30'), ('at__lt', '20:00')), name='reminder_time_in_waking_hours', violation_error_message='A reminder goes out between 06:30 and 20:00.')],
            },
        ),
    ]
