"""Who opens a protected identity: whom the manager of the party's site has named; what was open is shut with it."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from agencies.walls import door, falls_with, guard, id_view, question

# A party's site is its day's: of the booked one, else of the latest; without a day the site of its home municipality.
PARTY_PLACES = """
    SELECT party.id AS party_id, coalesce(day.site_id, municipality.site_id) AS site_id,
           day.site_id IS NOT NULL AS has_day, party.registered_by_id AS registered_by
    FROM bookings_party party
    JOIN agencies_municipality municipality ON municipality.id = party.municipality_id
    LEFT JOIN LATERAL (
        SELECT location.site_id
        FROM bookings_chain chain
        JOIN agencies_siteday siteday ON siteday.id = chain.site_day_id
        JOIN agencies_location location ON location.id = siteday.location_id
        WHERE chain.party_id = party.id AND chain.state <> 'cancelled'
        ORDER BY chain.state = 'booked' DESC, siteday.date DESC, chain.id DESC LIMIT 1
    ) day ON true
    WHERE party.owner_id = viewer_agency()
"""
QUESTIONS = [
    question(
        "is_named_opener",
        "sought bigint",
        """viewer_role() IN ('caseworker', 'coordinator', 'manager') AND EXISTS (
            SELECT FROM party_places place
            WHERE place.party_id = sought AND (
                NOT place.has_day AND place.registered_by = viewer_user()
                OR place.site_id = ANY(viewer_sites()) AND EXISTS (
                    SELECT FROM agencies_namedopener named
                    WHERE named.agency_id = viewer_agency() AND named.site_id = place.site_id
                      AND named.user_id = viewer_user() AND named.withdrawn_at IS NULL
                )
            )
        )""",
    ),
    # The agency's managers at the party's site; where there is none but the opener, all of the agency's managers.
    question(
        "answers_for",
        "sought bigint, opener bigint",
        """viewer_role() = 'manager' AND EXISTS (
            SELECT FROM party_places place
            WHERE place.party_id = sought AND (
                place.site_id = ANY(viewer_sites())
                OR NOT EXISTS (
                    SELECT FROM agencies_user manager
                    JOIN agencies_user_sites theirs ON theirs.user_id = manager.id
                    WHERE theirs.site_id = place.site_id AND manager.agency_id = viewer_agency()
                      AND manager.role = 'manager' AND manager.is_active AND manager.id <> opener
                )
            )
        )""",
    ),
]
# To end the protection the manager reads what is put back, for that moment only. Whom the manager no longer names
# reads on for no minute.
HAS_OPENED = """EXISTS (
    SELECT FROM bookings_opening opening
    WHERE opening.party_id = sought AND opening.by_id = viewer_user()
      AND opening.at > viewer_moment()
          - CASE WHEN opening.ends_protection THEN interval '1 minute' ELSE interval '15 minutes' END
      AND NOT EXISTS (
          SELECT FROM agencies_namedopener named
          WHERE named.user_id = viewer_user() AND named.withdrawn_at >= opening.at
      )
)"""
HAD_OPENED = """EXISTS (
    SELECT FROM bookings_opening
    WHERE party_id = sought AND by_id = viewer_user() AND at > viewer_moment() - interval '15 minutes'
)"""


def has_opened(answer):
    return f"""
        CREATE OR REPLACE FUNCTION has_opened(sought bigint) RETURNS boolean
        LANGUAGE plpgsql STABLE PARALLEL SAFE COST 2000 AS $$
        BEGIN RETURN {answer}; END $$;
    """


OWNED = "owns_party(party_id)"
MANAGED = f"{OWNED} AND viewer_role() = 'manager'"
BY_ONESELF = f"{OWNED} AND by_id = viewer_user() AND at < viewer_moment() + interval '1 minute'"
OPENS = f"""{BY_ONESELF} AND CASE WHEN ends_protection THEN answers_for(party_id, 0)
    ELSE is_named_opener(party_id) END"""
ANSWERS = f"{OWNED} AND answers_for(party_id, by_id)"
OPENED_BEFORE = f"{BY_ONESELF} AND viewer_role() IN ('caseworker', 'coordinator', 'manager')"

POLICIES = migrations.RunSQL(
    f"""
    {has_opened(HAS_OPENED)}
    ALTER POLICY see ON bookings_opening USING ({OWNED} AND (by_id = viewer_user() OR answers_for(party_id, by_id)));
    ALTER POLICY open ON bookings_opening WITH CHECK ({OPENS});
    ALTER POLICY look_at ON bookings_opening
      USING (by_id <> viewer_user() AND {ANSWERS}) WITH CHECK (seen_by_id = viewer_user() AND {ANSWERS});
    ALTER POLICY unseal ON bookings_sealedidentity USING ({OWNED} AND answers_for(party_id, 0));
    """,
    f"""
    ALTER POLICY unseal ON bookings_sealedidentity USING ({MANAGED});
    ALTER POLICY look_at ON bookings_opening USING ({MANAGED}) WITH CHECK ({MANAGED});
    ALTER POLICY open ON bookings_opening WITH CHECK ({OPENED_BEFORE});
    ALTER POLICY see ON bookings_opening USING ({OWNED} AND (by_id = viewer_user() OR viewer_role() = 'manager'));
    {has_opened(HAD_OPENED)}
    """,
)

# Whoever writes about the party asks them: its agency, those that it visits, the family itself.
ASKS = "owns_party(party_id) OR is_met_by_party(party_id) OR holds_link_of_party(party_id)"
SEALED_WORDS = [
    falls_with("bookings_sealedword", "party_id", "bookings_party"),
    guard("bookings_sealedword", read=ASKS, write="false"),
    door("bookings_sealedword", "seal", command="INSERT", when=OWNED),
    door("bookings_sealedword", "unseal", command="DELETE", when=f"{OWNED} AND answers_for(party_id, 0)"),
]

# What was open to other agencies, whoever opened it, and the seal of whom nobody is to know any more; only the views' role sees it all, and nobody signs in as it.
SHUT = migrations.RunSQL(
    """
    GRANT DELETE ON bookings_disclosure TO motesplats_views;
    GRANT SELECT, DELETE ON bookings_sealedidentity, bookings_sealedword TO motesplats_views;
    CREATE POLICY forget_see ON bookings_sealedidentity FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY forget ON bookings_sealedidentity FOR DELETE TO motesplats_views USING (true);
    CREATE POLICY forget_see ON bookings_sealedword FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY forget ON bookings_sealedword FOR DELETE TO motesplats_views USING (true);
    GRANT INSERT ON bookings_disclosurechange TO motesplats_views;
    CREATE POLICY forget ON bookings_disclosure FOR DELETE TO motesplats_views USING (true);
    CREATE POLICY forget_make ON bookings_disclosurechange FOR INSERT TO motesplats_views WITH CHECK (true);
    CREATE FUNCTION shut_what_was_open() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
    BEGIN
        DELETE FROM bookings_disclosure WHERE party_id = NEW.id;
        RETURN NULL;
    END $$;
    ALTER FUNCTION shut_what_was_open() OWNER TO motesplats_views;
    CREATE TRIGGER then_shut AFTER UPDATE ON bookings_party FOR EACH ROW
      WHEN (NEW.is_protected AND NOT OLD.is_protected) EXECUTE FUNCTION shut_what_was_open();
    CREATE FUNCTION forget_the_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public AS $$
    BEGIN
        DELETE FROM bookings_sealedidentity WHERE party_id = NEW.id;
        DELETE FROM bookings_sealedword WHERE party_id = NEW.id;
        RETURN NULL;
    END $$;
    ALTER FUNCTION forget_the_seal() OWNER TO motesplats_views;
    CREATE TRIGGER then_forget_the_seal AFTER UPDATE ON bookings_party FOR EACH ROW
      WHEN (NEW.anonymised_at IS DISTINCT FROM OLD.anonymised_at) EXECUTE FUNCTION forget_the_seal();
    """,
    """
    DROP TRIGGER then_forget_the_seal ON bookings_party;
    DROP FUNCTION forget_the_seal();
    DROP POLICY forget ON bookings_sealedword;
    DROP POLICY forget_see ON bookings_sealedword;
    DROP POLICY forget ON bookings_sealedidentity;
    DROP POLICY forget_see ON bookings_sealedidentity;
    REVOKE SELECT, DELETE ON bookings_sealedidentity, bookings_sealedword FROM motesplats_views;
    DROP TRIGGER then_shut ON bookings_party;
    DROP FUNCTION shut_what_was_open();
    DROP POLICY forget_make ON bookings_disclosurechange;
    DROP POLICY forget ON bookings_disclosure;
    REVOKE INSERT ON bookings_disclosurechange FROM motesplats_views;
    REVOKE DELETE ON bookings_disclosure FROM motesplats_views;
    """,
)

WALLS = [
    id_view(
        "party_places",
        PARTY_PLACES,
        reads=(
            "bookings_party",
            "bookings_chain",
            "agencies_municipality",
            "agencies_siteday",
            "agencies_location",
        ),
        guarded=("bookings_party", "bookings_chain"),
    ),
    *QUESTIONS,
    POLICIES,
    *SEALED_WORDS,
    SHUT,
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0013_named_openers'),
        ('bookings', '0014_sealed_by_key'),
    ]

    operations = [
        migrations.CreateModel(
            name='SealedWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, verbose_name='hash')),
            ],
            options={
                'verbose_name': 'sealed word',
                'verbose_name_plural': 'sealed words',
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='opening',
            name='stays_as_it_was',
        ),
        migrations.AddField(
            model_name='opening',
            name='ends_protection',
            field=models.BooleanField(default=False, verbose_name='to end the protection'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opening',
            trigger=pgtrigger.compiler.Trigger(name='stays_as_it_was', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."party_id" IS DISTINCT FROM (NEW."party_id") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."ends_protection" IS DISTINCT FROM (NEW."ends_protection"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d7f00a61967defb1aead011c43e3d09735d23c00', operation='UPDATE', pgid='pgtrigger_stays_as_it_was_e33d8', table='bookings_opening', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='sealedword',
            name='party',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='bookings.party', verbose_name='party'),
        ),
        migrations.AddConstraint(
            model_name='sealedword',
            constraint=models.UniqueConstraint(fields=('party', 'digest'), name='sealed_word_once_per_party', violation_error_message='That word is sealed already.'),
        ),
    ] + WALLS
