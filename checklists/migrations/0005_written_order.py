"""Consents in the order written; in some tracks the party's list is shut until the agency that summons has met it."""

import django.db.models.deletion
from django.db import migrations, models

# As before, with `is_shut`. Only the holder of a link is told it: whether another agency has checked a party in is no
# agency's business. Without a rule a track's lists are shut at first.
CHECKLIST_PARTS = """
    SELECT chain.id AS chain_id, chain.reference, chain.party_id, seat.agency_id, party.owner_id, chain.track_id,
           location.site_id, seat.agency_id = viewer_agency() AND viewer_agency() IS NOT NULL AS is_own,
           CASE WHEN viewer_agency() IS NULL OR seat.agency_id = viewer_agency() THEN seat.starts_at END AS starts_at,
           (seat.checked_in_at AT TIME ZONE 'Europe/Stockholm')::date AS came_on,
           ARRAY(SELECT person.key FROM bookings_newcomer person WHERE person.party_id = party.id) AS people,
           viewer_agency() IS NULL
           AND NOT EXISTS (
               SELECT FROM checklists_checklistrule rule
               WHERE rule.track_id = chain.track_id AND NOT rule.shut_until_met
           )
           AND NOT EXISTS (
               SELECT FROM bookings_meeting first
               WHERE first.chain_id = chain.id AND first.agency_id = party.owner_id AND first.checked_in_at IS NOT NULL
           ) AS is_shut
    FROM bookings_chain chain
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    CROSS JOIN LATERAL (
        SELECT meeting.agency_id, meeting.starts_at, meeting.checked_in_at
        FROM bookings_meeting meeting WHERE meeting.chain_id = chain.id
        UNION ALL
        SELECT party.owner_id, NULL, NULL WHERE NOT EXISTS (
            SELECT FROM bookings_meeting meeting
            WHERE meeting.chain_id = chain.id AND meeting.agency_id = party.owner_id
        )
    ) seat
    WHERE EXISTS (
        SELECT FROM open_links link WHERE link.chain_id = chain.id AND link.confirmed
    ) OR viewer_role() IN ('caseworker', 'coordinator', 'manager') AND (
        party.owner_id = viewer_agency()
        OR EXISTS (SELECT FROM expected_parties expected WHERE expected.chain_id = chain.id)
    ) AND (
        seat.agency_id = viewer_agency() OR EXISTS (
            SELECT FROM bookings_disclosure open
            WHERE open.party_id = chain.party_id AND open.newcomer_id IS NULL AND open.category = 'checklist'
              AND open.discloser_id = seat.agency_id AND open.agency_id = viewer_agency()
              AND open.site_id = location.site_id AND open.site_id = ANY(viewer_sites())
              AND open.until > viewer_moment()
        ) AND NOT EXISTS (
            SELECT FROM checklists_checklist list
            WHERE list.chain_id = chain.id AND (list.hidden_at IS NOT NULL OR list.deleted_at IS NOT NULL)
        )
    )
"""
SHUT = migrations.RunSQL(
    f"""
    GRANT SELECT ON checklists_checklistrule TO motesplats_views;
    CREATE OR REPLACE VIEW checklist_parts WITH (security_barrier) AS {CHECKLIST_PARTS};
    CREATE OR REPLACE FUNCTION sees_part(of_checklist bigint, of_agency bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE COST 2000 AS $$
    BEGIN RETURN EXISTS (
        SELECT FROM checklists_checklist list JOIN checklist_parts part ON part.chain_id = list.chain_id
        WHERE list.id = of_checklist AND part.agency_id = of_agency
          AND (part.is_own OR list.deleted_at IS NULL AND NOT part.is_shut)
    ); END $$;
    """
)


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0010_figures'),
        ('checklists', '0004_protected_notes'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='consentevent',
            options={'ordering': ['pk'], 'verbose_name': 'consent event', 'verbose_name_plural': 'consent events'},
        ),
        migrations.CreateModel(
            name='ChecklistRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shut_until_met', models.BooleanField(default=True, verbose_name='shut to the party until the agency that summons has checked it in')),
                ('track', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.track', verbose_name='track')),
            ],
            options={
                'verbose_name': 'rule of checklists',
                'verbose_name_plural': 'rules of checklists',
                'ordering': ['track'],
            },
        ),
        SHUT,
    ]
