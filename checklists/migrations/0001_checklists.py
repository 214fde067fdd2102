"""The checklist, its templates, referrals and notes, with the walls that let each agency see its own part."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import guard, id_view, question

# Every door of the checklist. A chain's agencies are those it meets and the one that summons; the viewer sees its own
# part, parts that their agencies disclosed to it while the party does not hide the list, and by own link and code all.
CHECKLIST_PARTS = """
    SELECT chain.id AS chain_id, chain.reference, chain.party_id, seat.agency_id, party.owner_id, chain.track_id,
           location.site_id, seat.agency_id = viewer_agency() AND viewer_agency() IS NOT NULL AS is_own,
           CASE WHEN viewer_agency() IS NULL OR seat.agency_id = viewer_agency() THEN seat.starts_at END AS starts_at,
           (seat.checked_in_at AT TIME ZONE 'Europe/Stockholm')::date AS came_on,
           ARRAY(SELECT person.key FROM bookings_newcomer person WHERE person.party_id = party.id) AS people
    FROM bookings_chain chain
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    CROSS JOIN LATERAL (
        SELECT meeting.agency_id, meeting.starts_at, meeting.checked_in_at
        FROM bookings_meeting meeting WHERE meeting.chain_id = chain.id
        UNION ALL
        SELECT party.owner_id, NULL, NULL WHERE NOT EXISTS (
            SELECT FROM bookings_meeting meeting
            WHERE meeting.chain_id = chain.id AND meeting.agency_id = party.owner_id
        )
    ) seat
    WHERE EXISTS (
        SELECT FROM open_links link WHERE link.chain_id = chain.id AND link.confirmed
    ) OR viewer_role() IN ('caseworker', 'coordinator', 'manager') AND (
        party.owner_id = viewer_agency()
        OR EXISTS (SELECT FROM expected_parties expected WHERE expected.chain_id = chain.id)
    ) AND (
        seat.agency_id = viewer_agency() OR EXISTS (
            SELECT FROM bookings_disclosure open
            WHERE open.party_id = chain.party_id AND open.newcomer_id IS NULL AND open.category = 'checklist'
              AND open.discloser_id = seat.agency_id AND open.agency_id = viewer_agency()
              AND open.site_id = location.site_id AND open.site_id = ANY(viewer_sites())
              AND open.until > viewer_moment()
        ) AND NOT EXISTS (
            SELECT FROM checklists_checklist list
            WHERE list.chain_id = chain.id AND (list.hidden_at IS NOT NULL OR list.deleted_at IS NOT NULL)
        )
    )
"""
READ_BY_VIEW = (
    "bookings_chain", "bookings_party", "bookings_newcomer", "bookings_meeting", "bookings_disclosure",
    "checklists_checklist",
)
QUESTIONS = [
    question("has_own_part", "sought bigint", "EXISTS (SELECT FROM checklist_parts WHERE chain_id = sought AND is_own)"),
    # To its link nothing of a deleted list.
    question(
        "sees_part",
        "of_checklist bigint, of_agency bigint",
        """EXISTS (
            SELECT FROM checklists_checklist list JOIN checklist_parts part ON part.chain_id = list.chain_id
            WHERE list.id = of_checklist AND part.agency_id = of_agency AND (part.is_own OR list.deleted_at IS NULL)
        )""",
    ),
    question(
        "has_own_step",
        "of_checklist bigint, of_agency bigint, of_step bigint",
        """EXISTS (
            SELECT FROM checklists_checklist list JOIN checklist_parts part ON part.chain_id = list.chain_id
            JOIN agencies_agency agency ON agency.id = part.agency_id
            JOIN checklists_step step ON step.template_id = list.template_id AND step.agency_code = agency.code
            WHERE list.id = of_checklist AND part.agency_id = of_agency AND part.is_own AND step.id = of_step
        )""",
    ),
    question(
        "may_start",
        "of_checklist bigint, of_agency bigint, of_kind bigint",
        """EXISTS (
            SELECT FROM checklists_checklist list JOIN checklist_parts part ON part.chain_id = list.chain_id
            JOIN agencies_agency agency ON agency.id = part.agency_id
            JOIN checklists_referralkind kind ON agency.code = ANY(kind.starters)
            WHERE list.id = of_checklist AND part.agency_id = of_agency AND part.is_own AND kind.id = of_kind
        )""",
    ),
    question(
        "is_told_note",
        "of_party bigint",
        """EXISTS (
            SELECT FROM expected_parties expected
            JOIN bookings_disclosure told ON told.party_id = expected.party_id AND told.category = 'note'
            WHERE expected.party_id = of_party AND told.newcomer_id IS NULL AND told.until > viewer_moment()
              AND told.agency_id = viewer_agency() AND told.site_id = ANY(viewer_sites())
        )""",
    ),
]
BY_CODE = "holds_code_of_chain(chain_id)"
BY_PART = "has_own_part(chain_id)"
# The party and its caller write the note; another agency reads it once that is disclosed.
WRITES_NOTE = """
    viewer_role() IN ('caseworker', 'coordinator', 'manager') AND owns_party(party_id)
    OR holds_code_of_party(party_id)
