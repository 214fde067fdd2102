"""An adult's own telephone and e-mail: behind the owner's wall, found by a search, and by what is answered from it."""

import agencies.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from agencies.walls import belongs, door, falls_with, guard, history

WHEN_DUE = "viewer_role() = 'retention' AND sees_party(party_id)"
WALLS = [
    guard(
        "bookings_owncontact",
        read="owns_party(party_id)",
        write="viewer_agency() IS NOT NULL AND owns_party(party_id) AND sees_newcomer(newcomer_id)",
    ),
    belongs("bookings_owncontact", "own_contact_of_the_newcomers_party", "newcomer_id", "bookings_newcomer"),
    door("bookings_owncontact", "retention_select", command="SELECT", when=WHEN_DUE),
    door("bookings_owncontact", "retention_delete", command="DELETE", when=WHEN_DUE),
    falls_with("bookings_owncontactchange", "party_id", "bookings_party"),
    history("bookings_owncontactchange", read="owns_party(party_id)"),
]


def forgetting(*more):
    """The function that forgets what was known before, as in 0006, of these tables too."""
    rows = {
        "bookings_partychange": "pgh_obj_id = NEW.id",
        "bookings_newcomerchange": "party_id = NEW.id",
        "bookings_extract": "newcomer_id IN (SELECT id FROM bookings_newcomer WHERE party_id = NEW.id)",
        **{table: "party_id = NEW.id" for table in more},
    }
    return f"""
        CREATE OR REPLACE FUNCTION forget_what_was() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
        BEGIN
            {" ".join(f"DELETE FROM {table} WHERE {which};" for table, which in rows.items())}
            RETURN NULL;
        END $$;
    """


FORGET = migrations.RunSQL(
    """
    GRANT SELECT, DELETE ON bookings_owncontactchange TO motesplats_views;
    CREATE POLICY forget_see ON bookings_owncontactchange FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY forget ON bookings_owncontactchange FOR DELETE TO motesplats_views USING (true);
    """
    + forgetting("bookings_owncontactchange"),
    forgetting()
    + """
    DROP POLICY forget ON bookings_owncontactchange; DROP POLICY forget_see ON bookings_owncontactchange;
    REVOKE SELECT, DELETE ON bookings_owncontactchange FROM motesplats_views;
    """,
)


def indexing(own=""):
    """The function that keeps a party's search words, as in 0023, with further ones."""
    return f"""
        CREATE OR REPLACE FUNCTION index_party(sought bigint) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE found text[] := ARRAY(
            SELECT reference FROM bookings_party WHERE id = sought
            UNION SELECT reference FROM bookings_chain WHERE party_id = sought
            UNION SELECT phone FROM bookings_party WHERE id = sought AND phone <> '' AND NOT is_protected
            {own}
            UNION SELECT word FROM bookings_party party, search_words(party.case_reference) word
                WHERE party.id = sought AND NOT party.is_protected
            UNION SELECT word FROM bookings_newcomer person JOIN bookings_party party ON party.id = person.party_id,
                unnest(ARRAY[person.given_name, person.family_name]) name, search_words(name) word
                WHERE party.id = sought AND NOT party.is_protected AND party.anonymised_at IS NULL
            UNION SELECT to_char(person.birth_date, 'YYYY-MM-DD')
                FROM bookings_newcomer person JOIN bookings_party party ON party.id = person.party_id
                WHERE party.id = sought AND NOT party.is_protected AND party.anonymised_at IS NULL
        );
        BEGIN
            DELETE FROM bookings_searchword WHERE party_id = sought AND word <> ALL (found);
            INSERT INTO bookings_searchword (party_id, owner_id, word)
            SELECT sought, party.owner_id, word FROM bookings_party party, unnest(found) word WHERE party.id = sought
            ON CONFLICT (party_id, word) DO NOTHING;
        END $$;
    """


