"""Three facts of language: of the letter, of the interpreter (ISO 639-3), and whether one is needed."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def aged(first, last):
    """How many of the party are of these ages on the meeting's day."""
    return f"""(
        SELECT count(*)::integer FROM bookings_newcomer person
        WHERE person.party_id = chain.party_id
          AND date_part('year', age(day.date, person.birth_date)) BETWEEN {first} AND {last}
    )"""


# As before, with the interpreter's language and where the interpreter comes from.
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
           party.interpreter_language, party.needs_interpreter, chain.outside_interpreter
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE meeting.agency_id = viewer_agency() AND location.site_id = ANY(viewer_sites())
      AND viewer_role() IN ('caseworker', 'coordinator', 'manager')
"""

# Everybody spoke the language of the letter; what was written down of a party's changes is completed alike.
SPOKEN = """
    UPDATE {table} SET interpreter_language = CASE language WHEN 'ar' THEN 'ara' WHEN 'so' THEN 'som'
        WHEN 'ti' THEN 'tir' WHEN 'sv' THEN 'swe' WHEN 'en' THEN 'eng' ELSE language END,
      needs_interpreter = language NOT IN ('sv', 'en');
"""
WALLED = ("bookings_party", "bookings_partychange")
FILL = migrations.RunSQL(
    " ".join(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;" for table in WALLED)
    + "ALTER TABLE bookings_party DISABLE TRIGGER raises_version;"
    + " ".join(SPOKEN.format(table=table) for table in WALLED)
    + "SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE bookings_party ENABLE TRIGGER raises_version;"
    + " ".join(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;" for table in WALLED),
    "",
)
VIEW = migrations.RunSQL(f"CREATE OR REPLACE VIEW expected_parties WITH (security_barrier) AS {EXPECTED_PARTIES}", "")


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0017_housing'),
        ('bookings', '0024_names_and_housing'),
        ('interpreters', '0002_spoken_languages'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='newcomer',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='party',
            name='update_update',
        ),
        migrations.AddField(
            model_name='chain',
            name='outside_interpreter',
            field=models.CharField(blank=True, choices=[('ordered', 'interpreter ordered outside'), ('confirmed', 'interpreter from outside confirmed')], default='', max_length=9, verbose_name='interpreter from outside'),
        ),
        migrations.AddField(
            model_name='newcomer',
            name='letter_language',
            field=models.CharField(blank=True, default='', max_length=3, verbose_name='own language of the letter'),
        ),
        migrations.AddField(
            model_name='newcomerchange',
            name='letter_language',
            field=models.CharField(blank=True, default='', max_length=3, verbose_name='own language of the letter'),
        ),
        migrations.AddField(
            model_name='party',
            name='interpreter_language',
            field=models.CharField(blank=True, max_length=3, verbose_name='language of the interpreter'),
        ),
        migrations.AddField(
            model_name='party',
            name='needs_interpreter',
            field=models.BooleanField(default=True, verbose_name='needs an interpreter'),
        ),
        migrations.AddField(
            model_name='partychange',
            name='interpreter_language',
            field=models.CharField(blank=True, max_length=3, verbose_name='language of the interpreter'),
        ),
        migrations.AddField(
            model_name='partychange',
            name='needs_interpreter',
            field=models.BooleanField(default=True, verbose_name='needs an interpreter'),
        ),
        FILL,
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('registered', 'Registered'), ('overridden', 'Legal basis overridden'), ('booked', 'Booked'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('checked_in', 'Checked in'), ('protected', 'Identity protected'), ('opened', 'Identity opened'), ('unprotected', 'Protection ended'), ('renewed', 'New code and link'), ('confirmed', 'Interpreter from outside confirmed'), ('unconfirmed', 'Confirmation of the interpreter undone'), ('crossed', 'Opened from another site'), ('amended', 'Corrected')], max_length=12, verbose_name='kind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='newcomer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."letter_language" IS DISTINCT FROM (NEW."letter_language") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."sex" IS DISTINCT FROM (NEW."sex"))', func='INSERT INTO "bookings_newcomerchange" ("birth_date", "family_name", "given_name", "letter_language", "party_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sex") VALUES (OLD."birth_date", OLD."family_name", OLD."given_name", OLD."letter_language", OLD."party_id", viewer_moment(), \'update\', OLD."id", OLD."sex"); RETURN NULL;', hash='45a512342f379821a62722db8b8c95b84b49661a', operation='UPDATE', pgid='pgtrigger_update_update_95084', table='bookings_newcomer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."case_reference" IS DISTINCT FROM (NEW."case_reference") OR OLD."caseworker_sex" IS DISTINCT FROM (NEW."caseworker_sex") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."extra_time" IS DISTINCT FROM (NEW."extra_time") OR OLD."housing" IS DISTINCT FROM (NEW."housing") OR OLD."housing_kind" IS DISTINCT FROM (NEW."housing_kind") OR OLD."interpreter_language" IS DISTINCT FROM (NEW."interpreter_language") OR OLD."interpreter_sex" IS DISTINCT FROM (NEW."interpreter_sex") OR OLD."is_protected" IS DISTINCT FROM (NEW."is_protected") OR OLD."is_quota" IS DISTINCT FROM (NEW."is_quota") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."legal_basis_id" IS DISTINCT FROM (NEW."legal_basis_id") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."needs_interpreter" IS DISTINCT FROM (NEW."needs_interpreter") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."step_free" IS DISTINCT FROM (NEW."step_free"))', func='INSERT INTO "bookings_partychange" ("address", "case_reference", "caseworker_sex", "decided_on", "email", "extra_time", "housing", "housing_kind", "interpreter_language", "interpreter_sex", "is_protected", "is_quota", "language", "legal_basis_id", "municipality_id", "needs_interpreter", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "step_free") VALUES (OLD."address", OLD."case_reference", OLD."caseworker_sex", OLD."decided_on", OLD."email", OLD."extra_time", OLD."housing", OLD."housing_kind", OLD."interpreter_language", OLD."interpreter_sex", OLD."is_protected", OLD."is_quota", OLD."language", OLD."legal_basis_id", OLD."municipality_id", OLD."needs_interpreter", viewer_moment(), \'update\', OLD."id", OLD."phone", OLD."step_free"); RETURN NULL;', hash='3fdb6909f4c58edc4ada01e2025f6a2334763e33', operation='UPDATE', pgid='pgtrigger_update_update_596a8', table='bookings_party', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='chain',
            constraint=models.CheckConstraint(condition=models.Q(('outside_interpreter', ''), ('interpreter', None), _connector='OR'), name='chain_has_one_interpreter', violation_error_message='A chain has an interpreter of ours or one from outside.'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.CheckConstraint(condition=models.Q(('interpreter_language__regex', '^[a-z]{3}$'), models.Q(('anonymised_at__isnull', False), ('interpreter_language', '')), _connector='OR'), name='party_has_a_spoken_language', violation_error_message='Write one of the three-letter codes of ISO 639-3.'),
        ),
        VIEW,
    ]
