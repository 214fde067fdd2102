"""The staff's forms: a party and its people, the search for a day, a reason."""

from bookings.forms.members import rows_of
from bookings.forms.parties import PartyForm
from bookings.forms.reasons import ReasonForm
from bookings.forms.searching import SearchForm

__all__ = ["PartyForm", "ReasonForm", "SearchForm", "rows_of"]