OWN_WORDS = """
    UNION SELECT own.phone FROM bookings_owncontact own JOIN bookings_party party ON party.id = own.party_id
        WHERE party.id = sought AND own.phone <> '' AND NOT party.is_protected
"""
FOUND = migrations.RunSQL(
    """
    GRANT SELECT ON bookings_owncontact TO motesplats_views;
    CREATE POLICY views ON bookings_owncontact FOR SELECT TO motesplats_views USING (true);
    """
    + indexing(OWN_WORDS)
    + """
    CREATE TRIGGER then_index AFTER INSERT OR DELETE OR UPDATE OF phone ON bookings_owncontact
      FOR EACH ROW EXECUTE FUNCTION index_by_row();
    """,
    "DROP TRIGGER then_index ON bookings_owncontact;"
    + indexing()
    + "DROP POLICY views ON bookings_owncontact; REVOKE SELECT ON bookings_owncontact FROM motesplats_views;",
)


def senders(join="", number="party.phone = sought"):
    """The function that finds who may have answered from a number, as in 0054, at other numbers too."""
    return f"""
        CREATE OR REPLACE FUNCTION senders_of(sought text, sought_digest text)
        RETURNS TABLE (party bigint, chain bigint, link bigint, token_hash varchar, language varchar, is_open boolean)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
            SELECT DISTINCT ON (message.party_id)
                message.party_id, message.chain_id, link.id, link.token_hash, message.language,
                chain.state = 'booked' AND day.closes_at > viewer_moment() AND link.valid_until > viewer_moment()
            FROM bookings_message message
            JOIN bookings_party party ON party.id = message.party_id
              AND NOT party.is_protected AND party.anonymised_at IS NULL
            {join}
            JOIN bookings_chain chain ON chain.id = message.chain_id
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN bookings_link link ON link.id = message.link_id
            WHERE viewer_role() = 'replies' AND sought <> '' AND message.address_digest = sought_digest
              AND message.channel = 'sms' AND message.sent_at IS NOT NULL AND {number}
            ORDER BY message.party_id, 6 DESC, message.sent_at DESC, message.id DESC
        $$;
    """


OWN = "LEFT JOIN bookings_owncontact own ON own.newcomer_id = message.newcomer_id"
SENDERS = migrations.RunSQL(senders(OWN, "sought IN (party.phone, own.phone)"), senders())

class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0058_no_rates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='own mobile phone')),
                ('email', models.EmailField(blank=True, max_length=254, validators=[agencies.validators.validate_plain], verbose_name='own e-mail')),
                ('newcomer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='own_contact', to='bookings.newcomer', verbose_name='newcomer')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_contacts', to='bookings.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'own contact',
                'verbose_name_plural': 'own contacts',
            },
        ),
        migrations.CreateModel(
            name='OwnContactChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='own mobile phone')),
                ('email', models.EmailField(blank=True, max_length=254, validators=[agencies.validators.validate_plain], verbose_name='own e-mail')),
                ('by', models.ForeignKey(db_constraint=False, db_default=models.Func(function='viewer_user', output_field=models.BigIntegerField()), null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('newcomer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.newcomer', verbose_name='newcomer')),
                ('party', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='bookings.party', verbose_name='party')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='changes', related_query_name='changes', to='bookings.owncontact')),
            ],
            options={
                'ordering': ['pgh_id'],
            },
        ),
        migrations.AddIndex(
            model_name='owncontact',
            index=models.Index(condition=models.Q(('phone', ''), _negated=True), fields=['phone'], name='own_contact_by_phone'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='owncontact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."newcomer_id" IS DISTINCT FROM (NEW."newcomer_id") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone"))', func='INSERT INTO "bookings_owncontactchange" ("email", "newcomer_id", "party_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (OLD."email", OLD."newcomer_id", OLD."party_id", viewer_moment(), \'update\', OLD."id", OLD."phone"); RETURN NULL;', hash='405315d128c241dff2276b5e21dd6c33043804e9', operation='UPDATE', pgid='pgtrigger_update_update_06613', table='bookings_owncontact', when='AFTER')),
        ),
        *WALLS,
        FORGET,
        FOUND,
        SENDERS,
    ]
