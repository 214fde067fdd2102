"""Whose identity is protected among those that come to the viewer's agency, so that nothing of them is extracted."""

from django.db import migrations

from agencies.walls import id_view


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0008_known_readings'),
    ]

    operations = [
        id_view(
            "protected_visits",
            "SELECT DISTINCT party.id AS party_id FROM bookings_party party"
            " JOIN expected_parties expected ON expected.party_id = party.id WHERE party.is_protected",
            reads=("bookings_party",),
            guarded=(),
        ),
    ]
