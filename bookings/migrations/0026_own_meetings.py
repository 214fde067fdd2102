"""An adult may be met alone: a chain has one meeting with an agency for that adult, and one for the others."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def aged(first, last):
    """How many of those who come are of these ages on the meeting's day."""
    return f"""(
        SELECT count(*)::integer FROM bookings_newcomer person
        WHERE person.party_id = chain.party_id AND (meeting.person_id IS NULL OR person.id = meeting.person_id)
          AND date_part('year', age(day.date, person.birth_date)) BETWEEN {first} AND {last}
    )"""


# As before, with the adult who is met alone: number by age, and row; then only that adult is counted.
EXPECTED_PARTIES = f"""
    SELECT meeting.id AS meeting_id, meeting.chain_id, chain.party_id, chain.reference AS chain_reference,
           party.reference AS party_reference,
           (CASE WHEN chain.state = 'booked' AND day.closes_at <= viewer_moment() THEN 'done' ELSE chain.state END
           )::varchar(10) AS state,
           meeting.agency_id, party.owner_id, chain.site_day_id, day.date,
           meeting.caseworker_id, meeting.room_id, chain.interpreter_id, meeting.who, meeting.starts_at,
           meeting.ends_at, meeting.checked_in_at, party.language, party.step_free, party.extra_time,
           party.caseworker_sex, party.interpreter_sex, {aged(0, 5)} AS infants, {aged(6, 17)} AS children,
           {aged(18, 64)} AS adults, {aged(65, 200)} AS seniors, meeting.attendance,
           party.interpreter_language, party.needs_interpreter, chain.outside_interpreter,
           (SELECT count(*)::integer FROM bookings_newcomer alone JOIN bookings_newcomer elder
              ON elder.party_id = alone.party_id AND (elder.birth_date, elder.id) <= (alone.birth_date, alone.id)
            WHERE alone.id = meeting.person_id HAVING count(*) > 0) AS adult, meeting.person_id AS alone_id
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE meeting.agency_id = viewer_agency() AND location.site_id = ANY(viewer_sites())
      AND viewer_role() IN ('caseworker', 'coordinator', 'manager')
"""
VIEW = migrations.RunSQL(f"CREATE OR REPLACE VIEW expected_parties WITH (security_barrier) AS {EXPECTED_PARTIES}", "")

