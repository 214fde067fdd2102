"""Saved calculations: the secretariat makes them, coordinators and managers read them too, nobody changes one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import agencies.references
from agencies.walls import diary


class Migration(migrations.Migration):

    dependencies = [
        ('motesplats', '0005_counted_month'),
        ('agencies', '0034_telephone_hours'),
    ]

    operations = [
        migrations.CreateModel(
            name='Calculation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=agencies.references.new_reference, max_length=7, unique=True, verbose_name='reference')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('schema', models.PositiveSmallIntegerField(default=1, verbose_name='version of the assumptions')),
                ('assumptions', models.JSONField(verbose_name='assumptions')),
                ('made_at', models.DateTimeField(verbose_name='when')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'calculation',
                'verbose_name_plural': 'calculations',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        diary(
            'motesplats_calculation',
            read="viewer_role() IN ('secretariat', 'coordinator', 'manager')",
            write="viewer_role() = 'secretariat' AND made_by_id = viewer_user()",
        ),
    ]
