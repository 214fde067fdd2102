"""Two sites are hidden beside one with few people, so that the leaders of one of them work out nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0042_tertial_thresholds'),
        ('motesplats', '0008_reminders'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='coversite',
            name='cover_site_once_a_year',
        ),
        migrations.AddField(
            model_name='coversite',
            name='place',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='first or second'),
        ),
        migrations.AddConstraint(
            model_name='coversite',
            constraint=models.UniqueConstraint(fields=('year', 'site', 'place'), name='cover_site_once_a_year', violation_error_message='A site is hidden beside one other in each place.'),
        ),
        migrations.AddConstraint(
            model_name='coversite',
            constraint=models.UniqueConstraint(fields=('year', 'site', 'beside'), name='cover_sites_are_two', violation_error_message='A site is hidden beside two different ones.'),
        ),
    ]
