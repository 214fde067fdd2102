"""The answers of families to their summons: each adult sees the own, the party's agency all of them."""

import agencies.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from agencies.walls import belongs, door, guard, question

OWN = "viewer_link() IS NOT NULL AND holds_own_link(link_id)"
REPLACES_OWN = "viewer_link() IS NOT NULL AND answers_for_link(link_id, chain_id, party_id, newcomer_id)"
GIVES_OWN = f"{REPLACES_OWN} AND given_by_id IS NULL AND settled_by_id IS NULL"
TAKES_DOWN = "viewer_agency() IS NOT NULL AND owns_party(party_id) AND is_to_party(party_id, link_id, newcomer_id)"
WHEN_DUE = "viewer_role() = 'retention' AND sees_party(party_id)"
WALLS = [
    question("holds_own_link", "sought bigint", "EXISTS (SELECT FROM open_links WHERE link_id = sought)"),
    question(
        "answers_for_link",
        "of_link bigint, of_chain bigint, of_party bigint, of_newcomer bigint",
        """EXISTS (
            SELECT FROM open_links open
            WHERE open.link_id = of_link AND open.chain_id = of_chain AND open.party_id = of_party
              AND open.newcomer_id = of_newcomer
        )""",
    ),
    guard("bookings_summonsanswer", read="viewer_agency() IS NOT NULL AND owns_party(party_id)", write=TAKES_DOWN),
    belongs("bookings_summonsanswer", "answer_of_the_chains_party", "chain_id", "bookings_chain"),
    door("bookings_summonsanswer", "link_select", command="SELECT", when=OWN),
    door("bookings_summonsanswer", "link_insert", command="INSERT", when=GIVES_OWN),
    door("bookings_summonsanswer", "link_update", command="UPDATE", when=REPLACES_OWN),
    door("bookings_summonsanswer", "retention_select", command="SELECT", when=WHEN_DUE),
    door("bookings_summonsanswer", "retention_delete", command="DELETE", when=WHEN_DUE),
]


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0048_messages'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SummonsAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('yes', 'is coming'), ('another_time', 'needs another time'), ('help', 'wishes to be called back')], max_length=12, verbose_name='answer')),
                ('why', models.CharField(blank=True, choices=[('ill', 'somebody is ill'), ('children', 'the children'), ('work', 'work or a course'), ('journey', 'the journey'), ('papers', 'papers are missing'), ('other', 'something else')], max_length=8, verbose_name='why')),
                ('text', models.CharField(blank=True, max_length=300, validators=[agencies.validators.validate_plain], verbose_name='in own words')),
                ('call_language', models.CharField(blank=True, max_length=3, verbose_name='language of the call')),
                ('call_period', models.CharField(blank=True, choices=[('morning', 'morning'), ('afternoon', 'afternoon')], max_length=9, verbose_name='time of the call')),
                ('call_number', models.CharField(blank=True, max_length=20, verbose_name='number to call')),
                ('source', models.CharField(choices=[('page', 'by the link'), ('sms', 'by text message'), ('telephone', 'by telephone')], max_length=9, verbose_name='how it came')),
                ('given_at', models.DateTimeField(verbose_name='given')),
                ('replaced_at', models.DateTimeField(blank=True, null=True, verbose_name='replaced or taken back')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='bookings.chain', verbose_name='chain')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken down by')),
                ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='bookings.link', verbose_name='link')),
                ('newcomer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bookings.newcomer', verbose_name='who answered')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='bookings.party', verbose_name='party')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ['given_at', 'pk'],
                'indexes': [models.Index(fields=['chain', 'given_at'], name='answer_by_chain'), models.Index(condition=models.Q(('replaced_at', None), ('settled_at', None), models.Q(('kind', 'yes'), _negated=True)), fields=['given_at'], name='answer_waits')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None), models.Q(('kind', 'help'), _negated=True)), fields=('chain', 'newcomer'), name='answer_one_holds', violation_error_message='Another answer holds already.'), models.UniqueConstraint(condition=models.Q(('kind', 'help'), ('replaced_at', None)), fields=('chain', 'newcomer'), name='answer_one_call', violation_error_message='A call back is asked for already.'), models.CheckConstraint(condition=models.Q(models.Q(('call_language', ''), ('call_number', ''), ('call_period', '')), ('kind', 'help'), _connector='OR'), name='answer_call_is_for_help', violation_error_message='Only whoever wishes a call says when and how.'), models.CheckConstraint(condition=models.Q(('settled_by', None), ('settled_at__isnull', False), _connector='OR'), name='answer_settled_at_a_time', violation_error_message='What is settled has a time.'), models.CheckConstraint(condition=models.Q(models.Q(('given_by__isnull', False), ('source', 'telephone')), models.Q(models.Q(('source', 'telephone'), _negated=True), ('given_by', None)), _connector='OR'), name='answer_by_telephone_is_taken_down', violation_error_message='Staff take down what is said by telephone, and nothing else.')],
            },
        ),
        *WALLS,
    ]
