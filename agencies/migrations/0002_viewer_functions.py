from django.db import migrations

from agencies.walls import MORE_VIEWER_FUNCTIONS


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
    ]

    operations = [MORE_VIEWER_FUNCTIONS]
