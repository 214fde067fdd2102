"""A party's first day waits for nobody: there is no answer yet that it could end."""

from django.db import migrations

# As before, but for the first day; so a booking takes one lock less, and many parties may get theirs at once.
ASK_OTHER_ADULTS = """
    CREATE OR REPLACE FUNCTION ask_other_adults() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
    DECLARE day_now date := (SELECT date FROM agencies_siteday WHERE id = NEW.site_day_id);
    BEGIN
        {0}
        PERFORM pg_advisory_xact_lock(hashtextextended('checklist', NEW.party_id));
        IF EXISTS (
            SELECT FROM checklists_consentevent said JOIN bookings_newcomer person USING (party_id)
            WHERE said.party_id = NEW.party_id AND NOT said.is_shut
              AND (date_part('year', age(said.day, person.birth_date)) >= 18)
                  <> (date_part('year', age(day_now, person.birth_date)) >= 18)
        ) THEN
            UPDATE checklists_consentevent SET is_shut = true WHERE party_id = NEW.party_id AND NOT is_shut;
            DELETE FROM bookings_disclosure WHERE party_id = NEW.party_id AND source = 'consent';
        END IF;
        RETURN NULL;
    END $$;
"""
# Questions are asked about a chain, so that nobody can be answering one before the first is there.
UNLESS_FIRST = """
        IF TG_OP = 'INSERT' AND NOT EXISTS (
            SELECT FROM bookings_chain WHERE party_id = NEW.party_id AND id <> NEW.id
        ) THEN RETURN NULL; END IF;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("checklists", "0009_consents_again"),
    ]

    operations = [
        migrations.RunSQL(ASK_OTHER_ADULTS.format(UNLESS_FIRST), ASK_OTHER_ADULTS.format("")),
    ]
