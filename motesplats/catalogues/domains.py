"""The two gettext domains: what newcomers read, in six languages, and what staff alone reads, in Swedish."""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from agencies.languages import LANGUAGES

NEWCOMERS, STAFF = "newcomers", "staff"
SOURCE_LANGUAGE = "en"  # the code's own texts; its file holds what differs from them
# Texts of these files are read by newcomers. A text of another file, such as a field's name in an extract, is theirs
# too once it stands in a newcomers' file.
READ_BY_NEWCOMERS = (
    "agencies/models/premises.py",
    "bookings/messages/wording.py",
    "bookings/answers/give.py",
    "bookings/messages/state_contact.py",
    "bookings/newcomer/*",
    "bookings/replies/words.py",
    "bookings/summons/changes.py",
    "bookings/summons/compose.py",
    "bookings/summons/joint.py",
    "bookings/summons/practical.py",
    "bookings/extracts/*",
    "bookings/links/paper_code.py",
    "bookings/links/typed_address.py",
    "checklists/consent/folded.py",
    "checklists/consent/newcomer_choices_views.py",
    "checklists/consent/newcomer_views.py",
    "checklists/consent/questions.py",
    "checklists/extracts.py",
    "checklists/steps/newcomer_views.py",
    "templates/bookings/newcomer/*",
    "templates/bookings/summons/_*",
    "templates/bookings/summons/letter.html",
    "templates/checklists/consent/newcomer_*",
    "templates/checklists/consent/receipt.html",
    "templates/checklists/steps/newcomer_*",
    "templates/motesplats/extracts/extract.html",
)


def languages_of(domain: str) -> list[str]:
    """The languages in which a domain has a file."""
    return list(LANGUAGES) if domain == NEWCOMERS else ["sv"]


def file_of(domain: str, language: str, *, locale: Path) -> Path:
    return locale / language / "LC_MESSAGES" / f"{domain}.po"


def read(path: Path) -> Catalog:
    """The texts of a translators' file."""
    with path.open("rb") as file:
        return read_po(file)


def texts_of(domain: str, collected: Catalog, *, locale: Path) -> Iterator[Message]:
    """The collected texts that belong to the domain."""
    kept = [
        read(path) for language in LANGUAGES if (path := file_of(NEWCOMERS, language, locale=locale)).exists()
    ]
    for text in collected:
        is_theirs = _is_in_their_files(text) or any(
            catalogue.get(text.id, text.context) for catalogue in kept
        )
        if text.id and is_theirs is (domain == NEWCOMERS):
            yield text


def _is_in_their_files(text: Message) -> bool:
    return any(fnmatch(name, pattern) for name, _ in text.locations for pattern in READ_BY_NEWCOMERS)
