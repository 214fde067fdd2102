"""What a place lacks that a letter cannot do without, until somebody fills it in."""

from django.utils.translation import gettext as _

from agencies.models import Location, Municipality
from agencies.refusals import Refusal
from agencies.sites.missing import missing_of_home, missing_of_place
from bookings.models import Chain


class SiteIncomplete(Refusal):
    """The letter would tell the family neither where to go nor whom to call; `missing` names what is lacking."""

    kind = "site-incomplete"
    status = 409

    def __init__(self, missing: list[str]) -> None:
        super().__init__(_("The letter waits for: %(missing)s.") % {"missing": ", ".join(missing)})
        self.missing = missing


def what_is_missing(*, location: Location, home: Municipality) -> list[str]:
    """What the letter lacks, in the reader's words: the place's address, the site's telephone, the home's contact.

    The letter names the home municipality's contact when the family is summoned to a site elsewhere.
    """
    lacks = [*missing_of_place(location)]
    if not is_at_home(location, home):
        lacks.extend(missing_of_home(home))
    return [lack.words for lack in lacks]


def is_at_home(location: Location, home: Municipality) -> bool:
    """Whether the place is the home municipality's own."""
    return home.is_host and home.site_id == location.site_id


def require_complete(chain: Chain) -> None:
    """Raises SiteIncomplete."""
    missing = what_is_missing(location=chain.site_day.location, home=chain.party.municipality)
    if missing:
        raise SiteIncomplete(missing)
