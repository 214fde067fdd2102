"""A verb's polite no: what the reader is told, and what the API answers."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A request that the house understands and refuses; nothing has been written.

    `kind` names the problem type, `status` is the HTTP status; `errors` has messages per field of the input.
    """

    kind = "refused"
    status = 422
    field = ""

    def __init__(self, message: str, *, errors: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.errors = errors if errors is not None else ({self.field: [message]} if self.field else {})