"""
SIGNED = "written_by_id IS NOT DISTINCT FROM viewer_user()"

WALLS = [
    id_view(
        "checklist_parts",
        CHECKLIST_PARTS,
        reads=(*READ_BY_VIEW, "agencies_siteday", "agencies_location"),
        guarded=READ_BY_VIEW,
    ),
    *QUESTIONS,
    guard("checklists_checklist", read=f"{BY_PART} OR {BY_CODE}", write=f"{BY_PART} OR {BY_CODE}"),
    guard(
        "checklists_tick",
        read="sees_part(checklist_id, agency_id)",
        write="has_own_step(checklist_id, agency_id, step_id)",
    ),
    guard(
        "checklists_referral",
        read="sees_part(checklist_id, agency_id)",
        write="may_start(checklist_id, agency_id, kind_id)",
    ),
    guard("checklists_note", read=f"{WRITES_NOTE} OR is_told_note(party_id)", write=WRITES_NOTE),
    # Only the party hides its checklist; what was ticked stays as history; only who writes a note signs it.
    migrations.RunSQL(
        f"""
        ALTER POLICY make ON checklists_checklist
            WITH CHECK ({BY_PART} AND hidden_at IS NULL AND deleted_at IS NULL OR {BY_CODE});
        ALTER POLICY change ON checklists_checklist USING ({BY_CODE}) WITH CHECK ({BY_CODE});
        ALTER POLICY remove ON checklists_checklist USING ({BY_CODE});
        ALTER POLICY remove ON checklists_tick USING (false);
        ALTER POLICY remove ON checklists_referral USING (false);
        ALTER POLICY make ON checklists_note WITH CHECK (({WRITES_NOTE}) AND {SIGNED});
        ALTER POLICY change ON checklists_note USING ({WRITES_NOTE}) WITH CHECK (({WRITES_NOTE}) AND {SIGNED});
        """
    ),
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0002_viewer_functions'),
        ('bookings', '0002_doors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Part',
            fields=[
                ('pk', models.CompositePrimaryKey('chain_id', 'agency_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('chain_id', models.BigIntegerField()),
                ('reference', models.CharField(max_length=7, verbose_name='reference')),
                ('party_id', models.BigIntegerField()),
                ('is_own', models.BooleanField()),
                ('starts_at', models.DateTimeField(null=True, verbose_name='starts')),
                ('came_on', models.DateField(null=True, verbose_name='checked in')),
                ('people', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None, verbose_name='people')),
            ],
            options={
                'db_table': 'checklist_parts',
                'ordering': ['starts_at', 'agency'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, verbose_name='state of the text')),
                ('state_sv', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_en', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_ar', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_prs', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_so', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_ti', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('code', models.SlugField(max_length=20, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('name_sv', models.CharField(max_length=60, null=True, verbose_name='name')),
                ('name_en', models.CharField(max_length=60, null=True, verbose_name='name')),
                ('name_ar', models.CharField(max_length=60, null=True, verbose_name='name')),
                ('name_prs', models.CharField(max_length=60, null=True, verbose_name='name')),
                ('name_so', models.CharField(max_length=60, null=True, verbose_name='name')),
                ('name_ti', models.CharField(max_length=60, null=True, verbose_name='name')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
            ],
            options={
                'verbose_name': 'outcome',
                'verbose_name_plural': 'outcomes',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ReferralKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, verbose_name='state of the text')),
                ('state_sv', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_en', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_ar', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_prs', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_so', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_ti', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('name_sv', models.CharField(max_length=80, null=True, verbose_name='name')),
                ('name_en', models.CharField(max_length=80, null=True, verbose_name='name')),
                ('name_ar', models.CharField(max_length=80, null=True, verbose_name='name')),
                ('name_prs', models.CharField(max_length=80, null=True, verbose_name='name')),
                ('name_so', models.CharField(max_length=80, null=True, verbose_name='name')),
                ('name_ti', models.CharField(max_length=80, null=True, verbose_name='name')),
                ('purpose', models.CharField(max_length=200, verbose_name='what it is for')),
                ('purpose_sv', models.CharField(max_length=200, null=True, verbose_name='what it is for')),
                ('purpose_en', models.CharField(max_length=200, null=True, verbose_name='what it is for')),
                ('purpose_ar', models.CharField(max_length=200, null=True, verbose_name='what it is for')),
                ('purpose_prs', models.CharField(max_length=200, null=True, verbose_name='what it is for')),
                ('purpose_so', models.CharField(max_length=200, null=True, verbose_name='what it is for')),
                ('purpose_ti', models.CharField(max_length=200, null=True, verbose_name='what it is for')),
                ('precondition', models.CharField(max_length=300, verbose_name='what must hold first')),
                ('precondition_sv', models.CharField(max_length=300, null=True, verbose_name='what must hold first')),
                ('precondition_en', models.CharField(max_length=300, null=True, verbose_name='what must hold first')),
                ('precondition_ar', models.CharField(max_length=300, null=True, verbose_name='what must hold first')),
                ('precondition_prs', models.CharField(max_length=300, null=True, verbose_name='what must hold first')),
                ('precondition_so', models.CharField(max_length=300, null=True, verbose_name='what must hold first')),
                ('precondition_ti', models.CharField(max_length=300, null=True, verbose_name='what must hold first')),
                ('started_by', models.CharField(max_length=120, verbose_name='who starts it')),
                ('started_by_sv', models.CharField(max_length=120, null=True, verbose_name='who starts it')),
                ('started_by_en', models.CharField(max_length=120, null=True, verbose_name='who starts it')),
                ('started_by_ar', models.CharField(max_length=120, null=True, verbose_name='who starts it')),
                ('started_by_prs', models.CharField(max_length=120, null=True, verbose_name='who starts it')),
                ('started_by_so', models.CharField(max_length=120, null=True, verbose_name='who starts it')),
                ('started_by_ti', models.CharField(max_length=120, null=True, verbose_name='who starts it')),
                ('starters', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), blank=True, default=list, size=None, verbose_name='agencies that may start it')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
            ],
            options={
                'verbose_name': 'kind of referral',
                'verbose_name_plural': 'kinds of referrals',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Template',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('valid_from', models.DateField(help_text='Until the next version.', verbose_name='valid from')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('site', models.ForeignKey(blank=True, help_text='Empty: for every site without one of its own.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
                ('track', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.track', verbose_name='track')),
            ],
            options={
                'verbose_name': 'template of a checklist',
                'verbose_name_plural': 'templates of checklists',
                'ordering': ['track', 'site', '-version'],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, verbose_name='state of the text')),
                ('state_sv', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_en', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_ar', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_prs', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_so', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('state_ti', models.CharField(choices=[('draft', 'draft'), ('checked', 'checked')], default='draft', max_length=8, null=True, verbose_name='state of the text')),
                ('agency_code', models.CharField(choices=[('MIG', 'Swedish Migration Agency'), ('AF', 'Swedish Public Employment Service'), ('FK', 'Swedish Social Insurance Agency'), ('PM', 'Swedish Pensions Agency'), ('SKV', 'Swedish Tax Agency'), ('KOM', 'Municipality')], max_length=3, verbose_name='agency')),
                ('key', models.SlugField(max_length=30, verbose_name='key')),
                ('text', models.CharField(max_length=120, verbose_name='step')),
                ('text_sv', models.CharField(max_length=120, null=True, verbose_name='step')),
                ('text_en', models.CharField(max_length=120, null=True, verbose_name='step')),
                ('text_ar', models.CharField(max_length=120, null=True, verbose_name='step')),
                ('text_prs', models.CharField(max_length=120, null=True, verbose_name='step')),
                ('text_so', models.CharField(max_length=120, null=True, verbose_name='step')),
                ('text_ti', models.CharField(max_length=120, null=True, verbose_name='step')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('by_check_in', models.BooleanField(default=False, verbose_name='done when the party is checked in')),
                ('outcomes', models.ManyToManyField(blank=True, related_name='+', to='checklists.outcome', verbose_name='outcomes')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='checklists.template', verbose_name='template of a checklist')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Checklist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField(verbose_name='opened')),
                ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='hidden')),
                ('deleted_at', models.DateTimeField(blank=True, null=True, verbose_name='deleted')),
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.chain', verbose_name='chain')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='checklists.template', verbose_name='template of a checklist')),
            ],
            options={
                'verbose_name': 'checklist',
                'verbose_name_plural': 'checklists',
                'ordering': ['-opened_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Tick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done_on', models.DateField(verbose_name='done')),
                ('ticked_at', models.DateTimeField(verbose_name='ticked')),
                ('taken_back_at', models.DateTimeField(blank=True, null=True, verbose_name='taken back')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='agency')),
                ('checklist', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ticks', to='checklists.checklist', verbose_name='checklist')),
                ('outcome', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='checklists.outcome', verbose_name='outcome')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='checklists.step', verbose_name='step')),
                ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken back by')),
                ('ticked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ticked by')),
            ],
            options={
                'verbose_name': 'tick',
                'verbose_name_plural': 'ticks',
                'ordering': ['ticked_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='note before the meeting')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.party', verbose_name='party')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'note before the meeting',
                'verbose_name_plural': 'notes before the meeting',
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_says_something', violation_error_message='A note says something.')],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_on', models.DateField(verbose_name='started')),
                ('precondition_holds', models.BooleanField(verbose_name='the precondition holds')),
                ('referred_at', models.DateTimeField(verbose_name='referred')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='agency')),
                ('checklist', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='checklists.checklist', verbose_name='checklist')),
                ('referred_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='referred by')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='checklists.referralkind', verbose_name='kind')),
            ],
            options={
                'verbose_name': 'referral',
                'verbose_name_plural': 'referrals',
                'ordering': ['referred_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('checklist', 'kind', 'agency'), name='referral_once_per_kind', violation_error_message='Your agency has already started that.'), models.CheckConstraint(condition=models.Q(('precondition_holds', True)), name='referral_has_its_precondition', violation_error_message='First make sure that the precondition holds.')],
            },
        ),
        migrations.AddConstraint(
            model_name='template',
            constraint=models.UniqueConstraint(fields=('site', 'track', 'version'), name='template_one_of_each_version', nulls_distinct=False, violation_error_message='That version is already there.'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('template', 'key'), name='step_once_per_template', violation_error_message='That step is already there.'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='step_has_a_text', violation_error_message='A step needs a text.'),
        ),
        migrations.AddConstraint(
            model_name='tick',
            constraint=models.UniqueConstraint(condition=models.Q(('taken_back_at', None)), fields=('checklist', 'step', 'agency'), name='tick_once_per_step', violation_error_message='That step is already ticked.'),
        ),
        migrations.AddConstraint(
            model_name='tick',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_by', None)), models.Q(('taken_back_at__gte', models.F('ticked_at')), ('taken_back_by__isnull', False)), _connector='OR'), name='tick_is_taken_back_by_somebody', violation_error_message='A tick is taken back by somebody, and after it was made.'),
        ),
    ] + WALLS
