"""What has come of a request so far; pure. It only finds where the request ends: gunicorn parses it."""

import re
from dataclasses import dataclass, field

MOST_HEAD, MOST_BODY = 64_000, 1_000_000  # bytes
END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked", re.IGNORECASE)
EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


@dataclass
class Incoming:
    """The bytes of one request. A body above the limit is not waited for: who answers says so without reading it."""

    received: bytearray = field(default_factory=bytearray)
    head_ends: int = 0
    body: int | None = 0  # bytes; None for chunks, whose number nobody knows

    def add(self, data: bytes) -> None:
        self.received += data
        if not self.head_ends and (at := self.received.find(END)) >= 0:
            self.head_ends = at + len(END)
            self._read_head(bytes(self.received[: self.head_ends]))

    def _read_head(self, head: bytes) -> None:
        if CHUNKED.search(head):
            self.body = None
        elif found := LENGTH.search(head):
            self.body = int(found[1])

    @property
    def is_endless(self) -> bool:
        """Whether the head is longer than any that we take."""
        return (self.head_ends or len(self.received)) > MOST_HEAD

    @property
    def is_too_large(self) -> bool:
        come = len(self.received) - self.head_ends
        return come > 2 * MOST_BODY if self.body is None else self.body > MOST_BODY

    @property
    def is_whole(self) -> bool:
        """Whether all of it has come; of a body that is too large, whether the head has."""
        if not self.head_ends or self.is_too_large:
            return bool(self.head_ends)
        if self.body is None:
            return self.received[self.head_ends - 2 :].endswith(b"\r\n0\r\n\r\n")
        return len(self.received) >= self.head_ends + self.body

    @property
    def waits_for_leave(self) -> bool:
        """Whether the client sends its body only once it is told to go on."""
        head = bytes(self.received[: self.head_ends])
        return not self.is_whole and bool(EXPECTS.search(head)) and len(self.received) == self.head_ends
