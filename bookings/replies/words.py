"""What the sender of a reply is told, as a text message in the language of ours that it answers."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from bookings.models import Reply

Outcome = Reply.Outcome


def told(outcome: str, answer: str, *, language: str) -> str:
    """One or two sentences; they name no day, no agency and nobody."""
    with override(language):
        if outcome == Outcome.ANSWERED:
            return _told_of(answer)
        if outcome == Outcome.STOPPED:
            return _("You get no more messages on this number. Your letters still come by post.")
        if outcome == Outcome.SHARED:
            return _("More than one family has this number. Please call the number in your letter.")
        if outcome == Outcome.LATE:
            return _("That time is over or no longer holds. Please call the number in your letter.")
        return _("We have your message. Somebody will contact you.")


def _told_of(answer: str) -> str:
    if answer == "yes":
        return _("Thank you. We know that you are coming.")
    if answer == "another_time":
        return _("We know that you need another time. Your time holds until you hear from us.")
    return _("We have your message. Somebody will contact you.")
