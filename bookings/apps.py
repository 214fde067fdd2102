from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    name = "bookings"
    verbose_name = _("Parties and chains")

    def ready(self) -> None:
        """Say how letters are printed and messages sent, and what is booked against shifts."""
        from agencies.dispatches.handlers import LETTERS, MESSAGES, QUICK, register
        from agencies.rosters import held
        from bookings.availability.booked import held_in, names_in
        from bookings.messages import follow_protection, plan, send, state_contact
        from bookings.parties import protect
        from bookings.summons.copies import KIND, print_dispatched
        from bookings.worklists import follow_up, offers

        register(KIND, print_dispatched, queue=LETTERS)
        register(plan.KIND, send.send_dispatched, queue=MESSAGES, give_up=send.give_up)
        register(state_contact.KIND, state_contact.follow_dispatched, queue=QUICK)
        register(protect.KIND, follow_protection.follow_dispatched, queue=QUICK)
        register(offers.KIND, offers.offer_dispatched, queue=QUICK)
        register(follow_up.KIND, follow_up.follow_dispatched, queue=QUICK)
        held.register(held_in, names_in)
