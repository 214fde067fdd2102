"""Doors in the walls: what another agency of the chain, a coordinator or a host sees; and the consented disclosures."""

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import door, guard, id_view

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
OWN_PARTY = "EXISTS (SELECT FROM bookings_party party WHERE party.id = bookings_disclosure.party_id AND party.owner_id = viewer_agency())"
BY_CODE = "EXISTS (SELECT FROM open_links WHERE open_links.party_id = bookings_disclosure.party_id AND confirmed)"
# Steps belong to the agency that ticks them, all else to the agency that summons.
BY_DISCLOSER = f"""
    discloser_id = viewer_agency() AND ({OWN_PARTY} OR category = 'checklist' AND EXISTS (
        SELECT FROM expected_parties expected WHERE expected.party_id = bookings_disclosure.party_id
    ))
"""
AT_THE_DESK = """
    source = 'check_in' AND category = 'names' AND agency_id = viewer_agency() AND EXISTS (
        SELECT FROM expected_parties expected JOIN agencies_siteday day ON day.id = expected.site_day_id
        WHERE expected.party_id = bookings_disclosure.party_id AND expected.owner_id = discloser_id
          AND expected.checked_in_at IS NOT NULL AND until <= day.closes_at + interval '1 day'
    )
"""
RECEIVED = "agency_id = viewer_agency() AND site_id = ANY(viewer_sites())"


def expected(table, column, key):
    return f"EXISTS (SELECT FROM expected_parties expected WHERE expected.{key} = {table}.{column})"


def disclosed(category, party):
    return f"""EXISTS (
        SELECT FROM bookings_disclosure open
        WHERE open.party_id = {party} AND open.category = '{category}' AND open.until > viewer_moment()
          AND open.agency_id = viewer_agency() AND open.site_id = ANY(viewer_sites())
    )"""


NAMES_DISCLOSED = """EXISTS (
    SELECT FROM bookings_disclosure open
    WHERE open.party_id = bookings_newcomer.party_id AND open.category = 'names' AND open.until > viewer_moment()
      AND (open.newcomer_id IS NULL OR open.newcomer_id = bookings_newcomer.id)
      AND open.agency_id = viewer_agency() AND open.site_id = ANY(viewer_sites())
)"""
MEETINGS_DISCLOSED = f"""EXISTS (
    SELECT FROM expected_parties expected
    WHERE expected.chain_id = bookings_meeting.chain_id AND {disclosed("meetings", "expected.party_id")}
)"""
CHECKED_IN_BY_ONESELF = f"""
    kind = 'checked_in' AND by_id = viewer_user() AND {expected("bookings_event", "chain_id", "chain_id")}
"""
# A meeting can now be seen by whom it is with; what it holds is still the chain's.
OF_OWN_CHAIN = """
    viewer_agency() IS NOT NULL AND EXISTS (
        SELECT FROM bookings_meeting meeting JOIN bookings_chain chain ON chain.id = meeting.chain_id
        WHERE meeting.id = bookings_claim.meeting_id
    )
"""

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
    door(
        "bookings_party",
        "open_link",
        command="SELECT",
        when="EXISTS (SELECT FROM open_links WHERE open_links.party_id = bookings_party.id)",
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
    guard(
        "bookings_disclosure",
        read=f"discloser_id = viewer_agency() OR ({RECEIVED}) OR {OWN_PARTY} OR EXISTS"
        " (SELECT FROM open_links WHERE open_links.party_id = bookings_disclosure.party_id)",
        write=f"({BY_DISCLOSER}) OR {BY_CODE}",
    ),
    door("bookings_disclosure", "at_the_desk", command="INSERT", when=f"{RECEIVED} AND {AT_THE_DESK}"),
    door("bookings_newcomer", "names_disclosed", command="SELECT", when=NAMES_DISCLOSED),
    door(
        "bookings_meeting",
        "own_meeting",
        command="SELECT",
        when=expected("bookings_meeting", "id", "meeting_id"),
    ),
    door("bookings_meeting", "meetings_disclosed", command="SELECT", when=MEETINGS_DISCLOSED),
    door(
        "bookings_meeting",
        "check_in",
        command="UPDATE",
        when=expected("bookings_meeting", "id", "meeting_id"),
    ),
    door("bookings_event", "own_check_in", command="SELECT", when=CHECKED_IN_BY_ONESELF),
    door("bookings_event", "check_in", command="INSERT", when=CHECKED_IN_BY_ONESELF),
    migrations.RunSQL(
        f"""
        ALTER POLICY make ON bookings_claim WITH CHECK ({OF_OWN_CHAIN});
        ALTER POLICY change ON bookings_claim USING ({OF_OWN_CHAIN}) WITH CHECK ({OF_OWN_CHAIN});
        ALTER POLICY remove ON bookings_claim USING ({OF_OWN_CHAIN});
        """
    ),
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
