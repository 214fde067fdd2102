"""Search words lose two indexes whose columns begin another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("agencies", "0019_subject_of_an_issuer"), ("bookings", "0030_index_by_statement")]

    operations = [
        migrations.AlterField(
            "searchword",
            "owner",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agencies.agency",
                verbose_name="owner",
            ),
        ),
        migrations.AlterField(
            "searchword",
            "party",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="bookings.party",
                verbose_name="party",
            ),
        ),
    ]
