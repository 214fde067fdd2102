"""Answers end when an identity is protected, and when a new day makes others the adults who decide."""

from django.db import migrations, models

OLD_ANSWERS = migrations.RunSQL(
    """
    ALTER TABLE checklists_consentevent NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE bookings_party NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE bookings_event NO FORCE ROW LEVEL SECURITY;
    UPDATE checklists_consentevent SET day = (until AT TIME ZONE 'Europe/Stockholm')::date - 1
        - CASE category WHEN 'checklist' THEN 90 ELSE 30 END;
    UPDATE checklists_consentevent said SET is_shut = true, witness = left('…', length(witness)),
        interpreter = left('…', length(interpreter))
    FROM bookings_party party
    WHERE party.id = said.party_id AND party.is_protected AND said.at <= (
        SELECT max(event.at) FROM bookings_event event WHERE event.party_id = party.id AND event.kind = 'protected'
    );
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE bookings_event FORCE ROW LEVEL SECURITY;
    ALTER TABLE bookings_party FORCE ROW LEVEL SECURITY;
    ALTER TABLE checklists_consentevent FORCE ROW LEVEL SECURITY;
    """,
    "",
)

# Whoever recorded them and whoever may see them: so the views' role, which nobody signs in as, does it. Whoever
# records an answer holds the party's lock; a day that is moved waits for it.
SHUT = migrations.RunSQL(
    """
    GRANT SELECT ON checklists_consentevent TO motesplats_views;
    GRANT UPDATE (is_shut, witness, interpreter) ON checklists_consentevent TO motesplats_views;
    CREATE POLICY shut_see ON checklists_consentevent FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY shut ON checklists_consentevent FOR UPDATE TO motesplats_views USING (true);

    CREATE FUNCTION shut_answers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
        UPDATE checklists_consentevent SET is_shut = true WHERE party_id = NEW.id AND NOT is_shut;
        -- A witness may be of the family: who recorded the paper stays, and has it.
        UPDATE checklists_consentevent
        SET witness = left('…', length(witness)), interpreter = left('…', length(interpreter))
        WHERE party_id = NEW.id AND channel = 'paper';
        DELETE FROM bookings_disclosure WHERE party_id = NEW.id;
        RETURN NULL;
    END $$;
    ALTER FUNCTION shut_answers() OWNER TO motesplats_views;
    CREATE TRIGGER then_shut_answers AFTER UPDATE ON bookings_party FOR EACH ROW
      WHEN (NEW.is_protected <> OLD.is_protected) EXECUTE FUNCTION shut_answers();

    CREATE FUNCTION ask_other_adults() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
    DECLARE day_now date := (SELECT date FROM agencies_siteday WHERE id = NEW.site_day_id);
    BEGIN
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
    ALTER FUNCTION ask_other_adults() OWNER TO motesplats_views;
    CREATE TRIGGER then_ask_other_adults AFTER INSERT OR UPDATE OF site_day_id ON bookings_chain FOR EACH ROW
      EXECUTE FUNCTION ask_other_adults();
    """,
    """
    DROP TRIGGER then_ask_other_adults ON bookings_chain; DROP FUNCTION ask_other_adults();
    DROP TRIGGER then_shut_answers ON bookings_party; DROP FUNCTION shut_answers();
    DROP POLICY shut ON checklists_consentevent; DROP POLICY shut_see ON checklists_consentevent;
    REVOKE SELECT, UPDATE ON checklists_consentevent FROM motesplats_views;
    """,
)


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0020_names_need_the_code'),
        ('checklists', '0006_checked_writes'),
    ]

    operations = [
        migrations.AddField(
            model_name='consentevent',
            name='day',
            field=models.DateField(null=True, verbose_name='day that was booked'),
        ),
        migrations.AddField(
            model_name='consentevent',
            name='is_shut',
            field=models.BooleanField(default=False, editable=False, verbose_name='ended, because others decide now'),
        ),
        OLD_ANSWERS,
        migrations.AlterField(
            model_name='consentevent',
            name='day',
            field=models.DateField(verbose_name='day that was booked'),
        ),
        SHUT,
    ]
