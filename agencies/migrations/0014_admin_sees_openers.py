"""Superusers look in the admin at who was named to open protected identities."""

from django.db import migrations

from agencies.walls import door

SUPERUSER = "EXISTS (SELECT FROM agencies_user WHERE id = viewer_user() AND is_superuser AND is_active)"


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0013_named_openers'),
    ]

    operations = [
        door("agencies_namedopener", "admin_see", command="SELECT", when=SUPERUSER),
    ]
