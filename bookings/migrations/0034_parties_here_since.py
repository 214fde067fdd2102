"""The view of the parties at the viewer's sites says when each was registered: a list is in order without reading them."""

from django.db import migrations, models

TODAY = "(viewer_moment() AT TIME ZONE 'Europe/Stockholm')::date"
PARTIES_HERE = f"""
    SELECT party.id AS party_id, true AS is_listed, party.registered_at
    FROM bookings_party party
    JOIN bookings_chain chain ON chain.party_id = party.id
    JOIN agencies_siteday day ON day.id = chain.site_day_id
    JOIN agencies_location location ON location.id = day.location_id
    WHERE party.owner_id = viewer_agency() AND location.site_id = ANY(viewer_sites())
    UNION ALL
    SELECT party.id, true, party.registered_at
    FROM bookings_party party
    WHERE party.owner_id = viewer_agency()
      AND NOT EXISTS (SELECT FROM bookings_chain chain WHERE chain.party_id = party.id)
      AND (party.registered_by_id = viewer_user() OR EXISTS (
          SELECT FROM agencies_user_sites works
          WHERE works.user_id = party.registered_by_id AND works.site_id = ANY(viewer_sites())
      ))
    UNION ALL
    SELECT event.party_id, false, party.registered_at
    FROM bookings_event event
    JOIN bookings_party party ON party.id = event.party_id AND party.owner_id = viewer_agency()
    WHERE event.kind = 'crossed' AND event.by_id = viewer_user()
      AND (event.at AT TIME ZONE 'Europe/Stockholm')::date = {TODAY}
"""
RESTATED = f"CREATE OR REPLACE VIEW parties_here WITH (security_barrier) AS {PARTIES_HERE}"


class Migration(migrations.Migration):

    dependencies = [("bookings", "0033_order_by_keys")]

    operations = [
        migrations.RunSQL(
            RESTATED,
            "",
            # Django adds no column to a view; it knows of it all the same.
            state_operations=[
                migrations.DeleteModel("PartyHere"),
                migrations.CreateModel(
                    "PartyHere",
                    fields=[
                        (
                            "party",
                            models.OneToOneField(
                                on_delete=models.DO_NOTHING,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="bookings.party",
                            ),
                        ),
                        ("is_listed", models.BooleanField()),
                        ("registered_at", models.DateTimeField()),
                    ],
                    options={"db_table": "parties_here", "managed": False},
                ),
            ],
        ),
    ]
