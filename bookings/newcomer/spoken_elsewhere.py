"""The languages of the first screen's "other language": by their own names, as far as the pages' fonts have them."""

from dataclasses import dataclass
from unicodedata import bidirectional

from agencies.spoken import spoken_languages

CODES = ("kmr", "pus", "fas", "amh", "orm", "tig", "tur", "uzb", "swa", "kin", "fra", "spa", "sqi", "bos")


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """Its own name, to be found by, and the Swedish one, to be said on the telephone."""

    endonym: str
    sv: str
    is_rtl: bool

    @property
    def dir(self) -> str:
        return "rtl" if self.is_rtl else "ltr"


def other_languages() -> list[OtherLanguage]:
    """In the order of how often they are asked for."""
    found = spoken_languages()
    return [
        OtherLanguage(
            found[code].endonym, found[code].sv, is_rtl=bidirectional(found[code].endonym[0]) == "AL"
        )
        for code in CODES
    ]
