"""The demo's streets, telephones and e-mail addresses, all from series kept for fiction, where none is filled in."""

from datetime import time

from agencies.models import Location, Municipality, Site
from agencies.reference import slug

OPENS, CLOSES = time(8), time(16)  # when families may call


def fill_contacts() -> None:
    """Fill in what is blank; change nothing that somebody has written."""
    places = list(Location.objects.filter(street="").select_related("site"))
    for place in places:
        place.street, place.postcode, place.town = "Exempelgatan 1", "602 00", place.site.name
    Location.objects.bulk_update(places, ["street", "postcode", "town"])
    sites = list(Site.objects.filter(phone=""))
    for site in sites:
        site.phone = f"08-465 004 {20 + site.order:02}"
    Site.objects.bulk_update(sites, ["phone"])
    Site.objects.filter(phone_from=None).update(phone_from=OPENS, phone_to=CLOSES)
    homes = list(Municipality.objects.filter(phone="", email="").order_by("code"))
    for number, home in enumerate(homes):
        home.phone = f"031-390 06 {number % 100:02}"
        home.email = f"kommun@{slug(home.short_name)}.example"
    Municipality.objects.bulk_update(homes, ["phone", "email"])
