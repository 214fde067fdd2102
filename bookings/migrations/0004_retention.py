"""Retention: which rows are due, doors for their removal and for nothing else; and extracts of what is held."""

import uuid

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import door, guard, id_view

TODAY = "(viewer_moment() AT TIME ZONE 'Europe/Stockholm')::date"

# Every date that a rule may count from, of every row that a rule may reach. A party whose day is to come is not due.
SUBJECTS = """
    SELECT 'bookings.party' AS kind, party.id AS key, party.owner_id AS agency_id, dated.since, dated.moment,
           party.anonymised_at IS NOT NULL AS is_anonymous
    FROM bookings_party party
    CROSS JOIN LATERAL (
        SELECT greatest(party.registered_at, max(day.closes_at)) AS moment
        FROM bookings_chain chain JOIN agencies_siteday day ON day.id = chain.site_day_id
        WHERE chain.party_id = party.id
    ) last_day
    CROSS JOIN LATERAL (
        VALUES ('registered', party.registered_at), ('last_day', last_day.moment)
    ) dated (since, moment)
    WHERE last_day.moment < viewer_moment()
    UNION ALL
    SELECT 'bookings.disclosure', id, discloser_id, 'ended', until, false FROM bookings_disclosure
    UNION ALL
    SELECT 'bookings.extract', id, agency_id, 'made', coalesce(made_at, asked_at), false FROM bookings_extract
    UNION ALL
    SELECT 'bookings.codetries', id, NULL, 'made', last_at, false FROM bookings_codetries
"""
HOLDS = f"{{rule}}.is_decided AND {TODAY} BETWEEN {{rule}}.valid_from AND coalesce({{rule}}.valid_to, 'infinity')"
DUE_FOR_RETENTION = f"""
    SELECT rule.data_type AS kind, subject.key, rule.action
    FROM ({SUBJECTS}) subject
    JOIN agencies_retentionrule rule ON rule.data_type = subject.kind AND rule.since = subject.since
    WHERE viewer_role() = 'retention' AND {HOLDS.format(rule="rule")}
      AND (rule.action = 'delete' OR rule.action = 'anonymise' AND NOT subject.is_anonymous)
      AND (rule.agency_id = subject.agency_id OR rule.agency_id IS NULL AND NOT EXISTS (
          SELECT FROM agencies_retentionrule own
          WHERE own.data_type = subject.kind AND own.agency_id = subject.agency_id AND {HOLDS.format(rule="own")}
      ))
      AND (subject.moment AT TIME ZONE 'Europe/Stockholm')::date
          + make_interval(months => rule.months, days => rule.days) <= {TODAY}
"""

# Not inlined, so that nobody's query is planned with what only the night asks for.
IS_DUE = migrations.RunSQL(
    """
    CREATE FUNCTION is_due(kind text, key bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
      RETURN EXISTS (
          SELECT FROM due_for_retention due WHERE due.kind = is_due.kind AND due.key = is_due.key
      );
    """,
    "DROP FUNCTION is_due(text, bigint)",
)


def due(kind, column):
    return f"viewer_role() = 'retention' AND is_due('{kind}', {column})"


def doors(table, when, *commands):
    return [door(table, f"retention_{command.lower()}", command=command, when=when) for command in commands]


def goes_with(parent, table, column, *commands):
    """Its parent's row is seen only while it is due; its own wall shows the rows of a parent that is seen."""
    return doors(table, f"viewer_role() = 'retention' AND sees_{parent.removeprefix('bookings_')}({column})", *commands)


WITH_PARTY = "sees_party(party_id)"
WITH_NEWCOMER = "sees_newcomer(newcomer_id)"
DUE_DISCLOSURE = f"viewer_role() = 'retention' AND ({WITH_PARTY} OR is_due('bookings.disclosure', id))"
DUE_EXTRACT = f"viewer_role() = 'retention' AND ({WITH_NEWCOMER} OR is_due('bookings.extract', id))"
# Whose names have been closed meanwhile is gone from what was asked for before.
OWN_EXTRACT = f"agency_id = viewer_agency() AND asked_by_id = viewer_user() AND {WITH_NEWCOMER}"

DOORS = [
    guard("bookings_extract", read=OWN_EXTRACT, write=OWN_EXTRACT),
    id_view(
        "due_for_retention",
        DUE_FOR_RETENTION,
        reads=("bookings_disclosure", "bookings_extract", "bookings_codetries", "agencies_retentionrule"),
        guarded=(
            "bookings_party", "bookings_chain", "bookings_disclosure", "bookings_extract", "bookings_codetries"
        ),
    ),
    IS_DUE,
    *doors("bookings_party", due("bookings.party", "id"), "SELECT", "UPDATE", "DELETE"),
    *goes_with("bookings_party", "bookings_newcomer", "party_id", "UPDATE", "DELETE"),
    *goes_with("bookings_party", "bookings_stopchoice", "party_id", "DELETE"),
    *goes_with("bookings_party", "bookings_event", "party_id", "UPDATE", "DELETE"),
    *goes_with("bookings_party", "bookings_chain", "party_id", "UPDATE", "DELETE"),
    *goes_with("bookings_chain", "bookings_meeting", "chain_id", "DELETE"),
    *goes_with("bookings_chain", "bookings_summons", "chain_id", "DELETE"),
    *goes_with("bookings_chain", "bookings_link", "chain_id", "DELETE"),
    *goes_with("bookings_summons", "bookings_summonscopy", "summons_id", "DELETE"),
    *goes_with("bookings_meeting", "bookings_claim", "meeting_id", "DELETE"),
    *doors("bookings_disclosure", DUE_DISCLOSURE, "SELECT", "DELETE"),
    *doors("bookings_extract", DUE_EXTRACT, "SELECT", "DELETE"),
    *doors("bookings_codetries", due("bookings.codetries", "id"), "SELECT", "DELETE"),
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_retention_rules'),
        ('bookings', '0003_code_tries'),
    ]

    operations = [
        migrations.AddField(
            model_name='party',
            name='anonymised_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='anonymised'),
        ),
        migrations.CreateModel(
            name='Extract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('begun_at', models.DateTimeField(blank=True, null=True, verbose_name='begun')),
                ('made_at', models.DateTimeField(blank=True, null=True, verbose_name='made')),
                ('content', models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='content')),
                ('pdf', models.BinaryField(blank=True, null=True, verbose_name='PDF')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='agency')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('newcomer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extracts', to='bookings.newcomer', verbose_name='newcomer')),
            ],
            options={
                'verbose_name': 'extract',
                'verbose_name_plural': 'extracts',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('content__isnull', True), ('made_at__isnull', True), ('pdf__isnull', True)), models.Q(('content__isnull', False), ('made_at__isnull', False), ('pdf__isnull', False)), _connector='OR'), name='extract_is_made_whole', violation_error_message='An extract is made with all its parts.')],
            },
        ),
    ] + DOORS
