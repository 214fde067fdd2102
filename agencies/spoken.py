"""The languages that interpreters interpret: ISO 639-3 with its macrolanguages and sign languages, by code and name.

`data/spoken_languages.csv`: codes and English names of the registration authority (SIL, iso639-3.sil.org), the other
names of CLDR where it has them; the common ones come first, and their names are our own.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale

from agencies.languages import LANGUAGES

FILE = Path(__file__).parent / "data" / "spoken_languages.csv"
OF_LETTERS = {"sv": "swe", "en": "eng", "ar": "ara", "prs": "prs", "so": "som", "ti": "tir"}
WITHOUT_INTERPRETER = frozenset({"sv", "en"})  # every caseworker speaks these
MOST_FOUND = 30
SHORTEST_PART = 3  # characters of a name that is looked for within names
# Names that CLDR has not, of languages whose speakers read letters in these.
OURS = {
    ("swl", "ar"): "لغة الإشارة السويدية",
    ("swl", "prs"): "زبان اشارهٔ سویدنی",
    ("swl", "so"): "luqadda dhegoolaha ee Iswiidhishka",
    ("swl", "ti"): "ቋንቋ ምልክት ሽወደን",
    ("kmr", "ar"): "الكردية الكرمانجية",
    ("kmr", "prs"): "کردی کرمانجی",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language by its ISO 639-3 code; `part1` and `macrolanguage` are codes or empty, as are unknown names."""

    code: str
    part1: str
    macrolanguage: str
    is_common: bool
    sv: str
    en: str
    endonym: str

    @property
    def is_signed(self) -> bool:
        return self.en.endswith(("Sign Language", " Sign"))

    @property
    def names(self) -> tuple[str, ...]:
        """Swedish, English and its own name, without those that are not known."""
        return tuple(dict.fromkeys(filter(None, (self.sv, self.en, self.endonym))))

    @property
    def label(self) -> str:
        """How a list of choices writes it: "kurmanji (nordkurdiska) / Northern Kurdish / kurmancî (kmr)"."""
        return f"{' / '.join(self.names)} ({self.code})"

    def name(self, language: str) -> str:
        """The name in one of our six languages, else its own name, else the English one."""
        known = {"sv": self.sv, "en": self.en}.get(language) or self._in(language)
        return known or self.endonym or self.en

    def _in(self, language: str) -> str:
        if self.code == OF_LETTERS.get(language) or self.code == "prs":
            return self.endonym
        if ours := OURS.get((self.code, language)):
            return ours
        names = Locale.parse(LANGUAGES[language].babel).languages
        return str(names.get(self.part1) or names.get(self.code) or "")


@cache
def spoken_languages() -> dict[str, Spoken]:
    """All languages by code, the common ones first."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _spoken(**row) for row in csv.DictReader(file)}


def _spoken(is_common: str, **names: str) -> Spoken:
    return Spoken(is_common=bool(is_common), **names)


def common_languages() -> list[Spoken]:
    """Those that are asked for most."""
    return [one for one in spoken_languages().values() if one.is_common]


def of_letter(language: str) -> str:
    """The ISO 639-3 code of a letter's language; any other code as it is."""
    return OF_LETTERS.get(language, language)


def spoken_name(code: str, language: str) -> str:
    """The name of the language with this code, in one of our six; an unknown code as it is."""
    found = spoken_languages().get(code)
    return found.name(language) if found else code


def interpreted_as(code: str) -> list[str]:
    """The codes that serve whoever asks for this one, itself first, then its macrolanguage or that one's languages.

    Two languages of one macrolanguage do not serve each other: who speaks Kurmanji need not understand Sorani.
    """
    asked = spoken_languages().get(code)
    others = [asked.macrolanguage] if asked and asked.macrolanguage else []
    return [code, *others, *(one.code for one in spoken_languages().values() if one.macrolanguage == code)]


def find_spoken(typed: str) -> list[Spoken]:
    """The languages with this code or name, else those in whose name it stands; the common ones first, at most 30.

    `typed` may be as `Spoken.label` has it. A word that is the code of one and the name of another finds both.
    """
    words = " ".join(typed.split()).casefold()
    if words.endswith(")") and (labelled := spoken_languages().get(words.rpartition("(")[2][:-1])):
        return [labelled]
    coded = [one for one in spoken_languages().values() if words in (one.code, one.part1)] if words else []
    for called in (_names, _short_names):
        if named := [one for one in spoken_languages().values() if words in called(one)]:
            return list(dict.fromkeys([*coded, *_preferred(named)]))[:MOST_FOUND]
    if coded or len(words) < SHORTEST_PART:
        return coded
    return [one for one in spoken_languages().values() if any(words in name for name in _names(one))][
        :MOST_FOUND
    ]


def _preferred(found: list[Spoken]) -> list[Spoken]:
    """Only the common ones of those with the same name, if there are any; two that are common remain two."""
    return [one for one in found if one.is_common] or found


def _names(one: Spoken) -> set[str]:
    return {name.casefold() for name in one.names}


def _short_names(one: Spoken) -> set[str]:
    """The names without what stands in brackets."""
    return {name.partition(" (")[0] for name in _names(one)}
