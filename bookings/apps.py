from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "bookings"
    verbose_name = _("Parties and chains")

    def ready(self) -> None:
        """Say how letters are printed and messages sent, and what is booked against shifts."""
        from agencies.dispatches.handlers import LETTERS, MESSAGES, register
        from agencies.rosters import held
        from bookings.answers.queries import why_held_back
        from bookings.availability.booked import held_in, names_in
        from bookings.messages import holds, plan, send
        from bookings.summons.copies import KIND, print_dispatched

        register(KIND, print_dispatched, queue=LETTERS)
        register(plan.KIND, send.send_dispatched, queue=MESSAGES, give_up=send.give_up)
        holds.register(why_held_back)
        held.register(held_in, names_in)
