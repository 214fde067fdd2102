"""With the paper code an adult says where to be reached; staff are asked to let the messages follow."""

from django.db import migrations, models

from agencies.walls import door, question

STATES = "states_own_contact(party_id, newcomer_id)"
ASKS = "viewer_code() IS NOT NULL AND kind = 'bookings.own_contact' AND asks_for_contact(subject, agency_id)"
WALLS = [
    question(
        "states_own_contact",
        "of_party bigint, of_newcomer bigint",
        """holds_code_of_newcomer(of_newcomer)
           AND EXISTS (SELECT FROM bookings_party WHERE id = of_party AND NOT is_protected)""",
    ),
    door("bookings_owncontact", "link_select", command="SELECT", when="holds_code_of_newcomer(newcomer_id)"),
    door("bookings_owncontact", "link_insert", command="INSERT", when=f"{STATES} AND stated_at IS NOT NULL"),
    door("bookings_owncontact", "link_update", command="UPDATE", when=STATES),
    question(
        "asks_for_contact",
        "sought bigint, of_agency bigint",
        """EXISTS (
            SELECT FROM bookings_owncontact own JOIN bookings_party party ON party.id = own.party_id
            WHERE own.id = sought AND party.owner_id = of_agency AND holds_code_of_newcomer(own.newcomer_id)
        )""",
    ),
    door("agencies_dispatch", "contact_select", command="SELECT", when=ASKS),
    door("agencies_dispatch", "contact_insert", command="INSERT", when=f"{ASKS} AND state = 'due'"),
    # Asked again before it was done: the row that waits serves.
    door("agencies_dispatch", "contact_update", command="UPDATE", when=f"{ASKS} AND state IN ('due', 'sending')"),
]


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0060_replies_by_mail'),
    ]

    operations = [
        migrations.AddField(
            model_name='owncontact',
            name='stated_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='stated by the adult'),
        ),
        *WALLS,
    ]
