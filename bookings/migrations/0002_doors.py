"""Doors in the walls: what another agency of the chain, a coordinator or a host sees; and the consented disclosures."""

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import door, guard, id_view, question

# A link's life ends with its letter's use; the paper code makes its holder's identity as sure as the letter's delivery.
OPEN_LINKS = """
    SELECT link.token_hash, link.chain_id, chain.party_id, link.id AS link_id, link.newcomer_id,
           link.code_hash <> '' AND link.code_hash = viewer_code() AS confirmed
    FROM bookings_link link
    JOIN bookings_chain chain ON chain.id = link.chain_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    WHERE link.token_hash = viewer_link() AND day.closes_at + interval '90 days' > viewer_moment()
"""


def aged(first, last):
    """How many of the party are of these ages on the meeting's day."""
    return f"""(
        SELECT count(*)::integer FROM bookings_newcomer person
        WHERE person.party_id = chain.party_id
          AND date_part('year', age(day.date, person.birth_date)) BETWEEN {first} AND {last}
    )"""


EXPECTED_PARTIES = f"""
    SELECT meeting.id AS meeting_id, meeting.chain_id, chain.party_id, chain.reference AS chain_reference,
           party.reference AS party_reference, chain.state, meeting.agency_id, party.owner_id, chain.site_day_id,
           day.date,
           meeting.caseworker_id, meeting.room_id, chain.interpreter_id, meeting.who, meeting.starts_at,
           meeting.ends_at, meeting.checked_in_at, party.language, party.step_free, party.extra_time,
           party.caseworker_sex, party.interpreter_sex, {aged(0, 5)} AS infants, {aged(6, 17)} AS children,
           {aged(18, 64)} AS adults, {aged(65, 200)} AS seniors
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE meeting.agency_id = viewer_agency() AND location.site_id = ANY(viewer_sites())
      AND viewer_role() IN ('caseworker', 'coordinator', 'manager')
"""

OCCUPIED_DESKS = """
    SELECT meeting.id AS meeting_id, chain.reference AS chain_reference, meeting.agency_id, chain.site_day_id,
           meeting.caseworker_id, meeting.room_id, meeting.starts_at, meeting.ends_at, meeting.checked_in_at
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE location.site_id = ANY(viewer_sites()) AND viewer_role() IN ('coordinator', 'host')
"""

READ_BY_VIEWS = ("bookings_meeting", "bookings_party", "bookings_newcomer", "agencies_siteday", "agencies_location")

QUESTIONS = [
    question("sees_party", "sought bigint", "EXISTS (SELECT FROM bookings_party WHERE id = sought)"),
    question("sees_newcomer", "sought bigint", "EXISTS (SELECT FROM bookings_newcomer WHERE id = sought)"),
    question("sees_chain", "sought bigint", "EXISTS (SELECT FROM bookings_chain WHERE id = sought)"),
    question("sees_meeting", "sought bigint", "EXISTS (SELECT FROM bookings_meeting WHERE id = sought)"),
    question("sees_summons", "sought bigint", "EXISTS (SELECT FROM bookings_summons WHERE id = sought)"),
    question(
        "owns_party",
        "sought bigint",
        "EXISTS (SELECT FROM bookings_party WHERE id = sought AND owner_id = viewer_agency())",
    ),
    question(
        "owns_chain",
        "sought bigint",
        "EXISTS (SELECT FROM bookings_chain chain WHERE chain.id = sought AND owns_party(chain.party_id))",
    ),
    question(
        "owns_meeting",
        "sought bigint",
        "EXISTS (SELECT FROM bookings_meeting meeting WHERE meeting.id = sought AND owns_chain(meeting.chain_id))",
    ),
    question(
        "holds_link_of_party",
        "sought bigint",
        "viewer_link() IS NOT NULL AND EXISTS (SELECT FROM open_links WHERE party_id = sought)",
    ),
    question(
        "holds_code_of_party",
        "sought bigint",
        "viewer_code() IS NOT NULL AND EXISTS (SELECT FROM open_links WHERE party_id = sought AND confirmed)",
    ),
    question(
        "holds_code_of_chain",
        "sought bigint",
        "viewer_code() IS NOT NULL AND EXISTS (SELECT FROM open_links WHERE chain_id = sought AND confirmed)",
    ),
    question(
        "is_met_in", "sought bigint", "EXISTS (SELECT FROM expected_parties WHERE meeting_id = sought)"
    ),
    question(
        "is_met_by_chain", "sought bigint", "EXISTS (SELECT FROM expected_parties WHERE chain_id = sought)"
    ),
    question(
        "is_met_by_party", "sought bigint", "EXISTS (SELECT FROM expected_parties WHERE party_id = sought)"
    ),
    question(
        "is_told_names",
        "of_party bigint, of_newcomer bigint",
        """EXISTS (
            SELECT FROM bookings_disclosure
            WHERE party_id = of_party AND category = 'names' AND until > viewer_moment()
              AND (newcomer_id IS NULL OR newcomer_id = of_newcomer)
              AND agency_id = viewer_agency() AND site_id = ANY(viewer_sites())
        ) AND is_met_by_party(of_party)""",
    ),
    question(
        "is_told_meetings",
        "of_chain bigint",
        """EXISTS (
            SELECT FROM expected_parties expected
            JOIN bookings_disclosure told ON told.party_id = expected.party_id AND told.category = 'meetings'
            WHERE expected.chain_id = of_chain AND told.until > viewer_moment()
              AND told.agency_id = viewer_agency() AND told.site_id = ANY(viewer_sites())
        )""",
    ),
    question(
        "has_checked_in",
        "of_party bigint, by_owner bigint, to_end timestamptz",
        """EXISTS (
            SELECT FROM expected_parties expected JOIN agencies_siteday day ON day.id = expected.site_day_id
            WHERE expected.party_id = of_party AND expected.owner_id = by_owner
              AND expected.checked_in_at IS NOT NULL AND to_end <= day.closes_at + interval '1 day'
        )""",
    ),
]

