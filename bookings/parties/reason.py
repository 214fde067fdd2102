"""The reason that a verb asks for."""

from django.utils.translation import gettext as _

from agencies.refusals import Refusal

LONGEST_REASON = 300  # characters


def clean_reason(reason: str, *, refusal: type[Refusal], when_missing: str) -> str:
    """The reason without spaces around it. Raises `refusal` when it is missing or longer than 300 characters."""
    reason = reason.strip()
    if not reason:
        raise refusal(when_missing)
    if len(reason) > LONGEST_REASON:
        raise refusal(_("Say it in at most %(most)s characters.") % {"most": LONGEST_REASON})
    return reason
