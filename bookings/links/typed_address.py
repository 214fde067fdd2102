"""Verify a link's typed address together with its paper code: one answer for all that is not right."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.utils.translation import gettext as _

from agencies.read_log.notes import note_refusal
from agencies.refusals import Refusal
from agencies.secrecy.context import Viewer, acting_as
from bookings.links.paper_code import MOST_WRONG, count_try
from bookings.links.tokens import hash_of_code, link_keys, token_of, typed_hash_of
from bookings.models import Link, TypedLink
from bookings.references import as_printed

log = structlog.get_logger(__name__)


class WrongPair(Refusal):
    """The address is unknown, the code is not its own, or is closed: which of them is told to nobody."""

    kind = "wrong-code"
    field = "code"

    def __init__(self) -> None:
        super().__init__(
            _(
                "That is not what stands in your letter. Look at the letter and type both again."
                " After ten wrong attempts the code is closed; then ask at the desk for a new letter."
            )
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """What the two open: the link's token, and the hash of its paper code."""

    token: str
    code_hash: str


def verify_typed(*, typed: str, code: str, at: datetime) -> Opened:
    """Count the try as one of the link's paper code. Raises WrongPair.

    What is unknown is counted alike, so that the answer takes as long.
    """
    tried = [_found(as_printed(typed), as_printed(code), key) for key in link_keys()]
    viewer, found = next((each for each in tried if each[1]), tried[0])
    counted = found.token_hash if found else viewer.link
    is_right = found is not None and found.confirmed
    wrong = count_try(counted, wrong=not is_right, at=at)
    if found is None or not is_right or wrong >= MOST_WRONG:
        log.warning("typed_address_wrong", wrong=wrong)
        note_refusal(WrongPair.kind, link=found.token_hash if found else "")
        raise WrongPair()
    return Opened(token_of(_link(found)), viewer.code)


def _found(typed: str, code: str, key: str) -> tuple[Viewer, TypedLink | None]:
    """The link of that typed address, made with that key; of several, the one whose code it is."""
    viewer = Viewer(link=typed_hash_of(typed, key), code=hash_of_code(code, key=key))
    with acting_as(viewer):
        return viewer, TypedLink.objects.filter(typed_hash=viewer.link).first()


def _link(found: TypedLink) -> Link:
    """As much of the link as its token is made of; the row itself may be hidden, because the day has been."""
    return Link(
        chain_id=found.chain_id,
        newcomer_id=found.newcomer_id,
        generation=found.generation,
        token_hash=found.token_hash,
    )