# Whoever is met alone is of the party whose chain it is. No policy: the agency that is met sees the meeting and not whom.
OF_THE_PARTY = migrations.RunSQL(
    """
    CREATE FUNCTION is_met_as_of_the_party() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF (NEW.person_id, NEW.chain_id) = (OLD.person_id, OLD.chain_id) THEN RETURN NEW; END IF;
        END IF;
        IF NOT is_of_chain(NEW.person_id, NEW.chain_id) THEN
            RAISE insufficient_privilege USING MESSAGE = 'Whoever is met alone is of the party.';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER is_met_as_of_the_party BEFORE INSERT OR UPDATE ON bookings_meeting FOR EACH ROW
      WHEN (NEW.person_id IS NOT NULL) EXECUTE FUNCTION is_met_as_of_the_party();
    """,
    "DROP TRIGGER is_met_as_of_the_party ON bookings_meeting; DROP FUNCTION is_met_as_of_the_party();",
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0018_lunch_rule'),
        ('bookings', '0025_spoken_languages'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='meeting',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='meeting',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='newcomer',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='meeting',
            name='meeting_once_per_agency',
        ),
        migrations.AddField(
            model_name='meeting',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='bookings.newcomer', verbose_name='met alone'),
        ),
        migrations.AddField(
            model_name='meetingchange',
            name='person',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.newcomer', verbose_name='met alone'),
        ),
        migrations.AddField(
            model_name='newcomer',
            name='own_meetings',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('MIG', 'Swedish Migration Agency'), ('AF', 'Swedish Public Employment Service'), ('FK', 'Swedish Social Insurance Agency'), ('PM', 'Swedish Pensions Agency'), ('SKV', 'Swedish Tax Agency'), ('KOM', 'Municipality')], max_length=3), blank=True, default=list, size=None, verbose_name='met alone by'),
        ),
        migrations.AddField(
            model_name='newcomerchange',
            name='own_meetings',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('MIG', 'Swedish Migration Agency'), ('AF', 'Swedish Public Employment Service'), ('FK', 'Swedish Social Insurance Agency'), ('PM', 'Swedish Pensions Agency'), ('SKV', 'Swedish Tax Agency'), ('KOM', 'Municipality')], max_length=3), blank=True, default=list, size=None, verbose_name='met alone by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."caseworker_id" IS DISTINCT FROM (NEW."caseworker_id") OR OLD."chain_id" IS DISTINCT FROM (NEW."chain_id") OR OLD."checked_in_at" IS DISTINCT FROM (NEW."checked_in_at") OR OLD."checked_in_by_id" IS DISTINCT FROM (NEW."checked_in_by_id") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."room_id" IS DISTINCT FROM (NEW."room_id") OR OLD."service_id" IS DISTINCT FROM (NEW."service_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."who" IS DISTINCT FROM (NEW."who"))', func='INSERT INTO "bookings_meetingchange" ("agency_id", "caseworker_id", "chain_id", "checked_in_at", "checked_in_by_id", "ends_at", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "service_id", "starts_at", "who") VALUES (OLD."agency_id", OLD."caseworker_id", OLD."chain_id", OLD."checked_in_at", OLD."checked_in_by_id", OLD."ends_at", OLD."person_id", viewer_moment(), \'update\', OLD."id", OLD."room_id", OLD."service_id", OLD."starts_at", OLD."who"); RETURN NULL;', hash='718f1335c39efba18bbc116d831fb5d20aded5ed', operation='UPDATE', pgid='pgtrigger_update_update_bf5ef', table='bookings_meeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_meetingchange" ("agency_id", "caseworker_id", "chain_id", "checked_in_at", "checked_in_by_id", "ends_at", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "service_id", "starts_at", "who") VALUES (OLD."agency_id", OLD."caseworker_id", OLD."chain_id", OLD."checked_in_at", OLD."checked_in_by_id", OLD."ends_at", OLD."person_id", viewer_moment(), \'delete\', OLD."id", OLD."room_id", OLD."service_id", OLD."starts_at", OLD."who"); RETURN NULL;', hash='3876aa7248fc0ee2742b5521f04a317536b81841', operation='DELETE', pgid='pgtrigger_delete_delete_b665d', table='bookings_meeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='newcomer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."letter_language" IS DISTINCT FROM (NEW."letter_language") OR OLD."own_meetings" IS DISTINCT FROM (NEW."own_meetings") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."sex" IS DISTINCT FROM (NEW."sex"))', func='INSERT INTO "bookings_newcomerchange" ("birth_date", "family_name", "given_name", "letter_language", "own_meetings", "party_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sex") VALUES (OLD."birth_date", OLD."family_name", OLD."given_name", OLD."letter_language", OLD."own_meetings", OLD."party_id", viewer_moment(), \'update\', OLD."id", OLD."sex"); RETURN NULL;', hash='a06a26c7306812c4236e7d3afd214d6d9ef07d5c', operation='UPDATE', pgid='pgtrigger_update_update_95084', table='bookings_newcomer', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('chain', 'agency', 'person'), name='meeting_once_per_agency_and_person', nulls_distinct=False, violation_error_message='A chain meets each agency once, and once more whoever is met alone.'),
        ),
        migrations.AddConstraint(
            model_name='newcomer',
            constraint=models.CheckConstraint(condition=models.Q(('own_meetings__contained_by', ['MIG', 'AF', 'FK', 'PM', 'SKV', 'KOM'])), name='newcomer_is_met_alone_by_known_agencies', violation_error_message='There is no such agency.'),
        ),
    ] + [VIEW, OF_THE_PARTY]
