"""A family that keeps its day after all leaves the one that it was offered to the next; it learns nothing of it."""

from django.db import migrations

OFFER_ON = """
    CREATE FUNCTION offer_on(of_party bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
        INSERT INTO agencies_dispatch AS asked
            (kind, subject, by_id, agency_id, asked_at, state, due_at, attempts, error)
        SELECT 'bookings.freed', party.id, waiting.added_by_id, party.owner_id, viewer_moment(), 'due',
               viewer_moment(), 0, ''
        FROM bookings_waitingparty waiting
        JOIN bookings_party party ON party.id = waiting.party_id AND party.anonymised_at IS NULL
        WHERE waiting.party_id = of_party AND waiting.ended_at IS NULL AND waiting.offered_day_id IS NOT NULL
          AND (party.owner_id = viewer_agency() OR EXISTS (SELECT FROM open_links WHERE party_id = of_party))
        ON CONFLICT (kind, subject) WHERE state IN ('due', 'sending')
        DO UPDATE SET state = 'due', due_at = excluded.due_at
    $$;
    ALTER FUNCTION offer_on(bigint) OWNER TO motesplats_views;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0061_own_contact_by_link'),
    ]

    operations = [
        migrations.RunSQL(OFFER_ON, "DROP FUNCTION offer_on(bigint)"),
    ]
