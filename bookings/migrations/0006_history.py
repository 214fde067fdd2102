"""Who changed a party, its people, its chain, its meetings and what is disclosed; read by the party's owner."""

import agencies.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import falls_with, history


# Once an identity is protected or a party made anonymous, what was known before is forgotten, whoever holds it: so
# the views' role, which nobody signs in as, does it, after the trigger that has just written the last of it down.
FORGOTTEN = {
    "bookings_partychange": "pgh_obj_id = NEW.id",
    "bookings_newcomerchange": "party_id = NEW.id",
    "bookings_extract": "newcomer_id IN (SELECT id FROM bookings_newcomer WHERE party_id = NEW.id)",
}
FORGET = migrations.RunSQL(
    " ".join(
        f"GRANT SELECT, DELETE ON {table} TO motesplats_views;"
        f"CREATE POLICY forget_see ON {table} FOR SELECT TO motesplats_views USING (true);"
        f"CREATE POLICY forget ON {table} FOR DELETE TO motesplats_views USING (true);"
        for table in FORGOTTEN
    )
    + f"""
    CREATE FUNCTION forget_what_was() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
        {" ".join(f"DELETE FROM {table} WHERE {rows};" for table, rows in FORGOTTEN.items())}
        RETURN NULL;
    END $$;
    ALTER FUNCTION forget_what_was() OWNER TO motesplats_views;
    CREATE TRIGGER then_forget AFTER UPDATE ON bookings_party FOR EACH ROW
      WHEN (NEW.is_protected AND NOT OLD.is_protected OR NEW.anonymised_at IS DISTINCT FROM OLD.anonymised_at)
      EXECUTE FUNCTION forget_what_was();
    """,
    "DROP TRIGGER then_forget ON bookings_party; DROP FUNCTION forget_what_was();"
    + " ".join(
        f"DROP POLICY forget ON {table}; DROP POLICY forget_see ON {table}; REVOKE DELETE ON {table} FROM motesplats_views;"
        for table in FORGOTTEN
    ),
)

