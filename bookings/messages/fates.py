"""What has become of a message, in words for staff, by its state and the code that says why."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WHY: Mapping[str, "StrOrPromise"] = {
    "replaced": _("a later version of the summons replaced it"),
    "cancelled": _("the day was cancelled before"),
    "crossed_cancelled": _("the day was cancelled while it was being sent; the cancellation comes after it"),
    "crossed_replaced": _("the day was changed while it was being sent; the change comes after it"),
    "perhaps_cancelled": _(
        "it may have gone out while the day was being cancelled; the cancellation comes after it"
    ),
    "perhaps_replaced": _("it may have gone out while the day was being changed; the change comes after it"),
    "past": _("the family should have been there by then"),
    "came": _("read again when it was due: somebody had come on that day"),
    "new_day": _("read again when it was due: the family had a new day already"),
    "another_time": _("read again when it was due: the family had asked for another time"),
    "protected": _("protected identity: only the letter goes out"),
    "no_contact": _("there is neither a telephone nor an e-mail address"),
    "together": _("another adult's message with the same words goes to that address"),
    "gone": _("the adult is no longer in the party"),
    "stopped": _("the family has asked for no more messages to that address"),
    "bounced": _("nothing arrives at that address"),
    "wrong": _("that address is somebody else's"),
    "no_gateway": _("no gateway takes it"),
    "unreachable": _("the gateway did not answer"),
    "unknown": _("it may have been sent; the gateway's answer was lost"),
    "undelivered": _("it did not arrive; the telephone may have been off or out of reach"),
    "returned": _("the e-mail came back; the mailbox itself may be right"),
    "bad_address": _("there is no such number or address"),
    "expired": _("the telephone was switched off or out of reach"),
    "invalid": _("there is no such number or address"),
}
UNSAID = _("the gateway refused it")


def words_of(why: str) -> "StrOrPromise":
    """Why, in words; a gateway's own code in general ones."""
    return WHY.get(why, UNSAID) if why else ""
