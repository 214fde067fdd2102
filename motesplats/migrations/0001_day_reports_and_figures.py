"""Day reports are of their site; figures are told by a role of their own, which hides small ones first."""

import agencies.validators
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import diary, guard, question


STAFF = "site_id = ANY(viewer_sites()) AND viewer_role() IN ('caseworker', 'coordinator', 'manager')"
OF_SITE = f"viewer_role() = 'figures' OR {STAFF}"
FIGURES = "viewer_role() = 'figures'"
WALLS = [
    guard("motesplats_dayreport", read=OF_SITE, write=OF_SITE),
    question(
        "sees_day_report", "of_report bigint", "EXISTS (SELECT FROM motesplats_dayreport WHERE id = of_report)"
    ),
    guard("motesplats_daycount", read="sees_day_report(report_id)", write="sees_day_report(report_id)"),
    diary("motesplats_daycorrection", read="sees_day_report(report_id)", write="sees_day_report(report_id)"),
    guard("motesplats_sitefigure", read=OF_SITE, write=FIGURES),
    # Whoever reads them sees what everybody may see.
    guard("motesplats_publishedfigure", read="true", write=FIGURES),
    guard("motesplats_coversite", read=FIGURES, write=FIGURES),
]

# Who came on a date, as numbers; parties of protected identity are left out, as in every figure.
COUNTED_DAY = migrations.RunSQL(
    """
    GRANT SELECT ON checklists_referral, checklists_checklist TO motesplats_views;
    CREATE POLICY day_reports ON checklists_referral FOR SELECT TO motesplats_views USING (true);
    CREATE POLICY day_reports ON checklists_checklist FOR SELECT TO motesplats_views USING (true);

    CREATE FUNCTION counted_day(of_site bigint, of_date date)
    RETURNS TABLE (dimension text, key text, number integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        WITH day AS (
            SELECT chain.id, chain.party_id, track.number AS track,
                   CASE WHEN bool_and(meeting.form <> 'on_site') FILTER (WHERE meeting.checked_in_at IS NOT NULL)
                        THEN 'remote' ELSE min(location.kind) END AS mode,
                   bool_or(meeting.checked_in_at IS NOT NULL) AS came,
                   bool_and(meeting.attendance = 'no_show') AS missed
            FROM bookings_chain chain
            JOIN bookings_party party ON party.id = chain.party_id AND NOT party.is_protected
            JOIN bookings_track track ON track.id = chain.track_id
            JOIN agencies_siteday site_day ON site_day.id = chain.site_day_id AND site_day.date = of_date
            JOIN agencies_location location ON location.id = site_day.location_id AND location.site_id = of_site
            JOIN bookings_meeting meeting ON meeting.chain_id = chain.id
            WHERE chain.state <> 'cancelled'
              AND (viewer_role() = 'figures' OR of_site = ANY(viewer_sites())
                   AND viewer_role() IN ('caseworker', 'coordinator', 'manager'))
            GROUP BY chain.id, track.number
        ), person AS (
            SELECT day.track, day.mode,
                   CASE WHEN newcomer.sex = '' THEN 'U' ELSE newcomer.sex END AS sex,
                   date_part('year', age(of_date, newcomer.birth_date)) AS years
            FROM day JOIN bookings_newcomer newcomer ON newcomer.party_id = day.party_id
            WHERE day.came
        )
        SELECT 'total', 'parties', count(*)::integer FROM day WHERE came
        UNION ALL SELECT 'total', 'no_shows', count(*)::integer FROM day WHERE missed
        UNION ALL
        SELECT 'total', 'referrals', count(DISTINCT referral.id)::integer
        FROM day JOIN checklists_checklist checklist ON checklist.chain_id = day.id
        JOIN checklists_referral referral ON referral.checklist_id = checklist.id AND referral.started_on = of_date
        UNION ALL
        SELECT 'sex_age', sex || '|' || CASE WHEN years < 18 THEN '0-17' WHEN years < 65 THEN '18-64' ELSE '65+' END,
               count(*)::integer
        FROM person GROUP BY 1, 2
        UNION ALL SELECT 'track', track::text, count(*)::integer FROM person GROUP BY 1, 2
        UNION ALL SELECT 'mode', mode, count(*)::integer FROM person GROUP BY 1, 2
    $$;
    ALTER FUNCTION counted_day(bigint, date) OWNER TO motesplats_views;
    """,
    """
    DROP FUNCTION counted_day(bigint, date);
    DROP POLICY day_reports ON checklists_checklist; DROP POLICY day_reports ON checklists_referral;
    REVOKE ALL ON checklists_referral, checklists_checklist FROM motesplats_views;
    """,
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0034_telephone_hours'),
        ('bookings', '0057_no_figures_view'),
        ('checklists', '0013_rule_texts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DayReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('source', models.CharField(choices=[('counted', 'counted from check-ins'), ('reported', 'typed')], max_length=8, verbose_name='source')),
                ('parties', models.PositiveIntegerField(default=0, verbose_name='parties that came')),
                ('no_shows', models.PositiveIntegerField(default=0, verbose_name='parties that did not come')),
                ('referrals', models.PositiveIntegerField(default=0, verbose_name='referred onwards')),
                ('counted', models.JSONField(blank=True, default=dict, verbose_name='as attendance counted them')),
                ('interpreting', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'badly'), (2, 'so-so'), (3, 'well'), (4, 'very well')], null=True, verbose_name='how the interpreting went')),
                ('trouble', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('room', 'rooms'), ('technology', 'technology'), ('interpreter', 'interpreter did not come'), ('other', 'something else')], max_length=11), blank=True, default=list, size=None, verbose_name='trouble')),
                ('note', models.CharField(blank=True, help_text='No names.', max_length=500, validators=[agencies.validators.validate_plain], verbose_name='what happened')),
                ('why', models.CharField(blank=True, max_length=300, validators=[agencies.validators.validate_plain], verbose_name='why corrected')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('filled_at', models.DateTimeField(verbose_name='filled in')),
                ('locked_at', models.DateTimeField(blank=True, null=True, verbose_name='locked')),
                ('locked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'day report',
                'verbose_name_plural': 'day reports',
                'ordering': ['-date', 'site'],
            },
        ),
        migrations.CreateModel(
            name='DayCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dimension', models.CharField(max_length=10, verbose_name='divided by')),
                ('key', models.CharField(max_length=20, verbose_name='part')),
                ('people', models.PositiveIntegerField(verbose_name='persons')),
                ('counted', models.PositiveIntegerField(blank=True, null=True, verbose_name='persons by attendance')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='motesplats.dayreport', verbose_name='day report')),
            ],
            options={
                'verbose_name': 'count of a day report',
                'verbose_name_plural': 'counts of day reports',
                'ordering': ['report', 'dimension', 'key'],
            },
        ),
        migrations.CreateModel(
            name='DayCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=40, verbose_name='what')),
                ('before', models.CharField(blank=True, max_length=500, verbose_name='before')),
                ('after', models.CharField(blank=True, max_length=500, verbose_name='after')),
                ('why', models.CharField(max_length=300, validators=[agencies.validators.validate_plain], verbose_name='why')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='motesplats.dayreport', verbose_name='day report')),
            ],
            options={
                'verbose_name': 'correction of a day report',
                'verbose_name_plural': 'corrections of day reports',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PublishedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=40, verbose_name='measure')),
                ('dimension', models.CharField(blank=True, max_length=10, verbose_name='divided by')),
                ('key', models.CharField(blank=True, max_length=20, verbose_name='part')),
                ('amount', models.DecimalField(decimal_places=4, max_digits=16, null=True, verbose_name='amount')),
                ('over', models.DecimalField(decimal_places=4, max_digits=16, null=True, verbose_name='divided by the number')),
                ('people', models.IntegerField(null=True, verbose_name='persons behind it')),
                ('spread', models.JSONField(blank=True, default=dict, verbose_name='how many have which value')),
                ('is_reported', models.BooleanField(default=False, verbose_name='typed, in part at least')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('month', models.PositiveSmallIntegerField(null=True, verbose_name='month')),
                ('is_hidden', models.BooleanField(default=False, verbose_name='is hidden')),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'published figure',
                'verbose_name_plural': 'published figures',
                'ordering': ['year', models.OrderBy(models.F('month'), nulls_first=True), 'site', 'measure', 'dimension', 'key'],
            },
        ),
        migrations.CreateModel(
            name='SiteFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=40, verbose_name='measure')),
                ('dimension', models.CharField(blank=True, max_length=10, verbose_name='divided by')),
                ('key', models.CharField(blank=True, max_length=20, verbose_name='part')),
                ('amount', models.DecimalField(decimal_places=4, max_digits=16, null=True, verbose_name='amount')),
                ('over', models.DecimalField(decimal_places=4, max_digits=16, null=True, verbose_name='divided by the number')),
                ('people', models.IntegerField(null=True, verbose_name='persons behind it')),
                ('spread', models.JSONField(blank=True, default=dict, verbose_name='how many have which value')),
                ('is_reported', models.BooleanField(default=False, verbose_name='typed, in part at least')),
                ('month', models.DateField(help_text='Its first day.', verbose_name='month')),
                ('told_amount', models.DecimalField(decimal_places=4, max_digits=16, null=True, verbose_name='amount told')),
                ('told_over', models.DecimalField(decimal_places=4, max_digits=16, null=True, verbose_name='told divided by')),
                ('told_people', models.IntegerField(null=True, verbose_name='persons told')),
                ('told_spread', models.JSONField(blank=True, default=dict, verbose_name='values told')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'figure of a site',
                'verbose_name_plural': 'figures of sites',
                'ordering': ['site', 'month', 'measure', 'dimension', 'key'],
            },
        ),
        migrations.CreateModel(
            name='CoverSite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('beside', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.site', verbose_name='hidden beside it')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'site hidden beside another',
                'verbose_name_plural': 'sites hidden beside others',
                'constraints': [models.UniqueConstraint(fields=('year', 'site'), name='cover_site_once_a_year', violation_error_message='A site is hidden beside one other.'), models.CheckConstraint(condition=models.Q(('site', models.F('beside')), _negated=True), name='cover_site_is_another', violation_error_message='A site is hidden beside another one.')],
            },
        ),
        migrations.AddConstraint(
            model_name='dayreport',
            constraint=models.UniqueConstraint(fields=('site', 'date'), name='day_report_once_a_day', violation_error_message='That day has a report.'),
        ),
        migrations.AddConstraint(
            model_name='dayreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('locked_at', None), ('locked_by', None)), models.Q(('locked_at__isnull', False), ('locked_by__isnull', False)), _connector='OR'), name='day_report_is_locked_by_somebody', violation_error_message='A report is locked by somebody.'),
        ),
        migrations.AddConstraint(
            model_name='dayreport',
            constraint=models.CheckConstraint(condition=models.Q(('interpreting', None), ('interpreting__range', (1, 4)), _connector='OR'), name='day_report_interpreting_is_a_grade', violation_error_message='A grade is 1 to 4.'),
        ),
        migrations.AddConstraint(
            model_name='daycount',
            constraint=models.UniqueConstraint(fields=('report', 'dimension', 'key'), name='day_count_once_each', violation_error_message='Each part stands once in a day report.'),
        ),
        migrations.AddConstraint(
            model_name='daycount',
            constraint=models.CheckConstraint(condition=models.Q(('dimension__in', ['sex_age', 'track', 'mode'])), name='day_count_by_what_is_counted', violation_error_message='A day is counted by sex and age, by track and by mode.'),
        ),
        migrations.AddConstraint(
            model_name='daycorrection',
            constraint=models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='day_correction_has_a_reason', violation_error_message='Say why a locked report is corrected.'),
        ),
        migrations.AddConstraint(
            model_name='publishedfigure',
            constraint=models.UniqueConstraint(fields=('year', 'month', 'site', 'measure', 'dimension', 'key'), name='published_figure_once_each', nulls_distinct=False, violation_error_message='Each figure stands once.'),
        ),
        migrations.AddConstraint(
            model_name='publishedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('month', None), ('month__range', (1, 12)), _connector='OR'), name='published_figure_is_of_a_month', violation_error_message='A month is 1 to 12.'),
        ),
        migrations.AddConstraint(
            model_name='publishedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('is_hidden', False), models.Q(('amount', None), ('over', None), ('people', None), ('spread', {})), _connector='OR'), name='published_figure_hidden_has_no_numbers', violation_error_message='A hidden figure holds no numbers.'),
        ),
        migrations.AddConstraint(
            model_name='sitefigure',
            constraint=models.UniqueConstraint(fields=('site', 'month', 'measure', 'dimension', 'key'), name='site_figure_once_each', violation_error_message='Each figure stands once.'),
        ),
        migrations.AddConstraint(
            model_name='sitefigure',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='site_figure_is_of_a_month', violation_error_message='A month is told by its first day.'),
        ),
        *WALLS,
        COUNTED_DAY,
    ]
