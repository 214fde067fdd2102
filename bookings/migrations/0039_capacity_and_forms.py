"""Expected newcomers, counts of who is booked and came without anybody's rows, and meetings at a distance."""

import agencies.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import id_view

SEES_COUNTS = """
    CASE viewer_role() WHEN 'secretariat' THEN NOT party.is_protected
         ELSE viewer_role() IN ('coordinator', 'manager') AND location.site_id = ANY(viewer_sites()) END
"""

# Of few people the secretariat is told that they are few, not how few.
SITE_DAY_LOADS = f"""
    SELECT site_day_id,
           CASE viewer_role() WHEN 'secretariat' THEN greatest(parties, 6) ELSE parties END AS parties,
           CASE viewer_role() WHEN 'secretariat' THEN greatest(people, 6) ELSE people END AS people
    FROM (
        SELECT chain.site_day_id, count(*)::integer AS parties,
               sum((SELECT count(*) FROM bookings_newcomer person WHERE person.party_id = party.id))::integer AS people
        FROM bookings_chain chain
        JOIN bookings_party party ON party.id = chain.party_id
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        JOIN agencies_location location ON location.id = day.location_id
        WHERE chain.state <> 'cancelled' AND {SEES_COUNTS}
        GROUP BY chain.site_day_id
    ) counted
"""

SITE_MONTHS = f"""
    SELECT month, site_id, parties, people FROM (
        SELECT month, site_id, count(*)::integer AS parties,
               sum((SELECT count(*) FROM bookings_newcomer person WHERE person.party_id = came.party_id))::integer
                 AS people
        FROM (
            SELECT DISTINCT date_trunc('month', day.date::timestamp)::date AS month, location.site_id, chain.party_id
            FROM bookings_chain chain
            JOIN bookings_party party ON party.id = chain.party_id
            JOIN agencies_siteday day ON day.id = chain.site_day_id
            JOIN agencies_location location ON location.id = day.location_id
            WHERE chain.state <> 'cancelled' AND {SEES_COUNTS}
              AND EXISTS (SELECT FROM bookings_meeting meeting WHERE meeting.chain_id = chain.id
                          AND (meeting.checked_in_at IS NOT NULL OR meeting.attendance IN ('arrived', 'left')))
        ) came
        GROUP BY month, site_id
    ) counted
    WHERE viewer_role() <> 'secretariat' OR parties >= 6 AND people >= 6
"""

# As far as the board is seen: hosts and coordinators every desk, others those of their agency and of its own parties.
REMOTE_MEETINGS = """
    SELECT meeting.id AS meeting_id, chain.site_day_id, meeting.form
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE meeting.form <> 'on_site' AND location.site_id = ANY(viewer_sites())
      AND (viewer_role() IN ('coordinator', 'host') OR viewer_agency() IN (meeting.agency_id, party.owner_id))
"""

