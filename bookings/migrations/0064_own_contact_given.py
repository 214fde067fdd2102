"""That an own contact was given is recorded, as is what it was before."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0063_known_number'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='owncontact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "bookings_owncontactchange" ("email", "newcomer_id", "party_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (NEW."email", NEW."newcomer_id", NEW."party_id", viewer_moment(), \'insert\', NEW."id", NEW."phone"); RETURN NULL;', hash='49cf20510b4ce0aa61af6b336f3879d0612ae38e', operation='INSERT', pgid='pgtrigger_insert_insert_be4f1', table='bookings_owncontact', when='AFTER')),
        ),
    ]
