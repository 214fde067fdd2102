"""The messages to families, and their contacts to which nothing goes any more."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from agencies.walls import belongs, door, guard, question

OURS = "viewer_agency() IS NOT NULL AND owns_party(party_id)"
TO_THEM = "is_to_party(party_id, link_id, newcomer_id)"
# Who gives or takes back a consent by the link asks for its receipt, and for nothing else.
RECEIPT = "viewer_code() IS NOT NULL AND kind = 'receipt' AND holds_code_of_party(party_id)"
ASKS_RECEIPT = "viewer_code() IS NOT NULL AND kind = 'bookings.message' AND asks_receipt(subject, agency_id)"
# What a gateway tells of a message, or somebody answers, is written by nobody of an agency.
GATEWAY = "viewer_role() = 'outbox'"
WHEN_DUE = "viewer_role() = 'retention' AND sees_party(party_id)"
WALLS = [
    question(
        "is_to_party",
        "of_party bigint, of_link bigint, of_newcomer bigint",
        """(of_link IS NULL OR EXISTS (
            SELECT FROM bookings_link link JOIN bookings_chain chain ON chain.id = link.chain_id
            WHERE link.id = of_link AND chain.party_id = of_party
        )) AND (of_newcomer IS NULL OR EXISTS (
            SELECT FROM bookings_newcomer newcomer WHERE newcomer.id = of_newcomer
        ))""",
    ),
    guard("bookings_message", read="owns_party(party_id)", write=f"{OURS} AND {TO_THEM}"),
    belongs("bookings_message", "message_of_the_chains_party", "chain_id", "bookings_chain"),
    door("bookings_message", "link_select", command="SELECT", when=RECEIPT),
    door("bookings_message", "link_insert", command="INSERT", when=f"{RECEIPT} AND state = 'planned' AND {TO_THEM}"),
    door("bookings_message", "outbox_select", command="SELECT", when=GATEWAY),
    door("bookings_message", "outbox_update", command="UPDATE", when=GATEWAY),
    door("bookings_message", "retention_select", command="SELECT", when=WHEN_DUE),
    door("bookings_message", "retention_delete", command="DELETE", when=WHEN_DUE),
    guard("bookings_contactblock", read="owns_party(party_id)", write=OURS),
    door("bookings_contactblock", "outbox_select", command="SELECT", when=GATEWAY),
    door("bookings_contactblock", "outbox_insert", command="INSERT", when=GATEWAY),
    door("bookings_contactblock", "retention_select", command="SELECT", when=WHEN_DUE),
    door("bookings_contactblock", "retention_delete", command="DELETE", when=WHEN_DUE),
    question(
        "asks_receipt",
        "sought bigint, of_agency bigint",
        """EXISTS (
            SELECT FROM bookings_message message JOIN bookings_party party ON party.id = message.party_id
            WHERE message.id = sought AND message.kind = 'receipt' AND party.owner_id = of_agency
        )""",
    ),
    door("agencies_dispatch", "link_select", command="SELECT", when=ASKS_RECEIPT),
    door("agencies_dispatch", "link_insert", command="INSERT", when=f"{ASKS_RECEIPT} AND state = 'due'"),
]


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0029_reminder_times'),
        ('bookings', '0047_ask_of_a_shift'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('sms', 'text message'), ('email', 'e-mail'), ('letter', 'letter')], max_length=6, verbose_name='channel')),
                ('digest', models.CharField(max_length=64, verbose_name='digest of the address')),
                ('why', models.CharField(choices=[('stopped', 'asked for no more messages'), ('bounced', 'nothing arrives there'), ('wrong', "is somebody else's")], max_length=7, verbose_name='why')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='lifted')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_blocks', to='bookings.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'closed contact',
                'verbose_name_plural': 'closed contacts',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('party', 'channel', 'digest'), name='contact_block_once', violation_error_message='That contact is closed already.')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version of the summons')),
                ('kind', models.CharField(choices=[('summons', 'summons'), ('change', 'change'), ('cancellation', 'cancellation'), ('reminder_week', 'reminder some days before'), ('reminder_day', 'reminder shortly before'), ('reminder_morning', 'reminder the same morning'), ('receipt', 'receipt'), ('missed', 'a new day after a missed one')], max_length=16, verbose_name='kind')),
                ('channel', models.CharField(choices=[('sms', 'text message'), ('email', 'e-mail'), ('letter', 'letter')], max_length=6, verbose_name='channel')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key of the message')),
                ('planned_at', models.DateTimeField(verbose_name='planned')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('sent', 'sent'), ('delivered', 'has arrived'), ('failed', 'has failed'), ('dropped', 'not sent')], default='planned', max_length=9, verbose_name='state')),
                ('why', models.CharField(blank=True, max_length=30, verbose_name='why')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('address_digest', models.CharField(blank=True, max_length=64, verbose_name='digest of the address')),
                ('provider_id', models.CharField(blank=True, max_length=100, verbose_name='number at the gateway')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='handled')),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='bookings.chain', verbose_name='chain')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handled by')),
                ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='bookings.link', verbose_name='link')),
                ('newcomer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.newcomer', verbose_name='recipient')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='bookings.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['due_at', 'pk'],
                'indexes': [models.Index(fields=['chain', 'due_at'], name='message_by_chain'), models.Index(condition=models.Q(('handled_at', None), ('state', 'failed')), fields=['due_at'], name='message_failed'), models.Index(condition=models.Q(('address_digest', ''), _negated=True), fields=['address_digest'], name='message_by_address'), models.Index(condition=models.Q(('provider_id', ''), _negated=True), fields=['provider_id'], name='message_by_provider_id')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('kind', 'receipt'), _negated=True), models.Q(('link__isnull', False), ('channel', 'letter'), _connector='OR')), fields=('chain', 'link', 'version', 'kind', 'channel'), name='message_once_per_version', nulls_distinct=False, violation_error_message='That message is there already.'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state__in', ['sent', 'delivered'])), models.Q(('sent_at', None), ('state__in', ['planned', 'dropped'])), ('state', 'failed'), _connector='OR'), name='message_is_sent_at_a_time', violation_error_message='What was sent has a time, what was not has none.'), models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('state__in', ['failed', 'dropped']), _negated=True), _connector='OR'), name='message_says_why_not', violation_error_message='What did not go out says why.'), models.CheckConstraint(condition=models.Q(models.Q(('handled_at', None), ('handled_by', None)), models.Q(('handled_at__isnull', False), ('handled_by__isnull', False), ('state', 'failed')), _connector='OR'), name='message_handled_when_failed', violation_error_message='What has failed is handled by somebody.')],
            },
        ),
        *WALLS,
    ]
