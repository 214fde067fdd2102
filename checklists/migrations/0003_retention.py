"""Retention: a checklist and a note go with what they belong to, when its time is up."""

from django.db import migrations

from agencies.walls import door, question


def goes_with(table, parent):
    """Seen and removed by the night alone, while it sees the parent's row because that is due."""
    when = f"viewer_role() = 'retention' AND {parent}"
    return [
        door(table, f"retention_{command.lower()}", command=command, when=when) for command in ("SELECT", "DELETE")
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0004_retention'),
        ('checklists', '0002_consents'),
    ]

    operations = [
        question("sees_checklist", "sought bigint", "EXISTS (SELECT FROM checklists_checklist WHERE id = sought)"),
        *goes_with("checklists_checklist", "sees_chain(chain_id)"),
        *goes_with("checklists_tick", "sees_checklist(checklist_id)"),
        *goes_with("checklists_referral", "sees_checklist(checklist_id)"),
        *goes_with("checklists_note", "sees_party(party_id)"),
    ]
