"""Text messages by a gateway with a form interface: fields `from`, `to`, `message` in, JSON with an `id` out."""

import json
from dataclasses import dataclass
from typing import Any

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from agencies.dispatches.channels.outgoing import (
    ChannelMissing,
    ChannelRefused,
    ChannelUnreachable,
    OutcomeUnknown,
    Outgoing,
)

SECONDS = (5, 20)  # to connect, to answer
MOST_BYTES = 64_000
OUR_ACCOUNT = (401, 402, 403)  # unknown, out of credit, not allowed
BUSY = (429, 503)  # not taken


@dataclass(frozen=True, slots=True)
class HttpSmsGateway:
    """A gateway at an address, with an account there."""

    url: str
    user: str
    password: str
    sender: str
    honours_key: (
        bool  # an attempt with a known `Idempotency-Key` is answered like the first, and sends nothing
    )

    def send(self, outgoing: Outgoing) -> str:
        """Post one text and return the gateway's number for it."""
        fields = {"from": self.sender, "to": outgoing.to, "message": outgoing.text}
        if outgoing.receipt:
            fields["whendelivered"] = outgoing.receipt
        return self._read(*self._post(fields, key=str(outgoing.key)))

    def _post(self, fields: dict[str, str], *, key: str) -> tuple[int, bytes]:
        try:
            with requests.post(
                self.url,
                data=fields,
                auth=(self.user, self.password),
                headers={"Idempotency-Key": key},
                timeout=SECONDS,
                allow_redirects=False,
                stream=True,
            ) as answer:
                return answer.status_code, answer.raw.read(MOST_BYTES, decode_content=True)
        except requests.RequestException as error:
            if _never_reached(error):
                raise ChannelUnreachable from None
            raise OutcomeUnknown(may_retry=self.honours_key) from None
        except Exception:  # noqa: BLE001  the answer broke off while it was read
            raise OutcomeUnknown(may_retry=self.honours_key) from None

    def _read(self, status: int, body: bytes) -> str:
        if status in OUR_ACCOUNT:
            raise ChannelMissing
        if status in BUSY:
            raise ChannelUnreachable
        if 400 <= status < 500:
            raise ChannelRefused("refused")
        told = _as_json(body)
        if status >= 300 or not told.get("id"):
            raise OutcomeUnknown(may_retry=self.honours_key)
        if told.get("status") == "failed":
            raise ChannelRefused("refused")
        return str(told["id"])


def _never_reached(error: requests.RequestException) -> bool:
    """Whether the connection was never there, so that nothing can have been sent."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)


def _as_json(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
