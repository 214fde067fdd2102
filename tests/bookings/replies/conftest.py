"""A booked family with a telephone, and a gateway, as for the messages."""

from tests.bookings.messages.conftest import chain, fates, gateway, reach

__all__ = ["chain", "fates", "gateway", "reach"]
