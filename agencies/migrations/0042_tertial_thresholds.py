"""When a tertial report is due, and when managers are reminded of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0041_municipality_points'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='threshold',
            name='threshold_within_its_limits',
        ),
        migrations.AlterField(
            model_name='threshold',
            name='code',
            field=models.CharField(choices=[('link_days', "how long a newcomer's link opens"), ('arrive_before', 'how early a party is asked to come'), ('alarm_hours', 'how long before a lacking interpreter is an alarm'), ('thin_hours', 'when a day is thin'), ('thin_unsaid', 'how far ahead a day without a forecast is judged'), ('unusual_people', 'how many people are never unusual to read'), ('unusual_times', 'how many times the usual is unusual to read'), ('spot_checks', 'how many readings a spot check has'), ('own_choice', 'until when a family may choose another day itself'), ('tertial_due', 'when a tertial report is due'), ('tertial_remind', "how long before that a site's managers are reminded")], max_length=20, verbose_name='threshold'),
        ),
        migrations.AlterField(
            model_name='thresholdchange',
            name='code',
            field=models.CharField(choices=[('link_days', "how long a newcomer's link opens"), ('arrive_before', 'how early a party is asked to come'), ('alarm_hours', 'how long before a lacking interpreter is an alarm'), ('thin_hours', 'when a day is thin'), ('thin_unsaid', 'how far ahead a day without a forecast is judged'), ('unusual_people', 'how many people are never unusual to read'), ('unusual_times', 'how many times the usual is unusual to read'), ('spot_checks', 'how many readings a spot check has'), ('own_choice', 'until when a family may choose another day itself'), ('tertial_due', 'when a tertial report is due'), ('tertial_remind', "how long before that a site's managers are reminded")], max_length=20, verbose_name='threshold'),
        ),
        migrations.AddConstraint(
            model_name='threshold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', 'link_days'), ('value__range', (1, 365))), models.Q(('code', 'arrive_before'), ('value__range', (0, 60))), models.Q(('code', 'alarm_hours'), ('value__range', (1, 336))), models.Q(('code', 'thin_hours'), ('value__range', (1, 40))), models.Q(('code', 'thin_unsaid'), ('value__range', (0, 90))), models.Q(('code', 'unusual_people'), ('value__range', (50, 5000))), models.Q(('code', 'unusual_times'), ('value__range', (2, 20))), models.Q(('code', 'spot_checks'), ('value__range', (5, 100))), models.Q(('code', 'own_choice'), ('value__range', (0, 60))), models.Q(('code', 'tertial_due'), ('value__range', (1, 90))), models.Q(('code', 'tertial_remind'), ('value__range', (1, 60))), _connector='OR'), name='threshold_within_its_limits', violation_error_message='The value is too small or too large.'),
        ),
    ]
