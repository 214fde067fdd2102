"""The survey after the day; where a link's meetings are held on the day; the extracts that people ask for."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from agencies.walls import diary, door, guard, id_view, question

# With the paper code a person asks, for oneself; the agency that is asked settles it.
OF_AGENCY = "viewer_agency() IS NOT NULL AND agency_id = viewer_agency()"
WHEN_DUE = "viewer_role() = 'retention' AND sees_newcomer(newcomer_id)"
WISHES = [
    question(
        "holds_code_of_newcomer",
        "sought bigint",
        "viewer_code() IS NOT NULL AND EXISTS (SELECT FROM open_links WHERE newcomer_id = sought AND confirmed)",
    ),
    guard("bookings_extractwish", read=OF_AGENCY, write=f"{OF_AGENCY} AND sees_newcomer(newcomer_id)"),
    # An agency settles what it is asked by somebody whose name it may not see yet.
    door("bookings_extractwish", "agency_update", command="UPDATE", when=OF_AGENCY),
    migrations.RunSQL(
        "REVOKE UPDATE ON bookings_extractwish FROM motesplats_app;"
        " GRANT UPDATE (id, settled_at, settled_by_id) ON bookings_extractwish TO motesplats_app;",
        "GRANT UPDATE ON bookings_extractwish TO motesplats_app;",
    ),
    door("bookings_extractwish", "link_select", command="SELECT", when="holds_code_of_newcomer(newcomer_id)"),
    door(
        "bookings_extractwish",
        "link_insert",
        command="INSERT",
        when="holds_code_of_newcomer(newcomer_id) AND settled_at IS NULL",
    ),
    door("bookings_extractwish", "retention_select", command="SELECT", when=WHEN_DUE),
    door("bookings_extractwish", "retention_delete", command="DELETE", when=WHEN_DUE),
]

# Whoever holds a link answers; single answers are read by what counts them, never by a user.
HOLDS_A_LINK = "viewer_link() IS NOT NULL AND EXISTS (SELECT FROM open_links)"

TODAY = "(day.opens_at AT TIME ZONE 'Europe/Stockholm')::date = (viewer_moment() AT TIME ZONE 'Europe/Stockholm')::date"
# A meeting of one adult alone is told to that adult; desk and room are told on the day itself.
LINK_MEETINGS = f"""
    SELECT meeting.id AS meeting_id, link.chain_id, meeting.agency_id, meeting.starts_at, meeting.ends_at,
           CASE WHEN link.confirmed OR {TODAY} THEN meeting.attendance ELSE 'expected' END AS attendance,
           CASE WHEN {TODAY} THEN coalesce(shift.desk, '') ELSE '' END AS desk,
           CASE WHEN {TODAY} THEN coalesce(room.name, '') ELSE '' END AS room
    FROM open_links link
    JOIN bookings_meeting meeting ON meeting.chain_id = link.chain_id
    JOIN bookings_chain chain ON chain.id = link.chain_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    LEFT JOIN agencies_user caseworker ON caseworker.id = meeting.caseworker_id
    LEFT JOIN LATERAL (
        SELECT desk FROM agencies_shift
        WHERE site_day_id = day.id AND resource_id = caseworker.resource_id AND state = 'approved'
        ORDER BY id LIMIT 1
    ) shift ON true
    LEFT JOIN agencies_room room ON room.id = meeting.room_id
    WHERE meeting.person_id IS NULL OR meeting.person_id = link.newcomer_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0034_telephone_hours'),
        ('bookings', '0054_replies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkMeeting',
            fields=[
                ('meeting_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('attendance', models.CharField(max_length=10, verbose_name='attendance')),
                ('desk', models.CharField(max_length=20, verbose_name='desk')),
                ('room', models.CharField(max_length=60, verbose_name='room')),
            ],
            options={
                'db_table': 'link_meetings',
                'ordering': ['starts_at', 'meeting_id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='SurveyMarker',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='digest')),
            ],
            options={
                'verbose_name': 'marker of the survey',
                'verbose_name_plural': 'markers of the survey',
            },
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('month', models.DateField(verbose_name='month')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('track', models.PositiveSmallIntegerField(verbose_name='track')),
                ('purpose', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='knew why')),
                ('interpreter', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='understood the interpreter')),
                ('next_step', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='knows the next step')),
                ('in_control', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='feels in control')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'answer to the survey',
                'verbose_name_plural': 'answers to the survey',
                'ordering': ['month', 'key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('month__day', 1)), name='survey_answer_tells_no_day', violation_error_message='An answer is kept with its month alone.'), models.CheckConstraint(condition=models.Q(('purpose', None), models.Q(('purpose__gte', 1), ('purpose__lte', 4)), _connector='OR'), name='survey_answer_purpose_is_a_face', violation_error_message='There are four faces.'), models.CheckConstraint(condition=models.Q(('interpreter', None), models.Q(('interpreter__gte', 1), ('interpreter__lte', 4)), _connector='OR'), name='survey_answer_interpreter_is_a_face', violation_error_message='There are four faces.'), models.CheckConstraint(condition=models.Q(('next_step', None), models.Q(('next_step__gte', 1), ('next_step__lte', 4)), _connector='OR'), name='survey_answer_next_step_is_a_face', violation_error_message='There are four faces.'), models.CheckConstraint(condition=models.Q(('in_control', None), models.Q(('in_control__gte', 1), ('in_control__lte', 4)), _connector='OR'), name='survey_answer_in_control_is_a_face', violation_error_message='There are four faces.')],
            },
        ),
        diary("bookings_surveyanswer", read="viewer_role() = 'survey'", write=HOLDS_A_LINK),
        diary("bookings_surveymarker", read=HOLDS_A_LINK, write=HOLDS_A_LINK),
        id_view(
            "link_meetings",
            LINK_MEETINGS,
            reads=("bookings_meeting", "bookings_chain", "agencies_siteday", "agencies_shift", "agencies_room"),
            guarded=("bookings_meeting", "bookings_chain"),
        ),
        migrations.CreateModel(
            name='ExtractWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain_reference', models.CharField(max_length=7, verbose_name='reference')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='agency')),
                ('newcomer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extract_wishes', to='bookings.newcomer', verbose_name='newcomer')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
            ],
            options={
                'verbose_name': 'extract that a person asks for',
                'verbose_name_plural': 'extracts that people ask for',
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('newcomer', 'agency'), name='extract_wish_once', violation_error_message='That has been asked for already.'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='extract_wish_is_settled_by_somebody', violation_error_message='What is settled has been settled by somebody.')],
            },
        ),
        *WISHES,
    ]
