"""A note is in somebody's own words and may say who they are: it goes when the identity is protected."""

from django.db import migrations

# Whoever wrote it and whoever may see it: so the views' role, which nobody signs in as, does it.
FORGET = migrations.RunSQL(
    """
    GRANT SELECT, DELETE ON checklists_note TO motesplats_views;
    CREATE POLICY forget_see ON checklists_note FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY forget ON checklists_note FOR DELETE TO motesplats_views USING (true);
    CREATE FUNCTION forget_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
        DELETE FROM checklists_note WHERE party_id = NEW.id;
        RETURN NULL;
    END $$;
    ALTER FUNCTION forget_note() OWNER TO motesplats_views;
    CREATE TRIGGER then_forget_note AFTER UPDATE ON bookings_party FOR EACH ROW
      WHEN (NEW.is_protected AND NOT OLD.is_protected) EXECUTE FUNCTION forget_note();
    """,
    """
    DROP TRIGGER then_forget_note ON bookings_party;
    DROP FUNCTION forget_note();
    DROP POLICY forget ON checklists_note;
    DROP POLICY forget_see ON checklists_note;
    REVOKE DELETE ON checklists_note FROM motesplats_views;
    """,
)


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0006_history'),
        ('checklists', '0003_retention'),
    ]

    operations = [FORGET]
