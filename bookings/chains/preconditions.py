"""What the API answers when something has changed since its caller looked."""

from collections.abc import Iterator
from contextlib import contextmanager

from agencies.web.entity_tags import PreconditionFailed
from bookings.chains.versions import ChangedMeanwhile, MovedMeanwhile


@contextmanager
def if_match() -> Iterator[None]:
    """Raises PreconditionFailed; outside a proposal it is the If-Match alone that says what the caller has seen."""
    try:
        yield
    except MovedMeanwhile:
        raise
    except ChangedMeanwhile as refusal:
        raise PreconditionFailed(refusal.message) from refusal
