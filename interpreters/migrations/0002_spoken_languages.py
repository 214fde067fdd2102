"""Interpreters' languages are codes of ISO 639-3, of which the letters' languages were some."""

import interpreters.models
from django.db import migrations, models

CODES = {"ar": "ara", "so": "som", "ti": "tir", "sv": "swe", "en": "eng"}
CARRY_OVER = migrations.RunSQL(
    " ".join(f"UPDATE interpreters_mastery SET language = '{new}' WHERE language = '{old}';" for old, new in CODES.items()),
    " ".join(f"UPDATE interpreters_mastery SET language = '{old}' WHERE language = '{new}';" for old, new in CODES.items()),
)


class Migration(migrations.Migration):

    dependencies = [
        ('interpreters', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='mastery',
            name='language',
            field=models.CharField(max_length=3, validators=[interpreters.models.validate_spoken], verbose_name='language'),
        ),
        CARRY_OVER,
        migrations.AddConstraint(
            model_name='mastery',
            constraint=models.CheckConstraint(condition=models.Q(('language__regex', '^[a-z]{3}$')), name='mastery_is_of_a_spoken_language', violation_error_message='Write one of the three-letter codes of ISO 639-3.'),
        ),
    ]
