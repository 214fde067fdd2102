"""Orders of interpreters beside the meetings: minutes by agency, and which order serves a chain from outside."""

import django.db.models.deletion
from django.db import migrations, models

from agencies.walls import door, falls_with, guard, id_view, question

READ = (
    "bookings_meeting",
    "bookings_chain",
    "bookings_party",
    "bookings_chainorder",
    "bookings_claim",
    "interpreters_interpreter",
    "interpreters_interpreterorder",
    "agencies_siteday",
    "agencies_location",
)
# An order's meetings are those that claim its interpreter within its hours, and those of the chains that it serves
# from outside, which have no interpreter of ours: none is both.
ORDER_MINUTES = """
    SELECT met.order_id, met.agency_id, sum(extract(epoch FROM met.until - met.since))::integer / 60 AS minutes
    FROM (
        SELECT orders.id AS order_id, meeting.agency_id, greatest(meeting.starts_at, orders.starts_at) AS since,
               least(meeting.ends_at, orders.ends_at) AS until
        FROM interpreters_interpreterorder orders
        JOIN interpreters_interpreter interpreter ON interpreter.id = orders.interpreter_id
        JOIN bookings_claim claim ON claim.resource_id = interpreter.resource_id
         AND claim.period && tstzrange(orders.starts_at, orders.ends_at)
        JOIN bookings_meeting meeting ON meeting.id = claim.meeting_id
        WHERE orders.state <> 'cancelled' AND sees_order_of(orders.site_day_id, orders.agency_id)
        UNION ALL
        SELECT orders.id, meeting.agency_id, greatest(meeting.starts_at, orders.starts_at),
               least(meeting.ends_at, orders.ends_at)
        FROM interpreters_interpreterorder orders
        JOIN bookings_chainorder serves ON serves.order_id = orders.id
        JOIN bookings_chain chain ON chain.id = serves.chain_id AND chain.site_day_id = orders.site_day_id
         AND chain.state <> 'cancelled' AND chain.interpreter_id IS NULL
        JOIN bookings_meeting meeting ON meeting.chain_id = chain.id
        WHERE orders.state <> 'cancelled' AND sees_order_of(orders.site_day_id, orders.agency_id)
    ) met
    WHERE met.until > met.since
    GROUP BY met.order_id, met.agency_id
"""
# As on the board: the coordinator of the site sees that somebody is met, never who; a rare language would tell.
INTERPRETED_MEETINGS = """
    SELECT meeting.id AS meeting_id, chain.id AS chain_id, chain.site_day_id, meeting.agency_id, chain.interpreter_id,
           serves.order_id, chain.outside_interpreter, meeting.starts_at, meeting.ends_at,
           (CASE WHEN party.is_protected AND party.owner_id IS DISTINCT FROM viewer_agency() THEN ''
                 ELSE party.interpreter_language END)::varchar(3) AS language
    FROM bookings_meeting meeting
    JOIN bookings_chain chain ON chain.id = meeting.chain_id AND chain.state <> 'cancelled'
    JOIN bookings_party party ON party.id = chain.party_id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    LEFT JOIN bookings_chainorder serves ON serves.chain_id = chain.id
    WHERE (chain.interpreter_id IS NOT NULL OR chain.outside_interpreter <> '')
      AND location.site_id = ANY(viewer_sites()) AND viewer_role() = 'coordinator'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0036_rosters'),
        ('interpreters', '0003_agreements_and_orders'),
    ]

    operations = [
        migrations.CreateModel(
            name='InterpretedMeeting',
            fields=[
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='bookings.meeting')),
                ('chain_id', models.BigIntegerField()),
                ('order_id', models.BigIntegerField(null=True)),
                ('outside_interpreter', models.CharField(blank=True, choices=[('ordered', 'interpreter ordered outside'), ('confirmed', 'interpreter from outside confirmed')], max_length=9, verbose_name='interpreter from outside')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
            ],
            options={
                'db_table': 'interpreted_meetings',
                'ordering': ['starts_at', 'meeting_id'],
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='OrderMinutes',
            fields=[
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='interpreters.interpreterorder')),
                ('minutes', models.IntegerField()),
            ],
            options={
                'db_table': 'order_minutes',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='ChainOrder',
            fields=[
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='bookings.chain', verbose_name='chain')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='interpreters.interpreterorder', verbose_name='interpreter order')),
            ],
            options={
                'verbose_name': 'order of a chain',
                'verbose_name_plural': 'orders of chains',
            },
        ),
        # Row level security first, so that the views' owner has a policy on each table.
        guard("bookings_chainorder", read="sees_chain(chain_id)", write="owns_chain(chain_id) AND sees_order(order_id)"),
        falls_with("bookings_chainorder", "chain_id", "bookings_chain"),
        id_view(
            "order_minutes",
            ORDER_MINUTES,
            reads=READ,
            guarded=(
                "bookings_meeting",
                "bookings_chain",
                "bookings_chainorder",
                "bookings_claim",
                "interpreters_interpreterorder",
            ),
        ),
        id_view(
            "interpreted_meetings",
            INTERPRETED_MEETINGS,
            reads=READ,
            guarded=("bookings_meeting", "bookings_chain", "bookings_party", "bookings_chainorder"),
        ),
        question(
            "is_interpreted_here",
            "sought bigint",
            "EXISTS (SELECT FROM interpreted_meetings WHERE chain_id = sought)",
        ),
        door("bookings_chainorder", "door_coordinator_sees", command="SELECT", when="is_interpreted_here(chain_id)"),
        door(
            "bookings_chainorder",
            "door_coordinator_makes",
            command="INSERT",
            when="is_interpreted_here(chain_id) AND sees_order(order_id)",
        ),
        door(
            "bookings_chainorder",
            "door_coordinator_changes",
            command="UPDATE",
            when="is_interpreted_here(chain_id) AND sees_order(order_id)",
        ),
        door("bookings_chainorder", "door_coordinator_removes", command="DELETE", when="is_interpreted_here(chain_id)"),
    ]
