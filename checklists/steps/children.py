"""Whether a chain's party has children on its day, as far as the viewer may know: a yes or no, no names."""

from bookings.attendance.rules import is_adult
from bookings.models import Chain, ExpectedParty, Newcomer
from checklists.models import Part


def has_children(part: Part) -> bool:
    """Read from the ages in bands that a visited agency has, or else from the family's own rows."""
    visit = ExpectedParty.objects.filter(chain_id=part.chain_id).values_list("children", "infants").first()
    if visit is not None:
        return any(visit)
    day = Chain.objects.values_list("site_day__date", flat=True).get(pk=part.chain_id)
    births = Newcomer.objects.filter(party=part.party_id).values_list("birth_date", flat=True)
    return any(not is_adult(birth, day) for birth in births)
