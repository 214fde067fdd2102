"""A site that types its day reports says that it was not open on a day; whoever is missing a report is told so."""

from django.db import migrations, models

STAFF = "site_id = ANY(viewer_sites()) AND viewer_role() IN ('caseworker', 'coordinator', 'manager')"
FUNCTION = """
    DROP FUNCTION known_day_reports(date);
    CREATE FUNCTION known_day_reports(since date) RETURNS TABLE (site bigint, of date, is_locked boolean{column})
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT site_id, date, locked_at IS NOT NULL{value} FROM motesplats_dayreport
        WHERE (date >= since OR locked_at IS NULL) AND (viewer_role() = 'secretariat' OR {staff})
    $$;
    ALTER FUNCTION known_day_reports(date) OWNER TO motesplats_views;
"""
KNOWN = migrations.RunSQL(
    FUNCTION.format(column=", was_open boolean", value=", was_open", staff=STAFF),
    FUNCTION.format(column="", value="", staff=STAFF),
)


class Migration(migrations.Migration):

    dependencies = [
        ('motesplats', '0009_two_covers'),
    ]

    operations = [
        migrations.AddField(
            model_name='dayreport',
            name='was_open',
            field=models.BooleanField(default=True, verbose_name='the site was open'),
        ),
        migrations.AddConstraint(
            model_name='dayreport',
            constraint=models.CheckConstraint(condition=models.Q(('was_open', True), models.Q(('no_shows', 0), ('parties', 0), ('referrals', 0), ('source', 'reported')), _connector='OR'), name='day_report_of_no_day_has_nobody', violation_error_message='On a day on which the site was not open nobody came.'),
        ),
        KNOWN,
    ]
