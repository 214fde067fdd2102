"""An agency's own note of a party: rows that are added by the agency, seen by it alone, and never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import door, guard

TABLE = "checklists_agencynote"
OWN = "agency_id = viewer_agency() AND (owns_party(party_id) OR is_met_by_party(party_id))"
RETENTION = "viewer_role() = 'retention' AND sees_party(party_id)"

# It may say who they are: it goes when the identity is protected, whoever wrote it and whoever protects.
FORGET = migrations.RunSQL(
    """
    GRANT SELECT, DELETE ON checklists_agencynote TO motesplats_views;
    CREATE POLICY forget_see ON checklists_agencynote FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY forget ON checklists_agencynote FOR DELETE TO motesplats_views USING (true);
    CREATE FUNCTION forget_agency_notes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
    BEGIN
        DELETE FROM checklists_agencynote WHERE party_id = NEW.id;
        RETURN NULL;
    END $$;
    ALTER FUNCTION forget_agency_notes() OWNER TO motesplats_views;
    CREATE TRIGGER then_forget_agency_notes AFTER UPDATE ON bookings_party FOR EACH ROW
      WHEN (NEW.is_protected AND NOT OLD.is_protected) EXECUTE FUNCTION forget_agency_notes();
    """,
    """
    DROP TRIGGER then_forget_agency_notes ON bookings_party;
    DROP FUNCTION forget_agency_notes();
    DROP POLICY forget ON checklists_agencynote;
    DROP POLICY forget_see ON checklists_agencynote;
    REVOKE SELECT, DELETE ON checklists_agencynote FROM motesplats_views;
    """,
)

class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0018_lunch_rule'),
        ('bookings', '0025_spoken_languages'),
        ('checklists', '0008_steps_of_children'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgencyNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='agency')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.party', verbose_name='party')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': "agency's note",
                'verbose_name_plural': "agencies' notes",
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['party', 'agency'], name='agency_note_by_party')],
            },
        ),
        guard(TABLE, read=OWN, write=f"{OWN} AND written_by_id = viewer_user()"),
        migrations.RunSQL(
            f"""
            ALTER POLICY change ON {TABLE} USING (false) WITH CHECK (false);
            ALTER POLICY remove ON {TABLE} USING (false);
            """,
            migrations.RunSQL.noop,
        ),
        door(TABLE, "retention_select", command="SELECT", when=RETENTION),
        door(TABLE, "retention_delete", command="DELETE", when=RETENTION),
        FORGET,
    ]
