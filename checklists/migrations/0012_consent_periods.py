"""How long a consent holds is data, dated, and no longer in code."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checklists', '0011_agency_codes_are_open'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('names', 'names and birth dates'), ('meetings', "the day's other meetings"), ('checklist', 'steps of the checklist'), ('note', 'the note before the meeting')], max_length=10, verbose_name='category')),
                ('days', models.PositiveSmallIntegerField(verbose_name='days after the day')),
                ('valid_from', models.DateField(verbose_name='valid from')),
            ],
            options={
                'verbose_name': 'period of consent',
                'verbose_name_plural': 'periods of consent',
                'ordering': ['category', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('category', 'valid_from'), name='consent_period_once_from_a_day', violation_error_message='There is already a period from that day.'), models.CheckConstraint(condition=models.Q(('days__range', (1, 365))), name='consent_period_is_at_most_a_year', violation_error_message='A consent holds 1 to 365 days.')],
            },
        ),
    ]