RECEIVED = "agency_id = viewer_agency() AND site_id = ANY(viewer_sites())"
# Steps belong to the agency that ticks them, all else to the agency that summons.
BY_DISCLOSER = """
    discloser_id = viewer_agency()
    AND (owns_party(party_id) OR category = 'checklist' AND is_met_by_party(party_id))
"""
AT_THE_DESK = """
    source = 'check_in' AND category = 'names' AND has_checked_in(party_id, discloser_id, until)
"""
CHECKED_IN_BY_ONESELF = "kind = 'checked_in' AND by_id = viewer_user() AND is_met_by_chain(chain_id)"


def stands_with(table, sees):
    """The policies of the first walls, asked as questions; what a row is part of decides."""
    write = f"viewer_agency() IS NOT NULL AND {sees}"
    return migrations.RunSQL(
        f"""
        ALTER POLICY see ON {table} USING ({sees});
        ALTER POLICY make ON {table} WITH CHECK ({write});
        ALTER POLICY change ON {table} USING ({write}) WITH CHECK ({write});
        ALTER POLICY remove ON {table} USING ({write});
        """
    )


DOORS = [
    migrations.RunSQL("DROP POLICY open_links ON bookings_link; DROP POLICY open_links ON bookings_chain;"),
    migrations.RunSQL(
        "ALTER POLICY see ON bookings_party USING (owner_id = viewer_agency());"
        " GRANT SELECT ON bookings_party, agencies_siteday TO motesplats_views; DROP VIEW open_links;"
    ),
    id_view(
        "open_links",
        OPEN_LINKS,
        reads=("bookings_link", "bookings_chain", "agencies_siteday"),
        guarded=("bookings_link", "bookings_chain"),
    ),
    id_view(
        "expected_parties",
        EXPECTED_PARTIES,
        reads=READ_BY_VIEWS,
        guarded=("bookings_meeting", "bookings_chain", "bookings_party", "bookings_newcomer"),
    ),
    id_view(
        "occupied_desks",
        OCCUPIED_DESKS,
        reads=READ_BY_VIEWS,
        guarded=("bookings_meeting", "bookings_chain"),
    ),
    *QUESTIONS,
    stands_with("bookings_newcomer", "sees_party(party_id)"),
    stands_with("bookings_stopchoice", "sees_party(party_id)"),
    stands_with("bookings_chain", "sees_party(party_id)"),
    stands_with("bookings_event", "sees_party(party_id)"),
    stands_with("bookings_meeting", "sees_chain(chain_id)"),
    stands_with("bookings_summons", "sees_chain(chain_id)"),
    stands_with("bookings_link", "sees_chain(chain_id)"),
    stands_with("bookings_summonscopy", "sees_summons(summons_id)"),
    stands_with("bookings_claim", "sees_meeting(meeting_id)"),
    # A meeting can now be seen by whom it is with; what it holds is still its chain's.
    migrations.RunSQL(
        """
        ALTER POLICY make ON bookings_claim WITH CHECK (owns_meeting(meeting_id));
        ALTER POLICY change ON bookings_claim USING (owns_meeting(meeting_id)) WITH CHECK (owns_meeting(meeting_id));
        ALTER POLICY remove ON bookings_claim USING (owns_meeting(meeting_id));
        """
    ),
    guard(
        "bookings_disclosure",
        read=f"discloser_id = viewer_agency() OR ({RECEIVED}) OR sees_party(party_id)",
        write=f"({BY_DISCLOSER}) OR holds_code_of_party(party_id)",
    ),
    door("bookings_party", "door_link", command="SELECT", when="holds_link_of_party(id)"),
    door("bookings_disclosure", "door_visited", command="INSERT", when=f"{RECEIVED} AND {AT_THE_DESK}"),
    door("bookings_newcomer", "door_told", command="SELECT", when="is_told_names(party_id, id)"),
    door("bookings_meeting", "door_told", command="SELECT", when="is_told_meetings(chain_id)"),
    door("bookings_meeting", "door_visited", command="SELECT", when="is_met_in(id)"),
    door("bookings_meeting", "door_change", command="UPDATE", when="is_met_in(id)"),
    door("bookings_event", "door_visited", command="SELECT", when=CHECKED_IN_BY_ONESELF),
    door("bookings_event", "door_make", command="INSERT", when=CHECKED_IN_BY_ONESELF),
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_viewer_functions'),
        ('bookings', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExpectedParty',
            fields=[
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='bookings.meeting')),
                ('chain_id', models.BigIntegerField()),
                ('party_id', models.BigIntegerField()),
                ('chain_reference', models.CharField(max_length=7, verbose_name='reference')),
                ('party_reference', models.CharField(max_length=7, verbose_name='reference')),
                ('state', models.CharField(choices=[('booked', 'booked'), ('done', 'done'), ('cancelled', 'cancelled')], max_length=10, verbose_name='state')),
                ('who', models.CharField(choices=[('adults', 'all adults'), ('everyone', 'the whole family, children too'), ('concerned', 'those concerned'), ('one_adult', 'one adult')], max_length=10, verbose_name='who must come')),
                ('date', models.DateField(verbose_name='date')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('checked_in_at', models.DateTimeField(null=True, verbose_name='checked in')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('step_free', models.BooleanField(verbose_name='step-free')),
                ('extra_time', models.BooleanField(verbose_name='extra time')),
                ('caseworker_sex', models.CharField(max_length=1, verbose_name='caseworkers of this sex')),
                ('interpreter_sex', models.CharField(max_length=1, verbose_name='interpreter of this sex')),
                ('infants', models.IntegerField(verbose_name='0–5 years')),
                ('children', models.IntegerField(verbose_name='6–17 years')),
                ('adults', models.IntegerField(verbose_name='18–64 years')),
                ('seniors', models.IntegerField(verbose_name='65 years and older')),
            ],
            options={
                'db_table': 'expected_parties',
                'ordering': ['starts_at', 'meeting'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='OccupiedDesk',
            fields=[
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='bookings.meeting')),
                ('chain_reference', models.CharField(max_length=7, verbose_name='reference')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('checked_in_at', models.DateTimeField(null=True, verbose_name='checked in')),
            ],
            options={
                'db_table': 'occupied_desks',
                'ordering': ['starts_at', 'meeting'],
                'managed': False,
            },
        ),
        migrations.AddField(
            model_name='link',
            name='code_hash',
            field=models.CharField(blank=True, max_length=64, verbose_name='hash of the paper code'),
        ),
        migrations.AddField(
            model_name='newcomer',
            name='key',
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True, verbose_name='key'),
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('names', 'names and birth dates'), ('meetings', "the day's other meetings"), ('checklist', 'steps of the checklist'), ('note', 'the note before the meeting')], max_length=10, verbose_name='category')),
                ('source', models.CharField(choices=[('consent', 'by consent'), ('check_in', 'checked in at the desk')], max_length=10, verbose_name='source')),
                ('given_at', models.DateTimeField(verbose_name='given')),
                ('until', models.DateTimeField(verbose_name='until')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='recipient')),
                ('discloser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='discloser')),
                ('newcomer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='disclosures', to='bookings.newcomer', verbose_name='newcomer')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disclosures', to='bookings.party', verbose_name='party')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'disclosure',
                'verbose_name_plural': 'disclosures',
                'ordering': ['-given_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('party', 'newcomer', 'discloser', 'agency', 'site', 'category', 'source'), name='disclosure_once_each', nulls_distinct=False, violation_error_message='That is already open.'), models.CheckConstraint(condition=models.Q(('given_at__lt', models.F('until'))), name='disclosure_begins_before_it_ends', violation_error_message='A disclosure begins before it ends.'), models.CheckConstraint(condition=models.Q(('discloser', models.F('agency')), _negated=True), name='disclosure_to_another_agency', violation_error_message='An agency discloses nothing to itself.')],
            },
        ),
    ] + DOORS
