"""What people answer to e-mails: whose it is, by the key that stands in the address to which it comes."""

from django.db import migrations, models

# Keys alone, for the role that takes replies: the party to which the e-mail of that key went.
RECIPIENTS = migrations.RunSQL(
    """
    CREATE FUNCTION recipients_of(sought uuid)
    RETURNS TABLE (
        party bigint, chain bigint, link bigint, token_hash varchar, language varchar, is_open boolean, digest varchar
    )
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT
            message.party_id, message.chain_id, link.id, link.token_hash, message.language,
            chain.state = 'booked' AND day.closes_at > viewer_moment() AND link.valid_until > viewer_moment(),
            message.address_digest
        FROM bookings_message message
        JOIN bookings_party party ON party.id = message.party_id
          AND NOT party.is_protected AND party.anonymised_at IS NULL
        JOIN bookings_chain chain ON chain.id = message.chain_id
        JOIN agencies_siteday day ON day.id = chain.site_day_id
        JOIN bookings_link link ON link.id = message.link_id
        WHERE viewer_role() = 'replies' AND message.key = sought
          AND message.channel = 'email' AND message.sent_at IS NOT NULL
    $$;
    ALTER FUNCTION recipients_of(uuid) OWNER TO motesplats_views;
    """,
    "DROP FUNCTION recipients_of(uuid);",
)


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0059_own_contacts'),
    ]

    operations = [
        RECIPIENTS,
        migrations.AlterField(
            model_name='reply',
            name='outcome',
            field=models.CharField(choices=[('answered', 'kept as an answer'), ('stopped', 'no more messages to that address'), ('shared', 'several families have that number'), ('late', 'the day has been, or no longer holds'), ('not_taken', 'could not be kept as an answer')], max_length=9, verbose_name='what followed'),
        ),
        migrations.AlterField(
            model_name='reply',
            name='sender',
            field=models.CharField(max_length=64, verbose_name='digest of the address'),
        ),
        migrations.AlterField(
            model_name='summonsanswer',
            name='source',
            field=models.CharField(choices=[('page', 'by the link'), ('sms', 'by text message'), ('email', 'by e-mail'), ('telephone', 'by telephone')], max_length=9, verbose_name='how it came'),
        ),
    ]
