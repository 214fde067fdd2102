"""Where the letter sends people, who sends it, and whom they can ask at home."""

from typing import Any

from agencies.models import Agency, Location, Municipality
from bookings.summons.letter import ContactCard, Place, Sender, Wording
from bookings.summons.missing import is_at_home


def place_of(location: Location, language: str) -> Place:
    """The place in the active language, which is the given one; directions in Swedish where it has none."""
    return Place(
        site=f"Mötesplats {location.site.name}",
        name=location.own_name,
        kind=location.get_premises_display(),
        street=location.street,
        town=location.postal_town,
        directions=location.directions,
        directions_language=language if getattr(location, f"directions_{language}") else "sv",
        step_free=location.step_free,
    )


def sender_of(agency: Agency) -> Sender:
    """The agency that summons; a municipality's is reached as the municipality is."""
    reached = agency.municipality or agency
    return Sender(wording(agency, "name"), phone=reached.phone, web=reached.web)


def home_contact(location: Location, home: Municipality) -> ContactCard | None:
    """The home municipality's card, for a family that is summoned to a site elsewhere (kranskommun)."""
    if is_at_home(location, home):
        return None
    return ContactCard(home.name, home.phone, home.email, home.address, home.web)


def wording(row: Any, field: str) -> Wording:
    """A translated field in the active language, and in Swedish."""
    return Wording(getattr(row, field), getattr(row, f"{field}_sv"))
