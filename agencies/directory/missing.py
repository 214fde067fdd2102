"""What an agency's texts lack that a summons should say, and what of it nobody has checked; in the reader's words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.directory.entries import AgencyEntry
from agencies.directory.texts import OF_SERVICE
from agencies.languages import LANGUAGES, letter_name
from agencies.models import TextBlock


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is missing, and where it is filled in: in the names, the service, a text (its slot), or nowhere yet."""

    words: str
    where: str
    slot: str = ""
    language: str = "sv"

    def __str__(self) -> str:
        return self.words


def missing_of_entry(entry: AgencyEntry, texts: Iterable[TextBlock]) -> list[Lacking]:
    """What the entry lacks; `texts` are those that hold now for its service, the shared ones among them."""
    return [*_names(entry), *_service(entry, texts)]


def language_names(codes: Iterable[str]) -> str:
    """The languages in the reader's words."""
    return ", ".join(letter_name(code, get_language() or "sv") for code in codes)


def _names(entry: AgencyEntry) -> Iterator[Lacking]:
    lacks = [code for code in LANGUAGES if entry.agency and not getattr(entry.agency, f"name_{code}")]
    if lacks:
        yield _missing(_("the name in %(languages)s"), lacks, "names")


def _service(entry: AgencyEntry, texts: Iterable[TextBlock]) -> Iterator[Lacking]:
    if entry.service is None:
        if entry.agency is None:
            return
        yield Lacking(_("a service, so that the agency is met"), "nowhere")
        return
    if entry.keeps_service and (
        lacks := [code for code in LANGUAGES if not getattr(entry.service, f"title_{code}")]
    ):
        yield _missing(_("the title of the service in %(languages)s"), lacks, "service")
    said = {
        (text.slot, text.language)
        for text in texts
        if text.service_id == entry.service.pk and text.track is None and not text.condition
        if text.municipality_id in (None, entry.municipality and entry.municipality.pk)
    }
    for slot in OF_SERVICE:
        if lacks := [code for code in LANGUAGES if (slot.value, code) not in said]:
            words = _("“%(text)s” in %(languages)s") % {"text": slot.label, "languages": "%(languages)s"}
            yield _missing(words, lacks, "text", slot.value)


def _missing(words: str, lacks: list[str], where: str, slot: str = "") -> Lacking:
    return Lacking(words % {"languages": language_names(lacks)}, where, slot, lacks[0])
