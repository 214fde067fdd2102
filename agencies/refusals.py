"""The base of the errors with which verbs refuse; pages show their message, the API sends problem details."""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A verb refuses; nothing has been written.

    `kind` is the problem type, `status` the HTTP status, `message` a sentence for people; `errors` has messages for
    each field of the input, by default the message for `field`.
    """

    kind = "refused"
    status = 422
    field = ""

    def __init__(self, message: str, *, errors: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.errors = errors if errors is not None else ({self.field: [message]} if self.field else {})

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are rebuilt from `args`, which are not what each kind of refusal is made from.
        return _as_it_was, (type(self), self.args), self.__dict__


def _as_it_was(kind: type[Refusal], args: tuple[Any, ...]) -> Refusal:
    return kind.__new__(kind, *args)
