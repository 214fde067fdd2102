"""What people answer to text messages, and by which number their party is found."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import belongs, door, guard

OURS = "viewer_agency() IS NOT NULL AND owns_party(party_id)"
ROLE = "viewer_role() = 'replies'"
WHEN_DUE = "viewer_role() = 'retention' AND sees_party(party_id)"
# Keys alone, for the role that takes replies: the parties that were written to at that number and still have it, each
# with its latest text and whether the day of that text still holds.
SENDERS = migrations.RunSQL(
    """
    GRANT SELECT ON bookings_message TO motesplats_views;
    CREATE POLICY senders ON bookings_message FOR SELECT TO motesplats_views USING (true);
    CREATE FUNCTION senders_of(sought text, sought_digest text)
    RETURNS TABLE (party bigint, chain bigint, link bigint, token_hash varchar, language varchar, is_open boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT DISTINCT ON (message.party_id)
            message.party_id, message.chain_id, link.id, link.token_hash, message.language,
            chain.state = 'booked' AND day.closes_at > viewer_moment() AND link.valid_until > viewer_moment()
        FROM bookings_message message
        JOIN bookings_party party ON party.id = message.party_id
          AND party.phone = sought AND NOT party.is_protected AND party.anonymised_at IS NULL
        JOIN bookings_chain chain ON chain.id = message.chain_id
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        JOIN bookings_link link ON link.id = message.link_id
        WHERE viewer_role() = 'replies' AND sought <> '' AND message.address_digest = sought_digest
          AND message.channel = 'sms' AND message.sent_at IS NOT NULL
        ORDER BY message.party_id, 6 DESC, message.sent_at DESC, message.id DESC
    $$;
    ALTER FUNCTION senders_of(text, text) OWNER TO motesplats_views;
    """,
    """
    DROP FUNCTION senders_of(text, text);
    DROP POLICY senders ON bookings_message;
    REVOKE SELECT ON bookings_message FROM motesplats_views;
    """,
)
WALLS = [
    guard("bookings_reply", read="owns_party(party_id)", write=OURS),
    belongs("bookings_reply", "reply_of_the_chains_party", "chain_id", "bookings_chain"),
    door("bookings_reply", "replies_select", command="SELECT", when=ROLE),
    door("bookings_reply", "replies_insert", command="INSERT", when=ROLE),
    door("bookings_reply", "retention_select", command="SELECT", when=WHEN_DUE),
    door("bookings_reply", "retention_delete", command="DELETE", when=WHEN_DUE),
    door("bookings_contactblock", "replies_select", command="SELECT", when=ROLE),
    door("bookings_contactblock", "replies_insert", command="INSERT", when=f"{ROLE} AND why = 'stopped'"),
    SENDERS,
]


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0050_answers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('answered', 'kept as an answer'), ('stopped', 'no more messages to that number'), ('shared', 'several families have that number'), ('late', 'the day has been, or no longer holds'), ('not_taken', 'could not be kept as an answer')], max_length=9, verbose_name='what followed')),
                ('answer', models.CharField(blank=True, max_length=12, verbose_name='answer')),
                ('text', models.CharField(blank=True, max_length=500, verbose_name='text')),
                ('sender', models.CharField(max_length=64, verbose_name='digest of the number')),
                ('said', models.CharField(max_length=64, verbose_name='digest of what was said')),
                ('provider_id', models.CharField(blank=True, max_length=100, verbose_name='number at the gateway')),
                ('language', models.CharField(max_length=3, verbose_name='language')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='handled')),
                ('chain', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='bookings.chain', verbose_name='chain')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handled by')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='bookings.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'reply',
                'verbose_name_plural': 'replies',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['sender'], name='reply_by_sender'), models.Index(condition=models.Q(('handled_at', None), ('outcome__in', ['shared', 'late', 'not_taken'])), fields=['at'], name='reply_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('provider_id', ''), _negated=True), fields=('party', 'provider_id'), name='reply_once', violation_error_message='That reply is there already.'), models.CheckConstraint(condition=models.Q(models.Q(('handled_at', None), ('handled_by', None)), models.Q(('handled_at__isnull', False), ('handled_by__isnull', False)), _connector='OR'), name='reply_handled_by_somebody', violation_error_message='What is handled is handled by somebody.')],
            },
        ),
        *WALLS,
    ]
