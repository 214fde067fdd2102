"""Expected newcomers, counts of who is booked and came, meetings at a distance, and several parties in one meeting."""

import agencies.validators
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import door, id_view, question

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
MEETING_FORMS = """
    SELECT meeting.id AS meeting_id, chain.site_day_id, meeting.form, meeting.group_id
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE (meeting.form <> 'on_site' OR meeting.group_id IS NOT NULL) AND location.site_id = ANY(viewer_sites())
      AND (viewer_role() IN ('coordinator', 'host') OR viewer_agency() IN (meeting.agency_id, party.owner_id))
"""

# How many parties come is counted over all agencies' parties; the trigger waits for whoever adds one at the same time.
SEATS = """
    CREATE FUNCTION group_parties(sought bigint) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT count(*)::integer FROM bookings_meeting meeting
        JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
        WHERE meeting.group_id = sought
    $$;
    ALTER FUNCTION group_parties(bigint) OWNER TO motesplats_views;
    CREATE FUNCTION require_place_in_group() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE places integer;
    BEGIN
      SELECT capacity INTO places FROM bookings_groupmeeting WHERE id = NEW.group_id FOR NO KEY UPDATE;
      IF group_parties(NEW.group_id) > places THEN
        RAISE EXCEPTION 'group_has_a_place: The group is full.' USING ERRCODE = 'check_violation', CONSTRAINT = 'group_has_a_place';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER group_has_a_place_inserted AFTER INSERT ON bookings_meeting FOR EACH ROW
      WHEN (NEW.group_id IS NOT NULL) EXECUTE FUNCTION require_place_in_group();
    CREATE TRIGGER group_has_a_place_updated AFTER UPDATE OF group_id ON bookings_meeting FOR EACH ROW
      WHEN (NEW.group_id IS NOT NULL AND NEW.group_id IS DISTINCT FROM OLD.group_id)
      EXECUTE FUNCTION require_place_in_group();
"""
DROP_SEATS = """
    DROP TRIGGER group_has_a_place_inserted ON bookings_meeting;
    DROP TRIGGER group_has_a_place_updated ON bookings_meeting;
    DROP FUNCTION require_place_in_group(); DROP FUNCTION group_parties(bigint);
"""
GROUP_HERE = """EXISTS (
    SELECT FROM bookings_groupmeeting held
    JOIN agencies_siteday day ON day.id = held.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE held.id = sought AND location.site_id = ANY(viewer_sites()))"""
KEEPS_GROUP = """sees_group(sought) AND (viewer_role() = 'coordinator' OR viewer_role() = 'manager' AND EXISTS (
    SELECT FROM bookings_groupmeeting held WHERE held.id = sought AND held.agency_id = viewer_agency()))"""

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
        ('interpreters', '0004_telephones'),
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
            name='MeetingForm',
            fields=[
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='bookings.meeting')),
                ('site_day_id', models.BigIntegerField()),
                ('form', models.CharField(choices=[('on_site', 'at the place'), ('telephone', 'by telephone'), ('video', 'by video')], max_length=9, verbose_name='form')),
                ('group_id', models.BigIntegerField(null=True)),
            ],
            options={
                'db_table': 'meeting_forms',
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
            model_name='claim',
            name='meeting',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='bookings.meeting', verbose_name='meeting'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('registered', 'Registered'), ('overridden', 'Legal basis overridden'), ('booked', 'Booked'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('checked_in', 'Checked in'), ('protected', 'Identity protected'), ('opened', 'Identity opened'), ('unprotected', 'Protection ended'), ('renewed', 'New code and link'), ('confirmed', 'Interpreter from outside confirmed'), ('unconfirmed', 'Confirmation of the interpreter undone'), ('crossed', 'Opened from another site'), ('amended', 'Corrected'), ('covered', 'Met by a colleague'), ('form', 'Form of a meeting changed'), ('group', 'Met in a group')], max_length=12, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='GroupCondition',
            fields=[
                ('number', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                ('text', models.CharField(max_length=200, verbose_name='condition')),
                ('said_at', models.DateTimeField(verbose_name='written down')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'condition of group information',
                'verbose_name_plural': 'conditions of group information',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='GroupMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=7, unique=True, verbose_name='reference')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('capacity', models.PositiveSmallIntegerField(verbose_name='most parties')),
                ('conditions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None, verbose_name='conditions')),
                ('state', models.CharField(choices=[('open', 'open'), ('cancelled', 'cancelled')], default='open', max_length=10, verbose_name='state')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='agency')),
                ('caseworker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='caseworker')),
                ('interpreter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='interpreters.interpreter', verbose_name='interpreter')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by')),
                ('room', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.room', verbose_name='room')),
                ('site_day', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.siteday', verbose_name='site day')),
            ],
            options={
                'verbose_name': 'group information',
                'verbose_name_plural': 'group information',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='claim',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.groupmeeting', verbose_name='group information'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.groupmeeting', verbose_name='group information'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('group__isnull', False), ('meeting', None)), models.Q(('group', None), ('meeting__isnull', False)), _connector='OR'), name='claim_of_a_meeting_or_a_group', violation_error_message="A claim is a meeting's or a group's."),
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
            model_name='groupcondition',
            constraint=models.CheckConstraint(condition=models.Q(('number__range', (1, 4)), models.Q(('text', ''), _negated=True)), name='group_condition_is_one_of_four', violation_error_message='There are four conditions.'),
        ),
        migrations.AddIndex(
            model_name='groupmeeting',
            index=models.Index(fields=['site_day'], name='group_by_site_day'),
        ),
        migrations.AddConstraint(
            model_name='groupmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='group_starts_before_it_ends', violation_error_message='A meeting starts before it ends.'),
        ),
        migrations.AddConstraint(
            model_name='groupmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__range', (2, 12))), name='group_is_small', violation_error_message='A group is of two to twelve parties.'),
        ),
        migrations.AddConstraint(
            model_name='groupmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('conditions__len', 4)), name='group_meets_its_four_conditions', violation_error_message='All four conditions are to be met.'),
        ),
        migrations.AddConstraint(
            model_name='groupmeeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at', None), ('state', 'open')), models.Q(('cancelled_at__isnull', False), ('state', 'cancelled')), _connector='OR'), name='group_is_cancelled_at_a_time', violation_error_message='A cancelled group has the time at which that was done.'),
        ),
        migrations.AddConstraint(
            model_name='remoterule',
            constraint=models.CheckConstraint(condition=models.Q(('tool', ''), ('tool__startswith', 'https://'), _connector='OR'), name='remote_rule_tool_is_https', violation_error_message='Write an address that begins with https://.'),
        ),
        id_view(
            "meeting_forms",
            MEETING_FORMS,
            reads=("bookings_meeting", "bookings_chain", "bookings_party", "agencies_siteday", "agencies_location"),
            guarded=("bookings_meeting", "bookings_chain", "bookings_party"),
        ),
        migrations.RunSQL(SEATS, DROP_SEATS),
        question("sees_group", "sought bigint", GROUP_HERE),
        question("keeps_group", "sought bigint", KEEPS_GROUP),
        door("bookings_claim", "door_group_sees", command="SELECT", when="group_id IS NOT NULL AND sees_group(group_id)"),
        door("bookings_claim", "door_group_makes", command="INSERT", when="group_id IS NOT NULL AND keeps_group(group_id)"),
        door("bookings_claim", "door_group_removes", command="DELETE", when="group_id IS NOT NULL AND keeps_group(group_id)"),
    ]
