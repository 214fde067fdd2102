"""A consent is of the party that its newcomer belongs to, whoever writes it."""

from django.db import migrations

from agencies.walls import belongs


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0011_checked_writes'),
        ('checklists', '0005_written_order'),
    ]

    operations = [
        belongs("checklists_consentevent", "consent_of_the_newcomers_party", "newcomer_id", "bookings_newcomer"),
    ]
