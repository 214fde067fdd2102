"""Streets, telephones and e-mail addresses may be blank, and those that were invented are: the demo fills in its own."""

from django.db import migrations, models

CLEAR = """
    UPDATE agencies_location SET street = '' WHERE street = 'Exempelgatan 1';
    UPDATE agencies_site SET phone = '' WHERE phone ~ '^08-465 004 \\d\\d$';
    UPDATE agencies_municipality SET phone = '' WHERE phone ~ '^031-390 06 \\d\\d$';
    UPDATE agencies_municipality SET email = '' WHERE email ~ '^kommun@[a-z-]+\\.example$';
"""


class Migration(migrations.Migration):

    dependencies = [
        ("agencies", "0011_provider_matching"),
    ]

    operations = [
        migrations.AlterField(
            model_name="location",
            name="street",
            field=models.CharField(
                blank=True,
                help_text="Without it no letter is printed.",
                max_length=200,
                verbose_name="street address",
            ),
        ),
        migrations.AlterField(
            model_name="site",
            name="phone",
            field=models.CharField(
                blank=True,
                help_text="Without it no letter is printed.",
                max_length=20,
                verbose_name="telephone",
            ),
        ),
        migrations.RunSQL(CLEAR, migrations.RunSQL.noop),
    ]
