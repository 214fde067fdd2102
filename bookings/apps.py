from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "bookings"
    verbose_name = _("Parties and chains")

    def ready(self) -> None:
        """Say how letters are printed, and what is booked against shifts."""
        from agencies.dispatches.handlers import LETTERS, register
        from agencies.rosters import held
        from bookings.availability.booked import held_in, names_in
        from bookings.summons.copies import KIND, print_dispatched

        register(KIND, print_dispatched, queue=LETTERS)
        held.register(held_in, names_in)
