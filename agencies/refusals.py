"""A verb's polite no: what the reader is told, and what the API answers."""


class Refusal(Exception):
    """A request that the house understands and refuses; nothing has been written.

    `kind` names the problem type, `status` is the HTTP status, `field` the input that is to blame.
    """

    kind = "refused"
    status = 422
    field = ""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field or type(self).field