READ = (
    "bookings_chain",
    "bookings_party",
    "bookings_newcomer",
    "bookings_meeting",
    "agencies_siteday",
    "agencies_location",
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0022_site_pages'),
        ('bookings', '0038_interpreting'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        id_view(
            "site_day_loads",
            SITE_DAY_LOADS,
            reads=READ,
            guarded=("bookings_chain", "bookings_party", "bookings_newcomer"),
        ),
        id_view(
            "site_months",
            SITE_MONTHS,
            reads=READ,
            guarded=("bookings_chain", "bookings_party", "bookings_newcomer", "bookings_meeting"),
        ),
        migrations.CreateModel(
            name='SiteDayLoad',
            fields=[
                ('site_day', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='agencies.siteday')),
                ('parties', models.IntegerField(verbose_name='parties')),
                ('people', models.IntegerField(verbose_name='people')),
            ],
            options={
                'db_table': 'site_day_loads',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='SiteMonth',
            fields=[
                ('pk', models.CompositePrimaryKey('month', 'site_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='month')),
                ('parties', models.IntegerField(verbose_name='parties')),
                ('people', models.IntegerField(verbose_name='people')),
            ],
            options={
                'db_table': 'site_months',
                'ordering': ['month', 'site'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Forecast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day.', verbose_name='month')),
                ('said_on', models.DateField(verbose_name='said on')),
                ('lowest', models.PositiveSmallIntegerField(verbose_name='lowest')),
                ('likely', models.PositiveSmallIntegerField(verbose_name='likely')),
                ('highest', models.PositiveSmallIntegerField(verbose_name='highest')),
                ('source', models.CharField(blank=True, max_length=60, validators=[agencies.validators.validate_plain], verbose_name='source')),
                ('said_at', models.DateTimeField(verbose_name='written down')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.municipality', verbose_name='municipality')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'forecast',
                'verbose_name_plural': 'forecasts',
                'ordering': ['month', 'municipality', 'said_on'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'month', 'said_on'), name='forecast_once_a_day', violation_error_message='That municipality has a forecast of today for the month.'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='forecast_is_of_a_month', violation_error_message='A month is written by its first day.'), models.CheckConstraint(condition=models.Q(('highest__lte', 9999), ('likely__lte', models.F('highest')), ('lowest__lte', models.F('likely'))), name='forecast_lies_between_its_ends', violation_error_message='Lowest, likely and highest come in that order.')],
            },
        ),
        migrations.CreateModel(
            name='RemoteMeeting',
            fields=[
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='bookings.meeting')),
                ('site_day_id', models.BigIntegerField()),
                ('form', models.CharField(choices=[('on_site', 'at the place'), ('telephone', 'by telephone'), ('video', 'by video')], max_length=9, verbose_name='form')),
            ],
            options={
                'db_table': 'remote_meetings',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='RemoteRule',
            fields=[
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='agencies.agency', verbose_name='agency')),
                ('by_telephone', models.BooleanField(default=False, verbose_name='meetings by telephone')),
                ('by_video', models.BooleanField(default=False, verbose_name='meetings by video')),
                ('tool', models.URLField(blank=True, validators=[agencies.validators.validate_https], verbose_name="address of the agency's video tool")),
                ('said_at', models.DateTimeField(verbose_name='written down')),
            ],
            options={
                'verbose_name': 'rule of meetings at a distance',
                'verbose_name_plural': 'rules of meetings at a distance',
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='form',
            field=models.CharField(choices=[('on_site', 'at the place'), ('telephone', 'by telephone'), ('video', 'by video')], db_default='on_site', default='on_site', max_length=9, verbose_name='form'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='tool',
            field=models.URLField(blank=True, db_default='', default='', validators=[agencies.validators.validate_https], verbose_name='address of the video meeting'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('registered', 'Registered'), ('overridden', 'Legal basis overridden'), ('booked', 'Booked'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('checked_in', 'Checked in'), ('protected', 'Identity protected'), ('opened', 'Identity opened'), ('unprotected', 'Protection ended'), ('renewed', 'New code and link'), ('confirmed', 'Interpreter from outside confirmed'), ('unconfirmed', 'Confirmation of the interpreter undone'), ('crossed', 'Opened from another site'), ('amended', 'Corrected'), ('covered', 'Met by a colleague'), ('form', 'Form of a meeting changed')], max_length=12, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('form', 'on_site'), models.Q(('form__in', ['telephone', 'video']), ('room', None)), _connector='OR'), name='meeting_at_a_distance_takes_no_room', violation_error_message='A meeting by telephone or video takes no room.'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tool', ''), models.Q(('form', 'video'), _negated=True)), models.Q(('form', 'video'), ('tool__startswith', 'https://')), _connector='OR'), name='meeting_by_video_has_an_address', violation_error_message='A meeting by video has an address that begins with https://.'),
        ),
        migrations.AddField(
            model_name='remoterule',
            name='said_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddConstraint(
            model_name='remoterule',
            constraint=models.CheckConstraint(condition=models.Q(('tool', ''), ('tool__startswith', 'https://'), _connector='OR'), name='remote_rule_tool_is_https', violation_error_message='Write an address that begins with https://.'),
        ),
        id_view(
            "remote_meetings",
            REMOTE_MEETINGS,
            reads=("bookings_meeting", "bookings_chain", "bookings_party", "agencies_siteday", "agencies_location"),
            guarded=("bookings_meeting", "bookings_chain", "bookings_party"),
        ),
    ]
