"""Tertial reports are their site's until they are submitted; single answers of a survey are read by nobody."""

import agencies.validators
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from agencies.walls import diary, guard, question


ITS_SITE = "site_id = ANY(viewer_sites()) AND viewer_role() IN ('coordinator', 'manager')"
REPORT_READ = f"{ITS_SITE} OR viewer_role() = 'secretariat' AND state = 'submitted'"
PART_WRITE = "viewer_role() IN ('coordinator', 'manager') AND sees_tertial_report(report_id)"
LEADS = "viewer_role() IN ('secretariat', 'coordinator', 'manager')"
SECRETARIAT = "viewer_role() = 'secretariat'"
# Whoever is signed in answers; single answers are read by nobody.
SIGNED_IN = "viewer_user() IS NOT NULL"
WALLS = [
    guard("motesplats_tertialreport", read=REPORT_READ, write=ITS_SITE),
    question(
        "sees_tertial_report",
        "of_report bigint",
        "EXISTS (SELECT FROM motesplats_tertialreport WHERE id = of_report)",
    ),
    guard("motesplats_tertialtext", read="sees_tertial_report(report_id)", write=PART_WRITE),
    diary("motesplats_tertialcorrection", read="sees_tertial_report(report_id)", write=PART_WRITE),
    diary("motesplats_roundanswer", read="false", write=SIGNED_IN),
    diary("motesplats_roundmarker", read=SIGNED_IN, write=SIGNED_IN),
    guard("motesplats_steeringdecision", read=LEADS, write=SECRETARIAT),
    guard("motesplats_sitevisit", read=LEADS, write=SECRETARIAT),
]

