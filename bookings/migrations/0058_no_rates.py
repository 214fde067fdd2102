"""How often families do not come is told by day reports' figures; the function that told the secretariat is gone."""

from importlib import import_module

from django.db import migrations

AS_IT_WAS = import_module("bookings.migrations.0056_waiting").FUNCTIONS.sql.partition("-- Days that were met or missed")[2]


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0057_no_figures_view'),
    ]

    operations = [
        migrations.RunSQL("DROP FUNCTION no_show_rates(date, date)", f"-- {AS_IT_WAS}"),
    ]
