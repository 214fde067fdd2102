"""A summons as plain data in its languages: `compose` makes it, the templates print it. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Wording:
    """A word in the page's language, and the Swedish word that stands on the sign."""

    text: str
    sv: str


@dataclass(frozen=True, slots=True)
class StopSounds:
    """The keys of what is read aloud of a stop's texts; several where several agencies are met at once."""

    about: tuple[int, ...] = ()
    sheet: tuple[int, ...] = ()
    after: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StopLanguages:
    """The languages in which a stop's texts are written: Swedish where nobody has translated them; "" where mixed."""

    about: str = ""
    sheet: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class LetterStop:
    """One meeting with one agency; `names` are the given names when only some must come."""

    code: str
    name: Wording
    about: str
    sheet: str
    after: str
    starts_at: datetime
    ends_at: datetime
    who: str  # adults, everyone, concerned or one_adult
    names: tuple[str, ...] = ()
    persons: int = 0  # who must come, as far as it is counted
    form: str = ""  # telephone or video; empty at the place
    tool: str = ""  # the address of the video meeting
    sounds: StopSounds = StopSounds()
    languages: StopLanguages = StopLanguages()


@dataclass(frozen=True, slots=True)
class Pause:
    """Time between two stops."""

    starts_at: datetime
    ends_at: datetime
    lunch: bool = False


@dataclass(frozen=True, slots=True)
class LetterDocument:
    """Something to bring."""

    name: Wording
    pictogram: str
    key: str = ""  # of the document, for whoever ticks it off


@dataclass(frozen=True, slots=True)
class Place:
    """Where the day is; `name` is a branch's own; directions in Swedish where nobody has translated them."""

    site: str
    kind: str
    street: str
    directions: str
    name: str = ""
    town: str = ""  # with its postcode
    directions_language: str = ""
    step_free: bool = False

    @property
    def one_line(self) -> str:
        """The whole address: site, own name, street, town."""
        return ", ".join(filter(None, (self.site, self.name, self.street, self.town)))


@dataclass(frozen=True, slots=True)
class PracticalText:
    """What somebody may want to know before the day, under a short title; `language` is the text's own."""

    title: str
    text: str
    language: str
    pictogram: str
    sounds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """The agency that summons; how to reach it, where that is filled in."""

    name: Wording
    phone: str = ""
    web: str = ""


@dataclass(frozen=True, slots=True)
class ContactCard:
    """The home municipality of a family that travels to another one's site."""

    name: str
    phone: str
    email: str
    address: str
    web: str


@dataclass(frozen=True, slots=True)
class Page:
    """The whole summons in one language."""

    language: str
    draft: bool
    recipient: str
    address: tuple[str, ...]
    adults: int
    children: int
    reference: str
    version: int
    changes: tuple[str, ...]
    sender: str
    place: Place
    arrive_at: datetime
    ends_at: datetime
    line: tuple[LetterStop | Pause, ...]
    documents: tuple[LetterDocument, ...]
    interpreter: str | None
    interpreter_remote: bool
    phone: str
    link: str
    code: str
    typed_address: str = ""  # opens the link's page with the code, without a camera
    own_phone: str = ""  # at which the party is reached
    is_protected: bool = False  # the party's identity
    interpreter_outside: str = ""  # "ordered" or "confirmed"
    is_signed: bool = False  # what is interpreted is a sign language
    contact: ContactCard | None = None
    why: str = ""
    was_at: datetime | None = None  # when one was to come by the version before, if that was another time
    practical: tuple[PracticalText, ...] = ()
    sent_by: Sender | None = None
    is_cancellation: bool = False
    stamp: str = ""  # printed across a letter that holds no longer
    why_language: str = ""  # in which the sentence is written
    why_sounds: tuple[int, ...] = ()

    @property
    def persons(self) -> int:
        """How many the letter speaks to."""
        return self.adults + self.children

    @property
    def stops(self) -> tuple[LetterStop, ...]:
        """The meetings without the pauses."""
        return tuple(item for item in self.line if isinstance(item, LetterStop))

    @property
    def is_read_aloud(self) -> bool:
        """Whether any of its texts can be listened to."""
        practical = any(each.sounds for each in self.practical)
        return bool(self.why_sounds) or practical or any(stop.sounds != StopSounds() for stop in self.stops)

    @property
    def is_long_address(self) -> bool:
        """Whether it takes more lines than have room in the envelope's window in the usual size of type."""
        return sum(1 + len(line) // 42 for line in (self.recipient, *self.address)) > 7

    @property
    def steps(self) -> tuple[tuple[int | None, LetterStop | Pause], ...]:
        """The line, its meetings numbered; a pause has no number."""
        numbers = iter(range(1, len(self.line) + 1))
        return tuple((next(numbers) if isinstance(item, LetterStop) else None, item) for item in self.line)


def called_to(stop: LetterStop, page: Page) -> str:
    """Who must come: you, named, in_letter, family, one_of_you, one_adult, both, all_of_you or adults."""
    if page.persons == 1:
        return "you"
    if stop.who == "concerned" and (stop.names or not page.recipient):
        return "named" if stop.names else "in_letter"
    if stop.who == "everyone" and page.children:
        return "family"
    if stop.who == "one_adult" or page.adults == 1:
        return "one_adult" if page.children or not page.adults else "one_of_you"
    if page.children or page.adults < 2:  # none is known of in old versions
        return "adults"
    return "both" if page.adults == 2 else "all_of_you"


def figures_of(stop: LetterStop, page: Page) -> str:
    """The pictogram of who must come to the stop: a family, several adults or one."""
    called = called_to(stop, page)
    if called == "family":
        return "family"
    is_one = called in ("you", "one_of_you", "one_adult") or stop.persons == 1
    return "adult" if is_one else "adults"


@dataclass(frozen=True, slots=True)
class Letter:
    """The party's language first, then Swedish; only Swedish when that is the party's."""

    pages: tuple[Page, ...]

    @property
    def reference(self) -> str:
        """What the letter is called in a file name, a title and a barcode."""
        return self.pages[0].reference

    @property
    def is_cancellation(self) -> bool:
        """Whether it only says that the day is cancelled."""
        return self.pages[0].is_cancellation

    @property
    def blocks(self) -> tuple[tuple[tuple[Page, LetterStop], ...], ...]:
        """The information sheet: each meeting in every language of the letter."""
        return tuple(
            tuple(zip(self.pages, stops, strict=True))
            for stops in zip(*(page.stops for page in self.pages), strict=True)
        )


# Bidi controls would reverse a date or a name; other control characters print as boxes.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")


def plain(text: str) -> str:
    """The text on one line, without control characters; U+200C and U+200D stay, Dari needs them."""
    return _BREAKS.sub(" ", _CONTROLS.sub("", text))