# What was answered, once the round has closed, of six or more; a question's row is null where people are counted.
RESULTS = migrations.RunSQL(
    """
    GRANT SELECT ON motesplats_roundanswer, motesplats_surveyround, bookings_surveyanswer TO motesplats_views;
    CREATE POLICY survey_results ON motesplats_roundanswer FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY survey_results ON bookings_surveyanswer FOR SELECT TO motesplats_views USING (true);

    CREATE FUNCTION round_results(of_rounds bigint[])
    RETURNS TABLE (round bigint, question bigint, people integer, mean numeric, spread numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT answer.round_id, answer.question_id, count(DISTINCT reply)::integer, avg(grade), stddev_samp(grade)
        FROM motesplats_roundanswer answer JOIN motesplats_surveyround one ON one.id = answer.round_id
        WHERE one.id = ANY(of_rounds)
          AND one.closes_on < (viewer_moment() AT TIME ZONE 'Europe/Stockholm')::date
          AND (viewer_role() = 'secretariat'
               OR viewer_role() IN ('coordinator', 'manager')
                  AND (one.site_id IS NULL OR one.site_id = ANY(viewer_sites())))
        GROUP BY GROUPING SETS ((answer.round_id), (answer.round_id, answer.question_id))
        HAVING count(DISTINCT reply) >= 6
    $$;
    ALTER FUNCTION round_results(bigint[]) OWNER TO motesplats_views;

    CREATE FUNCTION survey_faces(until_month date)
    RETURNS TABLE (site bigint, month date, question text, people integer, mean numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT answer.site_id, answer.month, asked.question, count(*)::integer, avg(asked.face)
        FROM bookings_surveyanswer answer
        CROSS JOIN LATERAL (VALUES ('purpose', purpose), ('interpreter', interpreter), ('next_step', next_step),
                                   ('in_control', in_control)) AS asked (question, face)
        WHERE answer.month <= until_month AND asked.face IS NOT NULL
          AND (viewer_role() = 'secretariat'
               OR viewer_role() IN ('coordinator', 'manager') AND answer.site_id = ANY(viewer_sites()))
        GROUP BY answer.site_id, answer.month, asked.question
        HAVING count(*) >= 6
    $$;
    ALTER FUNCTION survey_faces(date) OWNER TO motesplats_views;
    """,
    """
    DROP FUNCTION survey_faces(date);
    DROP FUNCTION round_results(bigint[]);
    DROP POLICY survey_results ON bookings_surveyanswer; DROP POLICY survey_results ON motesplats_roundanswer;
    REVOKE ALL ON motesplats_roundanswer, motesplats_surveyround, bookings_surveyanswer FROM motesplats_views;
    """,
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0034_telephone_hours'),
        ('bookings', '0055_survey'),
        ('motesplats', '0003_goals_series_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Instrument',
            fields=[
                ('code', models.SlugField(max_length=30, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('audience', models.CharField(choices=[('staff', 'staff, each by oneself'), ('newcomers', 'newcomers, on paper')], max_length=9, verbose_name='whom it asks')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('is_draft', models.BooleanField(default=False, verbose_name='example, not decided')),
            ],
            options={
                'verbose_name': 'survey',
                'verbose_name_plural': 'surveys',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='RoundMarker',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='digest')),
            ],
            options={
                'verbose_name': 'marker of a round',
                'verbose_name_plural': 'markers of rounds',
            },
        ),
        migrations.CreateModel(
            name='SiteVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('visitors', models.CharField(help_text='Roles or agencies; no names.', max_length=200, validators=[agencies.validators.validate_plain], verbose_name='who visited')),
                ('purpose', models.CharField(max_length=200, validators=[agencies.validators.validate_plain], verbose_name='what for')),
                ('notes', models.TextField(blank=True, help_text='No names, of staff or of newcomers.', max_length=2000, verbose_name='what was seen')),
                ('saved_at', models.DateTimeField(verbose_name='saved')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'visit to a site',
                'verbose_name_plural': 'visits to sites',
                'ordering': ['-date', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SurveyQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('text', models.CharField(max_length=200, verbose_name='question')),
                ('low', models.CharField(blank=True, max_length=60, verbose_name='what 1 means')),
                ('high', models.CharField(blank=True, max_length=60, verbose_name='what 7 means')),
                ('is_high_good', models.BooleanField(default=True, verbose_name='7 is good')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='motesplats.instrument', verbose_name='survey')),
            ],
            options={
                'verbose_name': 'question of a survey',
                'verbose_name_plural': 'questions of surveys',
                'ordering': ['instrument', 'number'],
            },
        ),
        migrations.CreateModel(
            name='SurveyRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(blank=True, max_length=80, validators=[agencies.validators.validate_plain], verbose_name='place')),
                ('phase', models.CharField(choices=[('before', 'before'), ('after', 'after'), ('once', 'once')], max_length=6, verbose_name='before or after')),
                ('invited', models.PositiveIntegerField(verbose_name='how many are asked')),
                ('opens_on', models.DateField(verbose_name='first day')),
                ('closes_on', models.DateField(verbose_name='last day')),
                ('is_imported', models.BooleanField(default=False, verbose_name='imported')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='motesplats.instrument', verbose_name='survey')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
            ],
            options={
                'verbose_name': 'round of a survey',
                'verbose_name_plural': 'rounds of surveys',
                'ordering': ['-opens_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RoundAnswer',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reply', models.UUIDField(verbose_name='reply')),
                ('grade', models.PositiveSmallIntegerField(verbose_name='grade')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='motesplats.surveyquestion', verbose_name='question')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='motesplats.surveyround', verbose_name='round')),
            ],
            options={
                'verbose_name': 'answer of a survey',
                'verbose_name_plural': 'answers of surveys',
                'ordering': ['round', 'key'],
            },
        ),
        migrations.CreateModel(
            name='ImportedMean',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', models.PositiveIntegerField(verbose_name='answers')),
                ('mean', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='mean')),
                ('spread', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='standard deviation')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='motesplats.surveyquestion', verbose_name='question')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='means', to='motesplats.surveyround', verbose_name='round')),
            ],
            options={
                'verbose_name': 'imported mean',
                'verbose_name_plural': 'imported means',
                'ordering': ['round', 'question'],
            },
        ),
        migrations.CreateModel(
            name='TertialCode',
            fields=[
                ('code', models.CharField(max_length=4, primary_key=True, serialize=False, validators=[agencies.validators.validate_plain], verbose_name='code')),
                ('kind', models.CharField(choices=[('obstacle', 'obstacle'), ('enabler', 'what helps')], max_length=8, verbose_name='kind')),
                ('name', models.CharField(max_length=80, validators=[agencies.validators.validate_plain], verbose_name='in words')),
                ('is_draft', models.BooleanField(default=False, verbose_name='example, not decided')),
                ('is_retired', models.BooleanField(default=False, verbose_name='offered no more')),
            ],
            options={
                'verbose_name': 'code of a tertial report',
                'verbose_name_plural': 'codes of tertial reports',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[A-ZÅÄÖ][0-9]{1,3}$')), name='tertial_code_is_a_letter_and_a_number', violation_error_message='A code is a letter and a number, such as H1.')],
            },
        ),
        migrations.CreateModel(
            name='TertialReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('tertial', models.PositiveSmallIntegerField(verbose_name='tertial')),
                ('due', models.DateField(verbose_name='due')),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), blank=True, default=list, size=None, verbose_name='obstacles and what helps')),
                ('state', models.CharField(choices=[('open', 'open'), ('submitted', 'submitted')], default='open', max_length=9, verbose_name='state')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='version')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='submitted by')),
            ],
            options={
                'verbose_name': 'tertial report',
                'verbose_name_plural': 'tertial reports',
                'ordering': ['-year', '-tertial', 'site'],
            },
        ),
        migrations.CreateModel(
            name='TertialCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('adaptations', 'Adaptations'), ('coordination', 'Coordination between the agencies'), ('referrals', 'Referrals'), ('interpreters', 'Interpreters'), ('staffing', 'Staffing'), ('codes', 'codes')], max_length=12, verbose_name='what')),
                ('before', models.TextField(blank=True, verbose_name='before')),
                ('after', models.TextField(blank=True, verbose_name='after')),
                ('why', models.CharField(max_length=300, validators=[agencies.validators.validate_plain], verbose_name='why')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='motesplats.tertialreport', verbose_name='tertial report')),
            ],
            options={
                'verbose_name': 'correction of a tertial report',
                'verbose_name_plural': 'corrections of tertial reports',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TertialText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(choices=[('adaptations', 'Adaptations'), ('coordination', 'Coordination between the agencies'), ('referrals', 'Referrals'), ('interpreters', 'Interpreters'), ('staffing', 'Staffing')], max_length=12, verbose_name='question')),
                ('text', models.TextField(blank=True, max_length=4000, verbose_name='text')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='motesplats.tertialreport', verbose_name='tertial report')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'text of a tertial report',
                'verbose_name_plural': 'texts of tertial reports',
                'ordering': ['report', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SteeringDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=500, validators=[agencies.validators.validate_plain], verbose_name='decision')),
                ('owner', models.CharField(help_text='A role or an agency; no names.', max_length=120, validators=[agencies.validators.validate_plain], verbose_name='who does it')),
                ('decided_on', models.DateField(verbose_name='decided')),
                ('due', models.DateField(blank=True, null=True, verbose_name='to be done by')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done')),
                ('saved_at', models.DateTimeField(verbose_name='saved')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
            ],
            options={
                'verbose_name': 'decision of the steering group',
                'verbose_name_plural': 'decisions of the steering group',
                'ordering': [models.OrderBy(models.F('done_on'), nulls_first=True), models.OrderBy(models.F('due'), nulls_last=True), 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('due', None), ('due__gte', models.F('decided_on')), _connector='OR'), name='steering_decision_due_after_decided', violation_error_message='It cannot be due before it is decided.'), models.CheckConstraint(condition=models.Q(('done_on', None), ('done_on__gte', models.F('decided_on')), _connector='OR'), name='steering_decision_done_after_decided', violation_error_message='It cannot be done before it is decided.')],
            },
        ),
        migrations.AddConstraint(
            model_name='surveyquestion',
            constraint=models.UniqueConstraint(fields=('instrument', 'number'), name='survey_question_once_each', violation_error_message='Each question has its number.'),
        ),
        migrations.AddConstraint(
            model_name='surveyround',
            constraint=models.CheckConstraint(condition=models.Q(('invited__gte', 1)), name='survey_round_asks_somebody', violation_error_message='At least one is asked.'),
        ),
        migrations.AddConstraint(
            model_name='surveyround',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='survey_round_ends_after_it_begins', violation_error_message='The last day is not before the first.'),
        ),
        migrations.AddConstraint(
            model_name='surveyround',
            constraint=models.CheckConstraint(condition=models.Q(('is_imported', True), ('started_by__isnull', False), _connector='OR'), name='survey_round_is_started_by_somebody', violation_error_message='A round is started by somebody.'),
        ),
        migrations.AddConstraint(
            model_name='roundanswer',
            constraint=models.CheckConstraint(condition=models.Q(('grade__range', (1, 7))), name='round_answer_is_one_of_seven', violation_error_message='A grade is 1 to 7.'),
        ),
        migrations.AddConstraint(
            model_name='roundanswer',
            constraint=models.UniqueConstraint(fields=('reply', 'question'), name='round_answer_once_a_question', violation_error_message='Each question is answered once.'),
        ),
        migrations.AddConstraint(
            model_name='importedmean',
            constraint=models.UniqueConstraint(fields=('round', 'question'), name='imported_mean_once_each', violation_error_message='Each mean stands once.'),
        ),
        migrations.AddConstraint(
            model_name='importedmean',
            constraint=models.CheckConstraint(condition=models.Q(('mean__range', (1, 7))), name='imported_mean_is_on_the_scale', violation_error_message='A mean is between 1 and 7.'),
        ),
        migrations.AddConstraint(
            model_name='tertialreport',
            constraint=models.UniqueConstraint(fields=('site', 'year', 'tertial'), name='tertial_report_once_each', violation_error_message='That tertial has a report.'),
        ),
        migrations.AddConstraint(
            model_name='tertialreport',
            constraint=models.CheckConstraint(condition=models.Q(('tertial__range', (1, 3))), name='tertial_report_is_of_one_of_three', violation_error_message='A tertial is 1, 2 or 3.'),
        ),
        migrations.AddConstraint(
            model_name='tertialreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), ('submitted_at', None), ('submitted_by', None)), models.Q(('state', 'submitted'), ('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='tertial_report_is_submitted_by_somebody', violation_error_message='A report is submitted by somebody.'),
        ),
        migrations.AddConstraint(
            model_name='tertialcorrection',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='tertial_correction_has_a_reason', violation_error_message='Say why a submitted report is corrected.'),
        ),
        migrations.AddConstraint(
            model_name='tertialtext',
            constraint=models.UniqueConstraint(fields=('report', 'question'), name='tertial_text_once_a_question', violation_error_message='Each question has one answer.'),
        ),
        *WALLS,
        RESULTS,
    ]
