"""The text that a party reads in a place: of all blocks that fit, the most specific one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Block:
    """A block that is valid on the day: None, or "" of a code or a condition, means all of them."""

    slot: str
    text: str
    language: str
    state: str
    agency_code: str = ""
    service: int | None = None
    track: int | None = None
    municipality: int | None = None
    condition: str = ""
    sound: int | None = None  # the key of the block, if it is read aloud


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a text is looked up: its language and what holds of the party; conditions in rising importance."""

    language: str
    track: int | None = None
    municipality: int | None = None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is read: empty if there is none; in Swedish where the reader's language has none."""

    text: str
    language: str
    is_checked: bool
    sound: int | None = None  # the key by which it is listened to

    @property
    def sounds(self) -> tuple[int, ...]:
        """The key, or nothing."""
        return () if self.sound is None else (self.sound,)


def is_for(block: Block, reader: Audience) -> bool:
    """Whether the block speaks to the reader, in a language or another."""
    return (
        block.track in (None, reader.track)
        and block.municipality in (None, reader.municipality)
        and block.condition in ("", *reader.conditions)
    )


def choose(
    blocks: Iterable[Block], reader: Audience, *, slot: str, agency_code: str = "", service: int | None = None
) -> Words:
    """The most specific block that fits, in the reader's language if there is one, else in Swedish.

    What is closer goes first: the municipality, then the track, the condition, the service, the agency.
    """

    def fits(block: Block) -> bool:
        return (
            block.slot == slot
            and block.agency_code in ("", agency_code)
            and block.service in (None, service)
            and is_for(block, reader)
        )

    def closeness(block: Block) -> tuple[object, ...]:
        return (
            block.language == reader.language,
            block.municipality is not None,
            block.track is not None,
            ("", *reader.conditions).index(block.condition),
            block.service is not None,
            block.agency_code != "",
        )

    found = max(filter(fits, blocks), key=closeness, default=None)
    if found is None:
        return Words("", reader.language, is_checked=True)
    is_own = found.language == reader.language
    return Words(found.text, found.language, is_checked=is_own and found.state == CHECKED, sound=found.sound)
