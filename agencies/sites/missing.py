"""What a site lacks that a letter cannot do without, until somebody fills it in; in the reader's words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from agencies.models import Location, Municipality, Site


def missing_of_place(location: Location) -> Iterator[str]:
    """The place's address and its site's telephone."""
    if not (location.street and location.postcode and location.town):
        yield _("street, postcode and town of %(place)s") % {"place": f"{location.site}, {location}"}
    if not location.site.phone:
        yield _("the telephone of %(place)s") % {"place": location.site}


def missing_of_home(home: Municipality) -> Iterator[str]:
    """What a family is told to call when it is summoned to a site elsewhere."""
    if not (home.phone or home.email):
        yield _("telephone or e-mail of %(place)s") % {"place": home.name}


def missing_of_site(site: Site) -> list[str]:
    """All that any letter to the site waits for, each thing once."""
    places = (one for location in site.locations.all() for one in missing_of_place(location))
    homes = (home for home in site.municipalities.all() if not home.is_host)
    return list(dict.fromkeys([*places, *(one for home in homes for one in missing_of_home(home))]))
