"""Consent events: made by the adult's own link and code, or recorded on paper; never changed."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import agencies.validators
from agencies.walls import door, guard, question

QUESTIONS = [
    question(
        "decides_for_oneself",
        "of_party bigint, who bigint",
        "EXISTS (SELECT FROM open_links link"
        " WHERE link.party_id = of_party AND link.newcomer_id = who AND link.confirmed)",
    ),
    # Steps belong to the agency that ticks them, all else to the agency that summons.
    question(
        "may_record",
        "of_party bigint, who bigint, of_category text",
        "(owns_party(of_party) OR of_category = 'checklist' AND is_met_by_party(of_party))"
        " AND EXISTS (SELECT FROM bookings_newcomer person WHERE person.id = who AND person.party_id = of_party)",
    ),
]
SEES = """
    holds_code_of_party(party_id)
    OR discloser_id = viewer_agency() AND (owns_party(party_id) OR is_met_by_party(party_id))
"""
MAKES = """
    channel = 'link' AND recorded_by_id IS NULL AND decides_for_oneself(party_id, newcomer_id)
    OR channel = 'paper' AND recorded_by_id = viewer_user() AND discloser_id = viewer_agency()
       AND may_record(party_id, newcomer_id, category)
"""
RETENTION = "viewer_role() = 'retention' AND sees_party(party_id)"


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0003_code_tries'),
        ('checklists', '0001_checklists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                ('kind', models.CharField(choices=[('given', 'yes'), ('refused', 'no'), ('withdrawn', 'taken back')], max_length=9, verbose_name='answer')),
                ('category', models.CharField(choices=[('names', 'names and birth dates'), ('meetings', "the day's other meetings"), ('checklist', 'steps of the checklist'), ('note', 'the note before the meeting')], max_length=10, verbose_name='category')),
                ('purpose', models.CharField(max_length=300, verbose_name='purpose')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('language', models.CharField(choices=[('sv', 'svenska'), ('en', 'engelska'), ('ar', 'arabiska'), ('prs', 'dari'), ('so', 'somaliska'), ('ti', 'tigrinja')], max_length=3, verbose_name='language')),
                ('text', models.TextField(verbose_name='the text as it was shown')),
                ('text_version', models.CharField(max_length=10, verbose_name='version of the text')),
                ('channel', models.CharField(choices=[('link', 'on the own link'), ('paper', 'on paper')], max_length=5, verbose_name='way')),
                ('witness', models.CharField(blank=True, max_length=100, validators=[agencies.validators.validate_name], verbose_name='witness')),
                ('interpreter', models.CharField(blank=True, max_length=100, validators=[agencies.validators.validate_name], verbose_name='interpreter')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('discloser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='discloser')),
                ('newcomer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.newcomer', verbose_name='newcomer')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.party', verbose_name='party')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='recipient')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'consent event',
                'verbose_name_plural': 'consent events',
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['party', 'recipient'], name='consent_by_party')],
                'constraints': [models.CheckConstraint(condition=models.Q(('discloser', models.F('recipient')), _negated=True), name='consent_is_to_another_agency', violation_error_message='An agency discloses nothing to itself.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'given'), _negated=True), ('until__gt', models.F('at')), _connector='OR'), name='consent_ends_after_it_is_given', violation_error_message='A consent ends after it is given.'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'link'), ('interpreter', ''), ('recorded_by', None), ('witness', '')), models.Q(('channel', 'paper'), ('recorded_by__isnull', False), models.Q(('witness', ''), _negated=True)), _connector='OR'), name='consent_on_paper_has_a_witness', violation_error_message='A consent on paper is recorded by somebody, with a witness.')],
            },
        ),
        *QUESTIONS,
        guard("checklists_consentevent", read=SEES, write=MAKES),
        migrations.RunSQL(
            """
            ALTER POLICY change ON checklists_consentevent USING (false) WITH CHECK (false);
            ALTER POLICY remove ON checklists_consentevent USING (false);
            """,
            migrations.RunSQL.noop,
        ),
        door("checklists_consentevent", "retention_select", command="SELECT", when=RETENTION),
        door("checklists_consentevent", "retention_delete", command="DELETE", when=RETENTION),
    ]