WALLS = [
    falls_with("bookings_partychange", "pgh_obj_id", "bookings_party"),
    falls_with("bookings_newcomerchange", "party_id", "bookings_party"),
    falls_with("bookings_chainchange", "party_id", "bookings_party"),
    falls_with("bookings_meetingchange", "chain_id", "bookings_chain"),
    falls_with("bookings_disclosurechange", "party_id", "bookings_party"),
    history("bookings_partychange", read="owns_party(pgh_obj_id)"),
    history("bookings_newcomerchange", read="owns_party(party_id)"),
    history("bookings_chainchange", read="owns_party(party_id)"),
    history("bookings_meetingchange", read="owns_chain(chain_id)"),
    history("bookings_disclosurechange", read="owns_party(party_id)"),
    FORGET,
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0006_history'),
        ('bookings', '0005_protected_identity'),
        ('interpreters', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChainChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('state', models.CharField(choices=[('booked', 'booked'), ('done', 'done'), ('cancelled', 'cancelled')], default='booked', max_length=10, verbose_name='state')),
                ('waiting_minutes', models.PositiveSmallIntegerField(verbose_name='waiting in minutes')),
                ('by', models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('interpreter', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='interpreters.interpreter', verbose_name='interpreter')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.party', verbose_name='party')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='bookings.chain')),
                ('site_day', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.siteday', verbose_name='site day')),
                ('track', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.track', verbose_name='track')),
            ],
            options={
                'ordering': ['pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='DisclosureChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('category', models.CharField(choices=[('names', 'names and birth dates'), ('meetings', "the day's other meetings"), ('checklist', 'steps of the checklist'), ('note', 'the note before the meeting')], max_length=10, verbose_name='category')),
                ('source', models.CharField(choices=[('consent', 'by consent'), ('check_in', 'checked in at the desk')], max_length=10, verbose_name='source')),
                ('given_at', models.DateTimeField(verbose_name='given')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.agency', verbose_name='recipient')),
                ('by', models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('discloser', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.agency', verbose_name='discloser')),
                ('newcomer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.newcomer', verbose_name='newcomer')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.party', verbose_name='party')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='bookings.disclosure')),
                ('site', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'ordering': ['pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='MeetingChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('who', models.CharField(choices=[('adults', 'all adults'), ('everyone', 'the whole family, children too'), ('concerned', 'those concerned'), ('one_adult', 'one adult')], max_length=10, verbose_name='who must come')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('checked_in_at', models.DateTimeField(blank=True, null=True, verbose_name='checked in')),
                ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.agency', verbose_name='agency')),
                ('by', models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('caseworker', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='caseworker')),
                ('chain', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.chain', verbose_name='chain')),
                ('checked_in_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked in by')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='bookings.meeting')),
                ('room', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.room', verbose_name='room')),
                ('service', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.service', verbose_name='service')),
            ],
            options={
                'ordering': ['pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='NewcomerChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('given_name', models.CharField(max_length=100, validators=[agencies.validators.validate_name], verbose_name='given name')),
                ('family_name', models.CharField(max_length=100, validators=[agencies.validators.validate_name], verbose_name='family name')),
                ('birth_date', models.DateField(verbose_name='birth date')),
                ('sex', models.CharField(blank=True, choices=[('F', 'woman'), ('M', 'man')], max_length=1, verbose_name='sex')),
                ('by', models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.party', verbose_name='party')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='bookings.newcomer')),
            ],
            options={
                'ordering': ['pgh_id'],
            },
        ),
        migrations.CreateModel(
            name='PartyChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='date of the permit decision')),
                ('is_quota', models.BooleanField(default=False, verbose_name='quota refugees')),
                ('case_reference', models.CharField(blank=True, max_length=40, validators=[agencies.validators.validate_plain], verbose_name='own case reference')),
                ('is_protected', models.BooleanField(default=False, verbose_name='protected identity')),
                ('housing', models.CharField(blank=True, max_length=100, validators=[agencies.validators.validate_plain], verbose_name='housing')),
                ('address', models.CharField(blank=True, max_length=300, validators=[agencies.validators.validate_plain], verbose_name='postal address')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='mobile phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('step_free', models.BooleanField(default=False, verbose_name='step-free')),
                ('extra_time', models.BooleanField(default=False, verbose_name='extra time')),
                ('caseworker_sex', models.CharField(blank=True, choices=[('F', 'woman'), ('M', 'man')], max_length=1, verbose_name='caseworkers of this sex')),
                ('interpreter_sex', models.CharField(blank=True, choices=[('F', 'woman'), ('M', 'man')], max_length=1, verbose_name='interpreter of this sex')),
                ('by', models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('legal_basis', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.legalbasis', verbose_name='legal basis')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='agencies.municipality', verbose_name='home municipality')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='bookings.party')),
            ],
            options={
                'ordering': ['pgh_id'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='chain',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."interpreter_id" IS DISTINCT FROM (NEW."interpreter_id") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."site_day_id" IS DISTINCT FROM (NEW."site_day_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."track_id" IS DISTINCT FROM (NEW."track_id") OR OLD."waiting_minutes" IS DISTINCT FROM (NEW."waiting_minutes"))', func='INSERT INTO "bookings_chainchange" ("interpreter_id", "party_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_day_id", "state", "track_id", "waiting_minutes") VALUES (OLD."interpreter_id", OLD."party_id", viewer_moment(), \'update\', OLD."id", OLD."site_day_id", OLD."state", OLD."track_id", OLD."waiting_minutes"); RETURN NULL;', hash='d88f22a81d1177dfaea9848246c24550505f7d99', operation='UPDATE', pgid='pgtrigger_update_update_41355', table='bookings_chain', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disclosure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."discloser_id" IS DISTINCT FROM (NEW."discloser_id") OR OLD."given_at" IS DISTINCT FROM (NEW."given_at") OR OLD."newcomer_id" IS DISTINCT FROM (NEW."newcomer_id") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."until" IS DISTINCT FROM (NEW."until"))', func='INSERT INTO "bookings_disclosurechange" ("agency_id", "category", "discloser_id", "given_at", "newcomer_id", "party_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "source", "until") VALUES (OLD."agency_id", OLD."category", OLD."discloser_id", OLD."given_at", OLD."newcomer_id", OLD."party_id", viewer_moment(), \'update\', OLD."id", OLD."site_id", OLD."source", OLD."until"); RETURN NULL;', hash='849f844cf23972c2ba38550478ebf9d4c00de29e', operation='UPDATE', pgid='pgtrigger_update_update_f8571', table='bookings_disclosure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disclosure',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_disclosurechange" ("agency_id", "category", "discloser_id", "given_at", "newcomer_id", "party_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "source", "until") VALUES (OLD."agency_id", OLD."category", OLD."discloser_id", OLD."given_at", OLD."newcomer_id", OLD."party_id", viewer_moment(), \'delete\', OLD."id", OLD."site_id", OLD."source", OLD."until"); RETURN NULL;', hash='2765d50d9aa77aa4bc0669ab36f1e9e6bb2ad00a', operation='DELETE', pgid='pgtrigger_delete_delete_f3e68', table='bookings_disclosure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."agency_id" IS DISTINCT FROM (NEW."agency_id") OR OLD."caseworker_id" IS DISTINCT FROM (NEW."caseworker_id") OR OLD."chain_id" IS DISTINCT FROM (NEW."chain_id") OR OLD."checked_in_at" IS DISTINCT FROM (NEW."checked_in_at") OR OLD."checked_in_by_id" IS DISTINCT FROM (NEW."checked_in_by_id") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."room_id" IS DISTINCT FROM (NEW."room_id") OR OLD."service_id" IS DISTINCT FROM (NEW."service_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."who" IS DISTINCT FROM (NEW."who"))', func='INSERT INTO "bookings_meetingchange" ("agency_id", "caseworker_id", "chain_id", "checked_in_at", "checked_in_by_id", "ends_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "service_id", "starts_at", "who") VALUES (OLD."agency_id", OLD."caseworker_id", OLD."chain_id", OLD."checked_in_at", OLD."checked_in_by_id", OLD."ends_at", viewer_moment(), \'update\', OLD."id", OLD."room_id", OLD."service_id", OLD."starts_at", OLD."who"); RETURN NULL;', hash='925a1e7c8503a9a5ac2a11da7c4c3776af5a01be', operation='UPDATE', pgid='pgtrigger_update_update_bf5ef', table='bookings_meeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meeting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_meetingchange" ("agency_id", "caseworker_id", "chain_id", "checked_in_at", "checked_in_by_id", "ends_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "room_id", "service_id", "starts_at", "who") VALUES (OLD."agency_id", OLD."caseworker_id", OLD."chain_id", OLD."checked_in_at", OLD."checked_in_by_id", OLD."ends_at", viewer_moment(), \'delete\', OLD."id", OLD."room_id", OLD."service_id", OLD."starts_at", OLD."who"); RETURN NULL;', hash='38bae826cc10f9419cd50df0895a2d92293bbcc1', operation='DELETE', pgid='pgtrigger_delete_delete_b665d', table='bookings_meeting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='newcomer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."sex" IS DISTINCT FROM (NEW."sex"))', func='INSERT INTO "bookings_newcomerchange" ("birth_date", "family_name", "given_name", "party_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sex") VALUES (OLD."birth_date", OLD."family_name", OLD."given_name", OLD."party_id", viewer_moment(), \'update\', OLD."id", OLD."sex"); RETURN NULL;', hash='ebff4672ff41c317947397b7ec675ccb121f90d2', operation='UPDATE', pgid='pgtrigger_update_update_95084', table='bookings_newcomer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."case_reference" IS DISTINCT FROM (NEW."case_reference") OR OLD."caseworker_sex" IS DISTINCT FROM (NEW."caseworker_sex") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."extra_time" IS DISTINCT FROM (NEW."extra_time") OR OLD."housing" IS DISTINCT FROM (NEW."housing") OR OLD."interpreter_sex" IS DISTINCT FROM (NEW."interpreter_sex") OR OLD."is_protected" IS DISTINCT FROM (NEW."is_protected") OR OLD."is_quota" IS DISTINCT FROM (NEW."is_quota") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."legal_basis_id" IS DISTINCT FROM (NEW."legal_basis_id") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."step_free" IS DISTINCT FROM (NEW."step_free"))', func='INSERT INTO "bookings_partychange" ("address", "case_reference", "caseworker_sex", "decided_on", "email", "extra_time", "housing", "interpreter_sex", "is_protected", "is_quota", "language", "legal_basis_id", "municipality_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "step_free") VALUES (OLD."address", OLD."case_reference", OLD."caseworker_sex", OLD."decided_on", OLD."email", OLD."extra_time", OLD."housing", OLD."interpreter_sex", OLD."is_protected", OLD."is_quota", OLD."language", OLD."legal_basis_id", OLD."municipality_id", viewer_moment(), \'update\', OLD."id", OLD."phone", OLD."step_free"); RETURN NULL;', hash='d4f582dfd18a6e6ecf18207feb91b25dcd128a1c', operation='UPDATE', pgid='pgtrigger_update_update_596a8', table='bookings_party', when='AFTER')),
        ),
    ] + WALLS
