"""Without its code a link shows the day and nothing by which a party is known, reached or counted through."""

import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import door, id_view, question

WITH_CODE_OF_CHAIN = "(viewer_link() IS NULL OR holds_code_of_chain(chain_id))"
# Whoever writes about the party asks the sealed words; without the code nobody does.
ASKS = "owns_party(party_id) OR is_met_by_party(party_id)"
NARROWED = migrations.RunSQL(
    f"""
    ALTER POLICY door_link ON bookings_party USING (holds_code_of_party(id));
    ALTER POLICY see ON bookings_meeting USING (sees_chain(chain_id) AND {WITH_CODE_OF_CHAIN});
    ALTER POLICY see ON bookings_summons USING (sees_chain(chain_id) AND {WITH_CODE_OF_CHAIN});
    ALTER POLICY see ON bookings_sealedword USING ({ASKS} OR holds_code_of_party(party_id));
    -- No link leads to a print.
    ALTER POLICY see ON bookings_summonscopy USING (viewer_link() IS NULL AND sees_summons(summons_id));
    """,
    f"""
    ALTER POLICY see ON bookings_summonscopy USING (sees_summons(summons_id));
    ALTER POLICY see ON bookings_sealedword USING ({ASKS} OR holds_link_of_party(party_id));
    ALTER POLICY see ON bookings_summons USING (sees_chain(chain_id));
    ALTER POLICY see ON bookings_meeting USING (sees_chain(chain_id));
    ALTER POLICY door_link ON bookings_party USING (holds_link_of_party(id));
    """,
)

# How many must come, in the place of who: as many zeros as there are people.
WITHOUT_MEMBERS = migrations.RunSQL(
    """
    CREATE FUNCTION stops_without_members(stops jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (
        SELECT coalesce(jsonb_agg(jsonb_set(stop, '{members}', (
            SELECT coalesce(jsonb_agg(0), '[]') FROM jsonb_array_elements(stop -> 'members')
        )) ORDER BY place), '[]')
        FROM jsonb_array_elements(stops) WITH ORDINALITY AS each_stop(stop, place)
    );
    CREATE FUNCTION day_without_members(summoned jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
        CASE WHEN jsonb_exists(summoned, 'days') THEN jsonb_set(summoned, '{days}', (
            SELECT jsonb_agg(jsonb_set(one, '{stops}', stops_without_members(one -> 'stops')) ORDER BY place)
            FROM jsonb_array_elements(summoned -> 'days') WITH ORDINALITY AS each_day(one, place)
        )) ELSE jsonb_set(summoned, '{stops}', stops_without_members(summoned -> 'stops')) END;
    """,
    "DROP FUNCTION day_without_members(jsonb); DROP FUNCTION stops_without_members(jsonb);",
)

LINK_PARTIES = """
    SELECT link.chain_id, party.owner_id, party.municipality_id, party.interpreter_language, party.housing_kind,
           party.is_protected
    FROM open_links link JOIN bookings_party party ON party.id = link.party_id
"""

LINK_SUMMONSES = """
    SELECT summons.id, summons.chain_id, summons.version, summons.kind, summons.made_at,
           day_without_members(summons.day) AS day
    FROM open_links link JOIN bookings_summons summons ON summons.chain_id = link.chain_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0018_lunch_rule'),
        ('bookings', '0027_languages_again'),
    ]

    operations = [
        question(
            "holds_link_of_chain",
            "sought bigint",
            "viewer_link() IS NOT NULL AND EXISTS (SELECT FROM open_links WHERE chain_id = sought)",
        ),
        door(
            "bookings_chain",
            "door_link",
            command="SELECT",
            when="viewer_link() IS NOT NULL AND holds_link_of_chain(id)",
        ),
        NARROWED,
        WITHOUT_MEMBERS,
        id_view("link_parties", LINK_PARTIES, reads=("bookings_party",), guarded=("bookings_party",)),
        id_view(
            "link_summonses", LINK_SUMMONSES, reads=("bookings_summons",), guarded=("bookings_summons",)
        ),
        migrations.CreateModel(
            name='LinkParty',
            fields=[
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='bookings.chain')),
                ('interpreter_language', models.CharField(max_length=3, verbose_name='language of the interpreter')),
                ('housing_kind', models.CharField(max_length=10, verbose_name='kind of housing')),
                ('is_protected', models.BooleanField(verbose_name='protected identity')),
            ],
            options={
                'db_table': 'link_parties',
                'ordering': ['chain_id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='LinkSummons',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('kind', models.CharField(choices=[('invitation', 'invitation'), ('cancellation', 'cancellation')], max_length=12, verbose_name='kind')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('day', models.JSONField(verbose_name='the day as it was summoned')),
            ],
            options={
                'db_table': 'link_summonses',
                'ordering': ['-version'],
                'managed': False,
            },
        ),
    ]
