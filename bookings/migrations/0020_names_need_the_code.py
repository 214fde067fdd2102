"""A link without its code leads to no names; it lives as long as what was opened by consent; walls nobody needs go."""

from django.db import migrations

from agencies.walls import door

CHECKED_IN_BY_ONESELF = "kind = 'checked_in' AND by_id = viewer_user() AND is_met_by_chain(chain_id)"

# The token stands in an address that others may see; only the letter has the code.
WITH_CODE = "AND (viewer_link() IS NULL OR holds_code_of_party(party_id))"
NAMES = migrations.RunSQL(
    f"""
    ALTER POLICY see ON bookings_newcomer USING (sees_party(party_id) {WITH_CODE});
    ALTER POLICY see ON bookings_stopchoice USING (sees_party(party_id) {WITH_CODE});
    ALTER POLICY see ON bookings_event USING (sees_party(party_id) {WITH_CODE});
    """,
    """
    ALTER POLICY see ON bookings_event USING (sees_party(party_id));
    ALTER POLICY see ON bookings_stopchoice USING (sees_party(party_id));
    ALTER POLICY see ON bookings_newcomer USING (sees_party(party_id));
    """,
)

# The migrator gives words to parties that were protected before there were any; it has hashes only.
SEALED_LATER = migrations.RunSQL(
    """
    CREATE POLICY migrator_sees ON bookings_sealedword FOR SELECT TO motesplats_migrator USING (true);
    CREATE POLICY migrator_seals ON bookings_sealedword FOR INSERT TO motesplats_migrator WITH CHECK (true);
    """,
    """
    DROP POLICY migrator_seals ON bookings_sealedword;
    DROP POLICY migrator_sees ON bookings_sealedword;
    """,
)

# Whoever has said yes can take it back for as long as it opens something.
OUTLASTS = migrations.RunSQL(
    """
    GRANT UPDATE (valid_until) ON bookings_link TO motesplats_views;
    CREATE POLICY outlasts ON bookings_link FOR UPDATE TO motesplats_views USING (true);

    CREATE FUNCTION link_outlasts_consents() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
    BEGIN
        NEW.valid_until := greatest(NEW.valid_until, (
            SELECT max(told.until) FROM bookings_disclosure told
            JOIN bookings_chain chain ON chain.party_id = told.party_id
            WHERE chain.id = NEW.chain_id AND told.source = 'consent'
        ));
        RETURN NEW;
    END $$;
    ALTER FUNCTION link_outlasts_consents() OWNER TO motesplats_views;
    CREATE TRIGGER outlasts_consents BEFORE INSERT OR UPDATE OF valid_until ON bookings_link FOR EACH ROW
      EXECUTE FUNCTION link_outlasts_consents();

    CREATE FUNCTION links_outlast_consent() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
    BEGIN
        UPDATE bookings_link link SET valid_until = NEW.until FROM bookings_chain chain
        WHERE chain.id = link.chain_id AND chain.party_id = NEW.party_id AND link.valid_until < NEW.until;
        RETURN NULL;
    END $$;
    ALTER FUNCTION links_outlast_consent() OWNER TO motesplats_views;
    CREATE TRIGGER links_outlast_it AFTER INSERT OR UPDATE OF until ON bookings_disclosure FOR EACH ROW
      WHEN (NEW.source = 'consent') EXECUTE FUNCTION links_outlast_consent();
    """,
    """
    DROP TRIGGER links_outlast_it ON bookings_disclosure; DROP FUNCTION links_outlast_consent();
    DROP TRIGGER outlasts_consents ON bookings_link; DROP FUNCTION link_outlasts_consents();
    DROP POLICY outlasts ON bookings_link; REVOKE UPDATE (valid_until) ON bookings_link FROM motesplats_views;
    """,
)
# The triggers see to the rest: a link that is written again outlasts what is open.
LINKS_OF_BEFORE = migrations.RunSQL(
    """
    ALTER TABLE bookings_link NO FORCE ROW LEVEL SECURITY;
    UPDATE bookings_link SET valid_until = valid_until;
    ALTER TABLE bookings_link FORCE ROW LEVEL SECURITY;
    """,
    "",
)


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0019_attendance_and_versions'),
    ]

    operations = [
        NAMES,
        # How a party comes is recorded in rows of its own; no other agency writes or reads an event any more.
        migrations.RunSQL(
            "DROP POLICY door_visited ON bookings_event; DROP POLICY door_make ON bookings_event;",
            [
                door("bookings_event", "door_visited", command="SELECT", when=CHECKED_IN_BY_ONESELF).sql,
                door("bookings_event", "door_make", command="INSERT", when=CHECKED_IN_BY_ONESELF).sql,
            ],
        ),
        SEALED_LATER,
        OUTLASTS,
        LINKS_OF_BEFORE,
    ]
