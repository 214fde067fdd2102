"""The reason that a verb asks for."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.refusals import Refusal
from agencies.validators import validate_plain

LONGEST_REASON = 300  # characters


def clean_reason(reason: str, *, refusal: type[Refusal], when_missing: str) -> str:
    """The reason without spaces around it. Raises `refusal` if it is missing, too long or has hidden signs."""
    reason = reason.strip()
    if not reason:
        raise refusal(when_missing)
    if len(reason) > LONGEST_REASON:
        raise refusal(_("Say it in at most %(most)s characters.") % {"most": LONGEST_REASON})
    try:
        validate_plain(reason)
    except ValidationError as error:
        raise refusal(error.messages[0]) from None
    return reason
