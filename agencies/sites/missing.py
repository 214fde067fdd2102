"""What a site lacks that a letter cannot do without, until somebody fills it in; in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.models import Location, Municipality, Site


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing, and where it is filled in: in the place, in the municipality's card, or in the site itself."""

    words: str
    place: Location | None = None
    home: Municipality | None = None

    def __str__(self) -> str:
        return self.words


def missing_of_place(location: Location) -> Iterator[Missing]:
    """The place's address and its site's telephone."""
    if not (location.street and location.postcode and location.town):
        words = _("street, postcode and town of %(place)s") % {"place": f"{location.site}, {location}"}
        yield Missing(words, place=location)
    if not location.site.phone:
        yield Missing(_("the telephone of %(place)s") % {"place": location.site})


def missing_of_home(home: Municipality) -> Iterator[Missing]:
    """What a family is told to call when it is summoned to a site elsewhere."""
    if not (home.phone or home.email):
        yield Missing(_("telephone or e-mail of %(place)s") % {"place": home.name}, home=home)


def missing_of_site(site: Site) -> list[Missing]:
    """All that any letter to the site waits for, each thing once; closed places summon nobody."""
    open_places = (place for place in site.locations.all() if place.state != Site.State.CLOSED)
    places = (one for place in open_places for one in missing_of_place(place))
    homes = (home for home in site.municipalities.all() if not home.is_host)
    return list(dict.fromkeys([*places, *(one for home in homes for one in missing_of_home(home))]))
