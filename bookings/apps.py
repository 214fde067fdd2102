from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "bookings"
    verbose_name = _("Parties and chains")

    def ready(self) -> None:
        """Say how letters are printed."""
        from agencies.dispatches.handlers import LETTERS, register
        from bookings.summons.copies import KIND, print_dispatched

        register(KIND, print_dispatched, queue=LETTERS)
