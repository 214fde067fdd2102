"""What the stand-in has taken, kept in a file so that it outlives the process; no Django."""

import json
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Taken:
    """One text as it would have arrived; a reply is one that was typed on the stand-in's page."""

    id: str
    channel: str  # sms or email
    sender: str
    to: str
    subject: str
    text: str
    key: str
    at: str  # ISO 8601, UTC
    is_reply: bool = False
    returns_to: str = ""  # of an e-mail: the sender on its envelope


class Box:
    """The texts taken so far; safe to use from several threads."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._taken: list[Taken] = []
        self._by_key: dict[str, str] = {}
        if file.exists():
            for line in file.read_text("utf-8").splitlines():
                self._remember(Taken(**json.loads(line)))

    def take(
        self, fields: Mapping[str, str], *, honours_key: bool = True, is_reply: bool = False
    ) -> tuple[str, bool]:
        """Keep one text; its number, and whether it is new: a known key is answered with the first one's number."""
        with self._lock:
            known = self._by_key.get(fields.get("key", "")) if honours_key else None
            if known:
                return known, False
            number = f"s{len(self._taken) + 1:08d}"
            text = Taken(
                id=number,
                at=datetime.now(UTC).isoformat(),  # noqa: TID251  it has no verbs
                is_reply=is_reply,
                **fields,
            )
            self._remember(text)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(text), ensure_ascii=False) + "\n")
            return number, True

    def texts(self) -> list[Taken]:
        """All of them, the oldest first."""
        with self._lock:
            return list(self._taken)

    def text(self, number: str) -> Taken:
        """The one of that number. Raises KeyError."""
        with self._lock:
            return {text.id: text for text in self._taken}[number]

    def _remember(self, text: Taken) -> None:
        self._taken.append(text)
        if text.key:
            self._by_key.setdefault(text.key, text.id)
