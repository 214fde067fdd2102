"""Reminders of reports, figures kept with a submitted tertial report, and which day reports there are, not what they say."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import diary, guard

STAFF = "site_id = ANY(viewer_sites()) AND viewer_role() IN ('caseworker', 'coordinator', 'manager')"
WALLS = [
    # Each is reminded in the own name; the site sees it, and the secretariat.
    guard(
        "motesplats_reportreminder", read=f"viewer_role() = 'secretariat' OR {STAFF}", write="user_id = viewer_user()"
    ),
    diary(
        "motesplats_tertialfigure",
        read="sees_tertial_report(report_id) AND (is_published OR viewer_role() <> 'secretariat')",
        write="viewer_role() = 'manager' AND sees_tertial_report(report_id)",
    ),
]
# No number: only that there is one, and whether it is locked. What was begun is told however old it is.
KNOWN = migrations.RunSQL(
    f"""
    GRANT SELECT ON motesplats_dayreport TO motesplats_views;
    CREATE POLICY known ON motesplats_dayreport FOR SELECT TO motesplats_views USING (true);
    CREATE FUNCTION known_day_reports(since date) RETURNS TABLE (site bigint, of date, is_locked boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT site_id, date, locked_at IS NOT NULL FROM motesplats_dayreport
        WHERE (date >= since OR locked_at IS NULL) AND (viewer_role() = 'secretariat' OR {STAFF})
    $$;
    ALTER FUNCTION known_day_reports(date) OWNER TO motesplats_views;
    """,
    """
    DROP FUNCTION known_day_reports(date);
    DROP POLICY known ON motesplats_dayreport;
    REVOKE ALL ON motesplats_dayreport FROM motesplats_views;
    """,
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0042_tertial_thresholds'),
        ('motesplats', '0007_within_tracks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='daycorrection',
            name='after',
            field=models.TextField(blank=True, verbose_name='after'),
        ),
        migrations.AlterField(
            model_name='daycorrection',
            name='before',
            field=models.TextField(blank=True, verbose_name='before'),
        ),
        migrations.CreateModel(
            name='ReportReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('day', 'day report'), ('coming', 'tertial report, due soon'), ('overdue', 'tertial report, overdue')], max_length=7, verbose_name='of what')),
                ('of', models.DateField(verbose_name='day, or first day of the tertial')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='which time')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent by e-mail')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who is reminded')),
            ],
            options={
                'verbose_name': 'reminder of a report',
                'verbose_name_plural': 'reminders of reports',
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('site', 'of', 'kind', 'number', 'user'), name='report_reminder_once_each', violation_error_message='Each is reminded once.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'day'), ('number__range', (1, 2))), models.Q(models.Q(('kind', 'day'), _negated=True), ('number', 1)), _connector='OR'), name='report_reminder_comes_twice_at_most', violation_error_message="A day's report is reminded of twice, a tertial's once.")],
            },
        ),
        migrations.CreateModel(
            name='TertialFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=40, verbose_name='measure')),
                ('is_published', models.BooleanField(verbose_name='as everybody reads it')),
                ('is_hidden', models.BooleanField(default=False, verbose_name='is hidden')),
                ('is_approximate', models.BooleanField(default=False, verbose_name='ca')),
                ('value', models.DecimalField(decimal_places=8, max_digits=20, null=True, verbose_name='value')),
                ('before', models.DecimalField(decimal_places=8, max_digits=20, null=True, verbose_name='last tertial')),
                ('country', models.DecimalField(decimal_places=8, max_digits=20, null=True, verbose_name='median of the sites')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='motesplats.tertialreport', verbose_name='tertial report')),
            ],
            options={
                'verbose_name': 'figure of a tertial report',
                'verbose_name_plural': 'figures of tertial reports',
                'ordering': ['report', 'measure'],
                'constraints': [models.UniqueConstraint(fields=('report', 'measure', 'is_published'), name='tertial_figure_once_each', violation_error_message='Each figure stands once.'), models.CheckConstraint(condition=models.Q(('is_hidden', False), ('value', None), _connector='OR'), name='tertial_figure_hidden_has_no_number', violation_error_message='A hidden figure holds no number.')],
            },
        ),
        *WALLS,
        KNOWN,
    ]
